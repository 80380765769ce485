"""Taking a stream's head and adding lines to it, in as few round trips as the database allows."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from django.db import connection
from django.db.models import F
from django.db.models.functions import Collate

from yipanqi.domain.ledger.models import Entry, Outbox, Stream, Unsealed

Head = tuple[int, str]
Item = TypeVar("Item")

# SQLite takes at most 999 parameters in Django's reckoning; PostgreSQL gains little beyond this.
_CHUNK = 500

_COLUMNS = [field.attname for field in Entry._meta.concrete_fields[1:]]  # noqa: SLF001 -- its own room

# One statement instead of four: the line, the new head and both queues (PostgreSQL only).
_APPEND = f"""
WITH line AS (
  INSERT INTO ledger_entry ({", ".join(_COLUMNS)})
  VALUES ({", ".join(["%s"] * len(_COLUMNS))}) RETURNING id
), queued AS (
  INSERT INTO ledger_outbox (entry_id) SELECT id FROM line
), waiting AS (
  INSERT INTO ledger_unsealed (entry_id) SELECT id FROM line
), head AS (
  UPDATE ledger_stream SET seq = %s, digest = %s WHERE name = %s
)
SELECT id FROM line
"""  # noqa: S608 -- column names come from the model, values are parameters


def locked_head(name: str) -> Head:
    """The stream's (seq, digest), locked until the transaction ends; a new stream is (0, "")."""
    found = _locked(name)
    if found is None:
        Stream.objects.bulk_create([Stream(name=name)], ignore_conflicts=True)
        found = _locked(name)
    assert found is not None
    return found


def locked_heads(names: set[str]) -> dict[str, Head]:
    """The heads of many streams, locked in name order so that two batches cannot deadlock."""
    ordered = sorted(names)
    # All new ones first: a batch never waits for a name it would have had to make earlier.
    Stream.objects.bulk_create(
        (Stream(name=name) for name in ordered), ignore_conflicts=True, batch_size=_CHUNK
    )
    heads: dict[str, Head] = {}
    for chunk in _chunks(ordered):
        locked = Stream.objects.select_for_update().filter(name__in=chunk).order_by(_by_bytes())
        heads |= {head.name: (head.seq, head.digest) for head in locked}
    return heads


def append(entry: Entry) -> None:
    """Add one line, move its stream's head to it, and queue it."""
    if connection.vendor != "postgresql":
        append_many([entry], {entry.stream: (entry.seq, entry.digest)})
        return
    values = [getattr(entry, column) for column in _COLUMNS]
    with connection.cursor() as cursor:
        cursor.execute(_APPEND, [*values, entry.seq, entry.digest, entry.stream])
        entry.pk = cursor.fetchone()[0]


def append_many(lines: Sequence[Entry], heads: dict[str, Head]) -> None:
    """Add the lines, move the heads of their streams, and queue them."""
    Entry.objects.bulk_create(lines, batch_size=_CHUNK)
    Outbox.objects.bulk_create((Outbox(entry_id=line.pk) for line in lines), batch_size=_CHUNK)
    Unsealed.objects.bulk_create((Unsealed(entry_id=line.pk) for line in lines), batch_size=_CHUNK)
    Stream.objects.bulk_create(
        (Stream(name=name, seq=seq, digest=digest) for name, (seq, digest) in heads.items()),
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["seq", "digest"],
        batch_size=_CHUNK,
    )


def _locked(name: str) -> Head | None:
    heads = Stream.objects.select_for_update().filter(name=name)
    return heads.values_list("seq", "digest").first()


def _by_bytes() -> Collate | F:
    # Python sorts by code point; a PostgreSQL collation may not, and lock order must be one order.
    return Collate("name", "C") if connection.vendor == "postgresql" else F("name")


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    source = iter(items)
    while chunk := list(islice(source, _CHUNK)):
        yield chunk
