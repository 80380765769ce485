"""Which rules are in force: typed sheets, each with its id, digest and revision."""

from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache

from django.db.models import Max, QuerySet

from yipanqi.domain.rules.models import Sheet, Status
from yipanqi.rulebook import organisations, pack_files, packs, sheets, tables
from yipanqi.rulebook.admission import AdmissionSheet
from yipanqi.rulebook.claims import ClaimSheet
from yipanqi.rulebook.focus import FocusSheet
from yipanqi.rulebook.gates import GateSheet
from yipanqi.rulebook.investments import InvestmentSheet
from yipanqi.rulebook.library import Library, NotInForce, Placed
from yipanqi.rulebook.opening import OpeningSheet
from yipanqi.rulebook.packs import Pack
from yipanqi.rulebook.ranking import RankingSheet
from yipanqi.rulebook.roles import RoleSheet
from yipanqi.rulebook.stages import StageSheet
from yipanqi.rulebook.triage import TriageSheet
from yipanqi.rulebook.verdicts import VerdictSheet
from yipanqi.rulebook.visits import VisitSheet
from yipanqi.vocab import clock

# What tells one revision of one file from every other: (name, revision, digest).
Mark = tuple[str, int, str]


def gates(*, on: date, unit: str = "") -> GateSheet:
    """What must be true to enter a stage: the city's rows, tightened by those of the unit's line.

    Raises NotInForce when no sheet has begun.
    """
    return library().gates(on=on, unit=unit)


def claims(*, on: date, unit: str = "") -> ClaimSheet:
    """The figures for first claims, for the city or a unit. Raises NotInForce."""
    return library().claims(on=on, unit=unit)


def stages(*, on: date) -> StageSheet:
    """The steps of a project's life. Raises NotInForce."""
    return library().stages(on=on)


def roles(*, on: date) -> RoleSheet:
    """What each role may do and see. Raises NotInForce."""
    return library().roles(on=on)


def focus(*, on: date) -> FocusSheet:
    """Which industries are at home in which park. Raises NotInForce."""
    return library().focus(on=on)


def diagnosis(*, on: date) -> VerdictSheet:
    """The rules that call a link strong, weak or missing. Raises NotInForce."""
    return library().diagnosis(on=on)


def ranking(*, on: date) -> RankingSheet:
    """The features candidates are ranked by. Raises NotInForce."""
    return library().ranking(on=on)


def investments(*, on: date) -> InvestmentSheet | None:
    """The definitions of fixed investment; None where the city has none yet."""
    return library().investments(on=on)


def visits(*, on: date) -> VisitSheet:
    """How near to each other two units' planned visits collide. Raises NotInForce."""
    return library().visits(on=on)


def signals(*, on: date) -> TriageSheet:
    """Within how many days a signal is answered and judged. Raises NotInForce."""
    return library().signals(on=on)


def admission(*, on: date) -> AdmissionSheet:
    """Who countersigns, decides and scores in an admission review. Raises NotInForce."""
    return library().admission(on=on)


def opening(*, on: date) -> OpeningSheet:
    """How long a unit has to prove what it brought in. Raises NotInForce."""
    return library().opening(on=on)


def library() -> Library:
    """Every approved sheet, newest revision of each.

    Asked of the database each time, so that what another process approved is seen at once;
    parsed again only when a revision or text differs.
    """
    return _parsed(tuple(mark for mark in current() if _is_asked(mark[0])))


def pack() -> Pack:
    """The whole pack as approved. Raises NotInForce when none was loaded."""
    marks = current()
    if not marks:
        raise NotInForce("尚未装入规则包，请先运行 yipanqi city load")
    return packs.from_texts(texts(marks))


def pack_at(moment: datetime) -> Pack:
    """The pack as approved by that moment, of files that had begun by that day only.

    Raises NotInForce when none was loaded by then.
    """
    rows = Sheet.objects.filter(status=Status.APPROVED, created_at__lte=moment)
    begun = rows.exclude(valid_from__gt=clock.civil_day(moment))
    marks = _newest(begun)
    if not marks:
        raise NotInForce(f"{moment:%Y-%m-%d %H:%M} 时尚未装入规则包，请先运行 yipanqi city load")
    return packs.from_texts(texts(marks))


def approved_at() -> datetime | None:
    """When a sheet was approved last; None before the first."""
    moment: datetime | None = Sheet.objects.filter(status=Status.APPROVED).aggregate(
        last=Max("created_at")
    )["last"]
    return moment


def current() -> tuple[Mark, ...]:
    """The newest approved revision of each file, by name."""
    return _newest(Sheet.objects.filter(status=Status.APPROVED))


def texts(marks: tuple[Mark, ...]) -> dict[str, str]:
    """The text of each of these revisions, by name."""
    wanted = {(name, revision) for name, revision, _ in marks}
    rows = Sheet.objects.filter(
        status=Status.APPROVED, name__in=[name for name, _, _ in marks]
    ).values_list("name", "revision", "text")
    return {name: text for name, revision, text in rows if (name, revision) in wanted}


def _newest(approved: QuerySet[Sheet]) -> tuple[Mark, ...]:
    rows = approved.order_by("name", "revision").values_list("name", "revision", "digest")
    newest = {name: (name, revision, found) for name, revision, found in rows}
    return tuple(newest.values())


def _is_asked(name: str) -> bool:
    return name == "units.csv" or pack_files.sheet_place(name) is not None


@lru_cache(maxsize=4)
def _parsed(marks: tuple[Mark, ...]) -> Library:
    written = texts(marks)
    placed = []
    for name, revision, _ in marks:
        if place := pack_files.sheet_place(name):
            sheet = sheets.parse_sheet(place[1], written[name], name)
            placed.append(Placed(place[0], name, replace(sheet, revision=revision)))
    table = tables.read(written.get("units.csv", ""), "units.csv", organisations.UNITS)
    return Library(tuple(placed), {line["code"]: line["parent"] for line in table.lines})
