"""The tree of units, as the pack's table gives it."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from yipanqi.domain.ledger.services import entries
from yipanqi.domain.people import events
from yipanqi.domain.people.models import Unit
from yipanqi.rulebook import organisations
from yipanqi.vocab.actors import Actor, Scope
from yipanqi.vocab.labels import Label

_COLUMNS = ("name", "short_name", "kind", "region_code", "source")
_NO_CHAINS: Mapping[str, str] = {}


class OutOfOrderError(Exception):
    """A row names a parent that no earlier row and no known unit is."""


@transaction.atomic
def load(
    rows: Sequence[organisations.Unit], *, by: Actor, chains: Mapping[str, str] = _NO_CHAINS
) -> int:
    """Make the units equal to the rows, parents before children; give the number added or changed.

    `chains` maps the code of a chain office to its chain. Units the table no longer has are kept:
    records stand in their name. Running twice changes nothing. Raises OutOfOrderError.
    """
    known = {unit.code: unit for unit in Unit.objects.all()}
    added: list[str] = []
    changed: list[str] = []
    for row in rows:
        before = known.get(row.code)
        unit = known[row.code] = before or Unit(code=row.code)
        if _settle(unit, row, chains.get(row.code, ""), known):
            (changed if before else added).append(row.code)
    if added or changed:
        _move_descendants(known)
        event = events.UnitsLoaded(
            subject="people/units", added=len(added), changed=len(changed), units=added + changed
        )
        entries.record(event, by=by, scope=Scope("/", Label.PUBLIC))
    return len(added) + len(changed)


def _settle(unit: Unit, row: organisations.Unit, chain: str, known: Mapping[str, Unit]) -> bool:
    """Write the row into the unit; whether anything differed."""
    parent = known.get(row.parent)
    if row.parent and (parent is None or parent.pk is None):
        raise OutOfOrderError(
            f"单位“{row.code}”的上级“{row.parent}”不存在；请先用 pack check 检查规则包"
        )
    wanted = {column: getattr(row, column) for column in _COLUMNS}
    wanted |= {"chain": chain, "parent": parent}
    if unit.pk and all(getattr(unit, name) == value for name, value in wanted.items()):
        return False
    for name, value in wanted.items():
        setattr(unit, name, value)
    unit.save()
    _set_path(unit)
    return True


def _set_path(unit: Unit) -> None:
    path = f"{unit.parent.path if unit.parent else '/'}{unit.pk}/"
    if path != unit.path:
        unit.path = path
        unit.save(update_fields=["path"])


def _move_descendants(known: Mapping[str, Unit]) -> None:
    """Units below one that moved move with it, though their own rows did not change."""
    by_id = {unit.pk: unit for unit in known.values()}
    for unit in sorted(known.values(), key=lambda each: _depth(each, by_id)):
        if unit.parent_id is not None:
            unit.parent = by_id[unit.parent_id]
        _set_path(unit)


def _depth(unit: Unit, by_id: Mapping[int, Unit]) -> int:
    depth, above = 0, unit.parent_id
    while above is not None:
        depth, above = depth + 1, by_id[above].parent_id
    return depth
