"""Recording what happened, in the transaction in which it happened."""

import json
from collections.abc import Sequence

from django.conf import settings
from django.db import connection

from yipanqi.domain.ledger.events import Event
from yipanqi.domain.ledger.models import Entry, moment_text
from yipanqi.domain.ledger.services import appending, nudging
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor, Scope
from yipanqi.vocab.sheets import SheetRef

_ENCODER = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
)


class OutsideTransactionError(Exception):
    """A line was to be recorded outside the transaction of the change it tells of."""


def record(event: Event, *, by: Actor, scope: Scope, under: SheetRef | None = None) -> Entry:
    """The event as the next line of its subject's stream; other writers of the subject wait.

    Raises OutsideTransactionError where no transaction is open.
    """
    _refuse_outside_transaction()
    entry = _line(event, scope, by, under)
    appending.append(entry, settings.LEDGER_DIGEST)
    nudging.after_commit({entry.kind})
    return entry


def record_many(
    pairs: Sequence[tuple[Event, Scope]], *, by: Actor, under: SheetRef | None = None
) -> list[Entry]:
    """The events as lines, each stream in the order given; streams are locked in name order.

    All or nothing. On SQLite every other writer waits until the transaction ends, so an import
    there comes in batches. Raises OutsideTransactionError.
    """
    _refuse_outside_transaction()
    if not pairs:
        return []
    heads = appending.locked_heads({event.subject for event, _ in pairs})
    lines = []
    for event, scope in pairs:
        line = _line(event, scope, by, under)
        appending.link(line, heads[event.subject], settings.LEDGER_DIGEST)
        heads[event.subject] = (line.seq, line.digest)
        lines.append(line)
    appending.append_many(lines, heads)
    nudging.after_commit({line.kind for line in lines})
    return lines


def _refuse_outside_transaction() -> None:
    if not connection.in_atomic_block:
        raise OutsideTransactionError(
            "台账行必须与它所记的变更同在一个事务里：请在 transaction.atomic 内调用"
        )


def _line(event: Event, scope: Scope, by: Actor, under: SheetRef | None) -> Entry:
    return Entry(
        stream=event.subject,
        recorded_at=moment_text(clock.now()),
        actor=str(by.id),
        unit="" if by.unit_id is None else str(by.unit_id),
        kind=event.kind,
        version=event.version,
        sheet=under.id if under else None,
        sheet_revision=under.revision if under else None,
        sheet_digest=under.digest if under else None,
        scope_path=scope.unit_path,
        scope_label=str(scope.label),
        scope_chain=scope.chain,
        body=_ENCODER.encode(event.body()),
    )
