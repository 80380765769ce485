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
    """A row names a parent that is none, or stands below itself."""


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
        _set_paths(list(known.values()))
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
    wanted |= {"chain": chain, "parent_id": parent.pk if parent else None}
    if unit.pk and all(getattr(unit, name) == value for name, value in wanted.items()):
        return False
    for name, value in wanted.items():
        setattr(unit, name, value)
    unit.save()
    return True


def _set_paths(units: Sequence[Unit]) -> None:
    """Lead each path from the root; what stands below a unit that moved moves with it."""
    paths: dict[int | None, str] = {None: "/"}
    moved = []
    waiting = list(units)
    while ready := [unit for unit in waiting if unit.parent_id in paths]:
        for unit in ready:
            paths[unit.pk] = path = f"{paths[unit.parent_id]}{unit.pk}/"
            if unit.path != path:
                unit.path = path
                moved.append(unit)
        waiting = [unit for unit in waiting if unit.pk not in paths]
    if waiting:
        raise OutOfOrderError(
            f"单位“{waiting[0].code}”的上级关系成了圈；请先用 pack check 检查规则包"
        )
    Unit.objects.bulk_update(moved, ["path"])
