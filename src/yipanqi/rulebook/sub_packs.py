"""The sheets districts and parks write for themselves (实施细则), held against those above them."""

from collections.abc import Iterator
from datetime import date

from yipanqi.rulebook import inheritance
from yipanqi.rulebook.claims import ClaimSheet
from yipanqi.rulebook.faults import SheetError
from yipanqi.rulebook.gates import GateSheet
from yipanqi.rulebook.library import Library
from yipanqi.rulebook.sheets import Reading


def faults(library: Library, unit: str, reading: Reading) -> Iterator[SheetError]:
    """What the unit's sheet loosens of those above it, on any day it is in force."""
    child = reading.sheet
    if not isinstance(child, GateSheet | ClaimSheet):
        return
    inherits = reading.document.top.text("inherits", default="")
    above = library.ancestry(unit)[:-1]
    kind = type(child)
    ids = {sheet.id for one in ("", *above) for sheet in library.all_of(kind, unit=one)}
    if inherits not in ids:
        remedy = f"写明所依据的上级规则表：{'、'.join(sorted(ids))}"
        yield _at(reading, "inherits", f"没有上级规则表“{inherits}”", remedy)
        return
    seen = set()
    for day in _days_to_compare(library, child, unit, above):
        for loose in _loosenings(library, child, above, day):
            if (article := (loose.why, loose.both)) not in seen:
                seen.add(article)
                path = _row_path(child, loose)
                yield _at(reading, path, f"放宽了上级规定：{loose.why}。{loose.both}", "只能从严")


def _days_to_compare(
    library: Library, child: GateSheet | ClaimSheet, unit: str, above: tuple[str, ...]
) -> list[date]:
    kind = type(child)
    later = [
        s.valid_from for s in library.all_of(kind, unit=unit) if s.valid_from > child.valid_from
    ]
    until = min(later, default=date.max)
    days = {s.valid_from for one in ("", *above) for s in library.all_of(kind, unit=one)}
    return [child.valid_from, *sorted(day for day in days if child.valid_from < day < until)]


def _loosenings(
    library: Library, child: GateSheet | ClaimSheet, above: tuple[str, ...], day: date
) -> tuple[inheritance.Loosening, ...]:
    superior = above[-1] if above else ""
    if isinstance(child, GateSheet):
        if library.own(GateSheet, on=day) is None:
            return ()
        return inheritance.loosening(library.gates(on=day, unit=superior), child)
    if library.own(ClaimSheet, on=day) is None:
        return ()
    return inheritance.loosened_terms(library.claims(on=day, unit=superior), child)


def _row_path(child: GateSheet | ClaimSheet, loose: inheritance.Loosening) -> str:
    if isinstance(child, ClaimSheet):
        return f"{getattr(loose.child, 'key', '')}.value"
    ids = [row.id for row in child.requirements]
    return f"requirement[{ids.index(getattr(loose.child, 'id', ''))}]"


def _at(reading: Reading, path: str, problem: str, remedy: str) -> SheetError:
    return SheetError(reading.file, reading.document.line(path), problem, remedy)
