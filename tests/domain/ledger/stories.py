"""Small events and streams that the ledger's tests share."""

from dataclasses import dataclass
from typing import ClassVar

from django.db import connection, transaction

from yipanqi.domain.ledger import guards
from yipanqi.domain.ledger.events import Event
from yipanqi.domain.ledger.models import Entry
from yipanqi.domain.ledger.services import entries
from yipanqi.vocab.actors import HOUSE, Scope
from yipanqi.vocab.labels import Label

SCOPE = Scope(unit_path="/1/4/", label=Label.INTERNAL, chain="gongcheng-jixie")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoneMoved(Event):
    """A stone of the board moved."""

    kind: ClassVar[str] = "tests.stone_moved"
    sentence: ClassVar[str] = "第 {step} 手：{note}"

    step: int
    note: str | None = None


def tell(subject: str, count: int = 5) -> list[Entry]:
    """Record so many moves of one subject."""
    with transaction.atomic():
        return [
            entries.record(
                StoneMoved(subject=subject, step=step, note="落子"), by=HOUSE, scope=SCOPE
            )
            for step in range(1, count + 1)
        ]


def forge(statement: str, parameters: tuple[object, ...] = ()) -> int:
    """Change the tables as an intruder with the owner's rights would; give the rows touched."""
    guards.lift()
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.rowcount
