"""Taking a stream's head and adding lines to it, in as few round trips as the database allows."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from django.db import connection
from django.db.models import F
from django.db.models.functions import Collate

from yipanqi.domain.ledger import hashing, procedures
from yipanqi.domain.ledger.models import Entry, Outbox, Stream, Unsealed, entry_digest

Head = tuple[int, str]
Item = TypeVar("Item")

# SQLite takes at most 999 parameters in Django's reckoning; PostgreSQL gains little beyond this.
_CHUNK = 500


class DigestsDisagreeError(Exception):
    """The database's procedure and this program give one line two digests."""


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


def append(line: Entry, algorithm: str) -> None:
    """Give the line its place at the end of its stream, add it, and queue it.

    Raises DigestsDisagreeError, and then the transaction must not be committed.
    """
    if procedures.offers(connection.vendor, algorithm):
        _append_at_once(line, algorithm)
        return
    link(line, locked_head(line.stream), algorithm)
    append_many([line], {line.stream: (line.seq, line.digest)})


def link(line: Entry, head: Head, algorithm: str) -> None:
    """Give the line its place after the head, and its digest."""
    seq, line.prev = head
    line.seq = seq + 1
    line.digest = entry_digest(algorithm, (line.stream, line.seq), line.content(), line.prev)


def _append_at_once(line: Entry, algorithm: str) -> None:
    content = line.content()
    placed = hashing.frame(hashing.ENTRY_TAG) + hashing.frame(line.stream)
    told = b"".join(map(hashing.frame, content))
    with connection.cursor() as cursor:
        cursor.execute(procedures.CALL, [line.stream, placed, told, *content])
        line.pk, seq, prev, digest = cursor.fetchone()
    link(line, (seq - 1, prev), algorithm)
    # Two implementations, one answer: what verification will compute is what was stored.
    if line.digest != digest:
        raise DigestsDisagreeError(
            f"数据库算出的摘要与程序不符：{line.stream} 第 {seq} 行；本次变更不予提交"
        )


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
