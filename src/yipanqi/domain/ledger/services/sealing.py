"""Sealing: a signed Merkle root over the lines added since the seal before."""

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from yipanqi.domain.ledger import hashing, heads, keys, merkle
from yipanqi.domain.ledger.models import Entry, Seal, SealedRange, Unsealed, moment_text
from yipanqi.domain.ledger.services import leases
from yipanqi.vocab import clock

# One seal covers at most so many lines, so that its transaction stays short.
MOST = 10_000
JOB = "ledger.seal"
_CHUNK = 500


class SealRefusedError(Exception):
    """The lines waiting do not follow on what is sealed; somebody changed the ledger."""


def seal() -> Seal | None:
    """Seal every waiting line; the last seal made, None when none waits or another process seals.

    Raises SealRefusedError, KeyMissingError or KeyExposedError, and then seals nothing further.
    """
    with leases.held(JOB) as mine:
        return close() if mine else None


def close() -> Seal | None:
    """Seal every waiting line, for a caller that holds the lease JOB; the last seal made."""
    made = None
    while following := _close():
        made = following
    return made


def waiting() -> int:
    """How many lines no seal covers yet."""
    return Unsealed.objects.count()


@transaction.atomic
def _close() -> Seal | None:
    lines = _waiting_lines()
    if not lines:
        return None
    ranges = _ranges(lines)
    _refuse_gaps(ranges)
    made = _signed(lines, ranges)
    # The primary key settles a race that outlived its lease: only one process writes this number.
    made.save(force_insert=True)
    for each in ranges:
        each.seal = made
    SealedRange.objects.bulk_create(ranges, batch_size=_CHUNK)
    ids = [line.pk for line in lines]
    for start in range(0, len(ids), _CHUNK):
        Unsealed.objects.filter(pk__in=ids[start : start + _CHUNK]).delete()
    transaction.on_commit(heads.publish)
    return made


def _waiting_lines() -> list[Entry]:
    # Inside a stream ids rise with seq, because both are drawn under the stream's lock: the first
    # MOST ids never leave a hole in a stream, though ids of different streams commit in any order.
    first = Unsealed.objects.order_by("entry_id").values("entry_id")[:MOST]
    lines = Entry.objects.filter(pk__in=first).only("stream", "seq", "digest")
    return sorted(lines, key=attrgetter("stream", "seq"))


def _ranges(lines: Sequence[Entry]) -> list[SealedRange]:
    ranges = []
    for stream, group in groupby(lines, attrgetter("stream")):
        own = list(group)
        if own[-1].seq - own[0].seq + 1 != len(own):
            raise SealRefusedError(_gap(stream))
        ranges.append(
            SealedRange(stream=stream, first=own[0].seq, last=own[-1].seq, digest=own[-1].digest)
        )
    return ranges


def _refuse_gaps(ranges: Sequence[SealedRange]) -> None:
    for start in range(0, len(ranges), _CHUNK):
        chunk = ranges[start : start + _CHUNK]
        found = SealedRange.objects.filter(stream__in=[each.stream for each in chunk])
        sealed = dict(found.values_list("stream").annotate(Max("last")))
        for each in chunk:
            if each.first != sealed.get(each.stream, 0) + 1:
                raise SealRefusedError(_gap(each.stream))


def _gap(stream: str) -> str:
    return (
        f"台账 {stream} 待封存的行与已封存的行不相接，拒绝封存；请先运行 yipanqi ledger verify 查明"
    )


def _signed(lines: Sequence[Entry], ranges: Sequence[SealedRange]) -> Seal:
    before = Seal.objects.order_by("no").last()
    if before is None and keys.current() is None:
        # The first seal of a new ledger: no signature exists yet that another key could fake.
        keys.create()
    algorithm = settings.LEDGER_DIGEST
    signer = keys.signer()
    made = Seal(
        no=before.no + 1 if before else 1,
        prev=before.digest if before else "",
        count=len(lines),
        root=merkle.named_root(algorithm, (line.digest.encode() for line in lines)),
        heads_root=merkle.named_root(algorithm, (each.head() for each in ranges)),
        closed_at=moment_text(clock.now()),
        key=signer.id,
    )
    message = made.message()
    made.digest = hashing.named(algorithm, message)
    made.signature = signer.sign(message)
    return made
