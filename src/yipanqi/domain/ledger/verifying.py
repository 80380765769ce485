"""The whole ledger checked: every chain, every seal, and what is not sealed yet."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, islice
from operator import itemgetter

from django.db import connection, transaction

from yipanqi.domain.ledger import chains, findings, sealed
from yipanqi.domain.ledger.findings import Fault
from yipanqi.domain.ledger.models import Entry, Stream, Unsealed, moment_of

# After this many the ledger is in ruins, and a longer list helps nobody.
MOST_FAULTS = 100
_FIELDS = (
    "stream", "seq", "prev", "digest",
    "recorded_at", "actor", "unit", "kind", "version", "sheet", "sheet_revision", "sheet_digest",
    "scope_path", "scope_label", "scope_chain", "body",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tail:
    """The lines no seal covers yet: how many, and from when to when."""

    count: int
    since: datetime | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Report:
    """What verification found. Sealed lines are proven; the tail is only consistent with itself."""

    lines: int
    streams: int
    seals: int
    sealed_lines: int
    tail: Tail
    faults: tuple[Fault, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults

    @property
    def sentence(self) -> str:
        """The finding in one Chinese sentence."""
        counted = f"共 {self.lines} 行、{self.streams} 条链、{self.seals} 次封存"
        if not self.holds:
            return f"台账核验不通过（{counted}）：{self.faults[0].sentence}"
        if not self.tail.count:
            return f"台账核验通过：{counted}，全部已封存"
        return f"台账核验通过：{counted}；末尾 {self.tail.count} 行尚未封存，封存前不能对外证明"


def verify() -> Report:
    """Check everything in one consistent view; faults name the first wrong line of each stream."""
    with _one_view():
        proven = sealed.examined()
        walk = _Walk(proven.last)
        faults = list(islice(walk.faults(), MOST_FAULTS))
        # A chain's own fault says more than the seal that fails because of it.
        faults += [fault for fault in proven.faults if fault.stream not in walk.broken]
        # Last: where a seal's own list was changed, lines it no longer covers only look astray.
        faults += walk.astray
    return Report(
        walk.lines,
        walk.streams,
        proven.count,
        proven.lines,
        Tail(walk.tail, *walk.tail_span()),
        tuple(faults[:MOST_FAULTS]),
    )


class _Walk:
    """One pass over all lines, stream by stream."""

    def __init__(self, sealed_until: dict[str, int]) -> None:
        self.lines = self.streams = self.tail = 0
        self.broken: set[str] = set()
        self.astray: list[Fault] = []
        self._moments: list[str] = []
        self._sealed_until = sealed_until
        self._heads = {
            name: chains.Head(seq, digest)
            for name, seq, digest in Stream.objects.values_list("name", "seq", "digest")
        }

    def faults(self) -> Iterator[Fault]:
        """The first fault of every stream that has one."""
        queued = set(Unsealed.objects.values_list("entry__stream", "entry__seq").iterator())
        rows = Entry.objects.order_by("stream", "seq").values_list(*_FIELDS).iterator()
        for stream, group in groupby(rows, itemgetter(0)):
            lines = [chains.Row(row[1], row[4:], row[2], row[3]) for row in group]
            fault = chains.first_fault(stream, lines, self._heads.pop(stream, None))
            yield from self._noted(fault, stream)
            if fault is None:
                self._look_at_tail(stream, lines, queued)
            self.lines += len(lines)
            self.streams += 1
        for stream, head in self._heads.items():
            if head.seq:
                yield from self._noted(findings.removed(stream, 1), stream)

    def tail_span(self) -> tuple[datetime | None, datetime | None]:
        """When the first and the last unsealed line were recorded."""
        if not self._moments:
            return None, None
        return moment_of(min(self._moments)), moment_of(max(self._moments))

    def _noted(self, fault: Fault | None, stream: str) -> Iterator[Fault]:
        if fault:
            self.broken.add(stream)
            yield fault

    def _look_at_tail(
        self, stream: str, lines: list[chains.Row], queued: set[tuple[str, int]]
    ) -> None:
        tail = lines[self._sealed_until.get(stream, 0) :]
        self.tail += len(tail)
        self._moments += [str(each.content[0]) for each in (*tail[:1], *tail[-1:])]
        unheard = (each.seq for each in tail if (stream, each.seq) not in queued)
        self.astray += [findings.unqueued(stream, seq) for seq in islice(unheard, 1)]


@contextmanager
def _one_view() -> Iterator[None]:
    """A view of the database that lines recorded meanwhile do not disturb."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        # Deferred: a reader's snapshot that keeps no writer waiting.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield
