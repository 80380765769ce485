"""Changing projects by the rows of a file, and giving them back what they were."""

from collections.abc import Mapping, Sequence
from typing import Any

from yipanqi.domain.intake.libraries import Taken
from yipanqi.domain.intake.models import BatchRow
from yipanqi.domain.ledger.events import Plain
from yipanqi.domain.people.models import Officer
from yipanqi.domain.places.models import Park
from yipanqi.domain.projects import judging, life, queries, workbook
from yipanqi.domain.projects.judging import Entry, Ground
from yipanqi.domain.projects.models import Project
from yipanqi.domain.projects.services import checking, editing
from yipanqi.vocab.actors import Actor, NotAllowed
from yipanqi.vocab.labels import Label, StateSecret

_STALE = "预览之后项目已有变动；请重新上传，对照新的差异"
_REFUSALS = (
    editing.StaleEdit, checking.Unclear, editing.GateEmptied, life.Ended, NotAllowed, StateSecret,
)  # fmt: skip


def rewrite(row: BatchRow, entry: Entry, ground: Ground) -> Taken:
    """The project changed as the row says, by the same service as on its page."""
    held = entry.held
    if held is None or entry.faults:
        return Taken(because=_STALE)
    changes = judging.differences(entry, held, ground)
    if [each.plain() for each in judging.told(changes, entry)] != row.remarks:
        return Taken(because=_STALE)
    before = {name: _plain(ours) for name, (ours, _) in changes.items()}
    try:
        editing.edit(
            held,
            {name: theirs for name, (_, theirs) in changes.items()},  # type: ignore[misc]  # typed by the row's reading
            expecting=held.version,
            by=ground.by,
        )
    except _REFUSALS as refusal:
        return Taken(because=str(refusal))
    return Taken(queries.subject(held), None, before)


def give_back(rows: Sequence[BatchRow], *, by: Actor) -> None:
    """The values from before the batch, back in force. Raises what editing raises."""
    for row in rows:
        held = Project.objects.select_related("unit", "lead", "park__unit").get(
            public_id=row.subject.removeprefix(workbook.PREFIX)
        )
        before = {name: _value(name, plain) for name, plain in _of(row).items()}
        editing.edit(held, before, expecting=held.version, by=by)


def _of(row: BatchRow) -> Mapping[str, Plain]:
    return row.before or {}


def _plain(value: object) -> Plain:
    if isinstance(value, Officer):
        return value.pk
    if isinstance(value, Park):
        return value.unit.code
    if value is None or isinstance(value, bool | int):
        return value
    return str(value)


def _value(name: str, plain: Plain) -> Any:
    if plain is None:
        return None
    if name == "leader":
        return Officer.objects.get(pk=str(plain))
    if name == "park":
        return Park.objects.select_related("unit").get(unit__code=plain)
    if name == "label":
        return Label(str(plain))
    column: Any = Project._meta.get_field(name)  # noqa: SLF001 -- the documented API
    return column.to_python(plain)
