"""The chain of one stream: whether it holds, and if not, what was done to which line first."""

from collections.abc import Sequence
from typing import NamedTuple

from yipanqi.domain.ledger import findings, hashing
from yipanqi.domain.ledger.findings import Fault
from yipanqi.domain.ledger.models import entry_digest

Content = tuple[hashing.Part, ...]


class Row(NamedTuple):
    """A stored line, as text."""

    seq: int
    content: Content
    prev: str
    digest: str


class Head(NamedTuple):
    """The stream's stored head."""

    seq: int
    digest: str


def first_fault(stream: str, rows: Sequence[Row], head: Head | None) -> Fault | None:
    """What is wrong with the first line that is not as recorded; None when the chain holds.

    `rows` are all lines of the stream by seq.
    """
    prev = ""
    for index, row in enumerate(rows):
        if row.seq > index + 1:
            return findings.removed(stream, index + 1)
        if row.seq < index + 1:
            return findings.inserted(stream, row.seq)
        if row.prev != prev or not _fits(stream, row, row.seq):
            return _explained(stream, rows, index)
        prev = row.digest
    return _head_fault(stream, rows, head)


def _head_fault(stream: str, rows: Sequence[Row], head: Head | None) -> Fault | None:
    if head is None:
        return findings.headless(stream)
    if head.seq > len(rows):
        return findings.removed(stream, len(rows) + 1)
    if head.seq < len(rows):
        return findings.inserted(stream, head.seq + 1)
    if rows and head.digest != rows[-1].digest:
        return findings.wrong_head(stream, head.seq)
    return None


def _explained(stream: str, rows: Sequence[Row], index: int) -> Fault:
    if _fits(stream, rows[index], rows[index].seq):
        return findings.altered(stream, rows[_rewritten(rows, index)].seq)
    return _misplaced(stream, rows, index)


def _rewritten(rows: Sequence[Row], index: int) -> int:
    """Which of two lines was rewritten, when each fits itself but they do not follow each other."""
    follower = rows[index + 1] if index + 1 < len(rows) else None
    # The line after this one knows this one: then the one before was rewritten, digest and all.
    this_stands = follower is None or follower.prev == rows[index].digest
    return max(0, index - 1) if this_stands else index


def _misplaced(stream: str, rows: Sequence[Row], index: int) -> Fault:
    row = rows[index]
    own = _own_place(stream, row, len(rows) + 1)
    if own is None:
        return _changed(stream, rows, index)
    if own < row.seq:
        # This line once stood where another now stands: that other one pushed it on.
        return findings.inserted(stream, own)
    partner = next((other for other in rows[index + 1 :] if _fits(stream, other, row.seq)), None)
    if partner is not None:
        return findings.swapped(stream, row.seq, partner.seq)
    return findings.removed(stream, row.seq)


def _changed(stream: str, rows: Sequence[Row], index: int) -> Fault:
    row = rows[index]
    if index + 1 < len(rows) and _fits(stream, rows[index + 1], row.seq):
        return findings.inserted(stream, row.seq)
    for other in rows[index + 1 :]:
        if _traded(stream, row, other):
            return findings.swapped(stream, row.seq, other.seq)
    return findings.altered(stream, row.seq)


def _traded(stream: str, row: Row, other: Row) -> bool:
    """Whether the two lines carry each other's content, whole or the body alone."""
    whole = row._replace(content=other.content)
    body = row._replace(content=(*row.content[:-1], other.content[-1]))
    return _fits(stream, whole, row.seq) or _fits(stream, body, row.seq)


def _own_place(stream: str, row: Row, most: int) -> int | None:
    """The place under which the line was recorded, searched from its present one outwards."""
    near = sorted(range(1, most + 1), key=lambda seq: abs(seq - row.seq))
    return next((seq for seq in near if _fits(stream, row, seq)), None)


def _fits(stream: str, row: Row, seq: int) -> bool:
    algorithm = hashing.algorithm_of(row.digest)
    if algorithm not in hashing.ALGORITHMS:
        return False
    return entry_digest(algorithm, (stream, seq), row.content, row.prev) == row.digest
