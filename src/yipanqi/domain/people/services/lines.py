"""The ledger lines of a person: one stream each, standing with their unit."""

from yipanqi.domain.ledger.events import Event
from yipanqi.domain.ledger.services import entries
from yipanqi.domain.people.models import Officer
from yipanqi.vocab.actors import Actor, Scope
from yipanqi.vocab.labels import Label
from yipanqi.vocab.sheets import SheetRef


def subject(officer: Officer) -> str:
    """The person's stream, by random id."""
    return f"people/{officer.public_id}"


def write(event: Event, officer: Officer, *, by: Actor, under: SheetRef | None = None) -> None:
    """Record what happened to the person, as internal to their unit."""
    path = officer.unit.path if officer.unit else "/"
    entries.record(event, by=by, scope=Scope(path, Label.INTERNAL), under=under)
