"""Seals checked: their chain and signatures, the lines they cover, their published heads."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from django.db import connection

from yipanqi.domain.ledger import findings, hashing, heads, keys, merkle
from yipanqi.domain.ledger.findings import Fault
from yipanqi.domain.ledger.models import Seal, SealedRange

# Left join: a sealed line that is gone must show as a gap, not vanish with its range.
_COVERED = """
SELECT r.stream, e.seq, e.digest FROM ledger_sealedrange r
LEFT JOIN ledger_entry e ON e.stream = r.stream AND e.seq BETWEEN r."first" AND r."last"
WHERE r.seal_id = %s
"""


@dataclass(slots=True)
class Sealed:
    """What the seals cover: per stream the last sealed line, and what is wrong."""

    count: int = 0
    lines: int = 0
    last: dict[str, int] = field(default_factory=dict)
    digests: dict[int, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def examined() -> Sealed:
    """Every seal checked in order, then compared with what was published outside the database."""
    found = Sealed()
    prev = ""
    for seal in Seal.objects.order_by("no").iterator():
        found.faults += _own_faults(seal, found.count + 1, prev)
        found.faults += _cover_faults(seal, found)
        found.count, prev = seal.no, seal.digest
        found.lines += seal.count
        found.digests[seal.no] = seal.digest
    found.faults += _unpublished(found.digests)
    return found


def _own_faults(seal: Seal, expected: int, prev: str) -> Iterator[Fault]:
    if seal.no != expected:
        yield findings.bad_seal(expected, "被删除：编号不连续")
    elif seal.prev != prev:
        yield findings.bad_seal(seal.no, "与上一个封存不相接")
    algorithm = hashing.algorithm_of(seal.digest)
    if (
        algorithm not in hashing.ALGORITHMS
        or hashing.named(algorithm, seal.message()) != seal.digest
    ):
        yield findings.bad_seal(seal.no, "被改动：内容与其摘要不符")
    elif (key := keys.public(seal.key)) is None:
        yield findings.bad_seal(seal.no, f"无法验签：缺少公钥文件 {seal.key}.pub，请从保管处取回")
    elif not key.accepts(bytes.fromhex(seal.signature), seal.message()):
        yield findings.bad_seal(seal.no, "签名不符：不是由所记密钥签出")


def _cover_faults(seal: Seal, found: Sealed) -> Iterator[Fault]:
    ranges = sorted(SealedRange.objects.filter(seal=seal), key=lambda each: each.stream)
    algorithm = hashing.algorithm_of(seal.root)
    if algorithm not in hashing.ALGORITHMS:
        return
    if merkle.named_root(algorithm, (each.head() for each in ranges)) != seal.heads_root:
        yield findings.bad_seal(seal.no, "的链头清单被改动：与所签的根不符")
    covered = _covered(seal)
    broken = [fault for each in ranges if (fault := _range_fault(each, covered, found))]
    yield from broken
    found.last |= {each.stream: each.last for each in ranges}
    leaves = (digest.encode() for each in ranges for _, digest in covered.get(each.stream, []))
    if not broken and merkle.named_root(algorithm, leaves) != seal.root:
        yield findings.bad_seal(seal.no, "的 Merkle 根不符：所覆盖的行被改动")
    if not broken and sum(len(lines) for lines in covered.values()) != seal.count:
        yield findings.bad_seal(seal.no, "所记行数与所覆盖的行不符")


def _range_fault(
    each: SealedRange, covered: dict[str, list[tuple[int, str]]], found: Sealed
) -> Fault | None:
    if each.first != found.last.get(each.stream, 0) + 1:
        return findings.bad_seal(each.seal_id, f"对台账 {each.stream} 的覆盖与上一个封存不相接")
    there = dict(covered.get(each.stream, []))
    gone = next((seq for seq in range(each.first, each.last + 1) if seq not in there), None)
    if gone is not None:
        return findings.removed_after_sealing(each.stream, gone, each.seal_id)
    if there[each.last] != each.digest:
        return findings.rewritten(each.stream, each.first, each.last, each.seal_id)
    return None


def _covered(seal: Seal) -> dict[str, list[tuple[int, str]]]:
    with connection.cursor() as cursor:
        cursor.execute(_COVERED, [seal.no])
        rows = sorted(row for row in cursor.fetchall() if row[1] is not None)
    return {
        stream: [(seq, digest) for _, seq, digest in group]
        for stream, group in groupby(rows, itemgetter(0))
    }


def _unpublished(digests: dict[int, str]) -> Iterator[Fault]:
    for path in heads.files():
        try:
            for line in heads.published(path):
                if line.no not in digests:
                    why = f"已从数据库中消失：头文件 {path.name} 记它有 {line.count} 行"
                    yield findings.bad_seal(line.no, why)
                elif line.digest != digests[line.no]:
                    yield findings.bad_seal(line.no, f"与头文件 {path.name} 所记不符：封存被重做")
        except heads.HeadsDamagedError as error:
            yield Fault(findings.Kind.SEAL, str(error))
