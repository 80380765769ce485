"""The enterprises behind projects that come in by the batch: found, or registered with them."""

from collections.abc import Sequence

from yipanqi.domain.intake.models import Batch
from yipanqi.domain.investors import events, queries
from yipanqi.domain.investors.models import Enterprise
from yipanqi.domain.ledger.events import Event
from yipanqi.domain.ledger.services import entries
from yipanqi.domain.people.spelling import initials
from yipanqi.vocab import clock, names
from yipanqi.vocab.actors import Actor, Scope
from yipanqi.vocab.labels import Label

Firm = tuple[str | None, str]


def firms(asked: Sequence[Firm], batch: Batch, *, by: Actor) -> list[Enterprise]:
    """The enterprise of each code and name, in order; the unknown come in with the batch."""
    found = queries.same_of_each(asked)
    coming = _coming(asked, batch)
    made: list[Enterprise] = []
    answer = []
    for (code, name), held in zip(asked, found, strict=True):
        firm = held or coming.get(code or "") or _namesake(coming.get(names.key(name)), code)
        if firm is None:
            firm = _new(code, name, batch)
            made.append(firm)
            coming |= _keys(firm)
        answer.append(firm)
    Enterprise.everything.bulk_create(made, batch_size=500)
    scope = Scope(batch.unit.path, Label.PUBLIC)
    lines: list[tuple[Event, Scope]] = [(_line(firm), scope) for firm in made]
    entries.record_many(lines, by=by)
    return answer


def _coming(asked: Sequence[Firm], batch: Batch) -> dict[str, Enterprise]:
    """Enterprises that came with earlier rows of the batch, by code and by name."""
    keys = [names.key(name) for _, name in asked]
    rows = Enterprise.everything.filter(arriving=batch, name_key__in=keys)
    found: dict[str, Enterprise] = {}
    for firm in rows:
        found |= _keys(firm)
    codes = [code for code, _ in asked if code]
    for firm in Enterprise.everything.filter(arriving=batch, code__in=codes):
        found |= _keys(firm)
    return found


def _namesake(found: Enterprise | None, code: str | None) -> Enterprise | None:
    """One of the same name, unless both have codes: then they are two."""
    return None if found is None or (code and found.code) else found


def _keys(firm: Enterprise) -> dict[str, Enterprise]:
    return {firm.name_key: firm} | ({firm.code: firm} if firm.code else {})


def _new(code: str | None, name: str, batch: Batch) -> Enterprise:
    return Enterprise(
        code=code or None,
        name=name,
        name_key=names.key(name),
        initials=initials(name),
        source=f"存量项目台账（批次 {batch.public_id}）",
        registered_by_unit_id=batch.unit_id,
        created_at=clock.now(),
        arriving=batch,
    )


def _line(firm: Enterprise) -> events.EnterpriseRegistered:
    return events.EnterpriseRegistered(
        subject=f"investors/{firm.public_id}", code=firm.code, source=firm.source
    )
