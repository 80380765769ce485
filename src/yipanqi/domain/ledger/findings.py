"""What verification can find wrong, and in which words it says so."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What happened to the ledger."""

    ALTERED = "altered"
    REMOVED = "removed"
    INSERTED = "inserted"
    SWAPPED = "swapped"
    HEAD = "head"
    SEAL = "seal"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong; `stream` and `seq` name the first line concerned, unless it is a seal."""

    kind: Kind
    sentence: str
    stream: str = ""
    seq: int | None = None


def altered(stream: str, seq: int) -> Fault:
    """The line is not what was recorded."""
    return Fault(Kind.ALTERED, f"台账 {stream} 第 {seq} 行被改动：内容与其摘要不符", stream, seq)


def rewritten(stream: str, first: int, last: int, seal: int) -> Fault:
    """The lines hang together but are not those that were sealed."""
    place = f"第 {first} 行" if first == last else f"第 {first} 至 {last} 行之间"
    sentence = f"台账 {stream} {place}被改写：与封存 {seal} 所签的链头不符"
    return Fault(Kind.ALTERED, sentence, stream, first)


def removed(stream: str, seq: int) -> Fault:
    """The line that stood here is gone."""
    return Fault(Kind.REMOVED, f"台账 {stream} 第 {seq} 行被删除", stream, seq)


def removed_after_sealing(stream: str, seq: int, seal: int) -> Fault:
    """A sealed line is gone, and the head was turned back to hide it."""
    sentence = f"台账 {stream} 第 {seq} 行被删除：封存 {seal} 覆盖了它"
    return Fault(Kind.REMOVED, sentence, stream, seq)


def inserted(stream: str, seq: int) -> Fault:
    """The line was never recorded."""
    return Fault(Kind.INSERTED, f"台账 {stream} 第 {seq} 行是事后插入的", stream, seq)


def unqueued(stream: str, seq: int) -> Fault:
    """The line hangs together but never went through recording."""
    sentence = f"台账 {stream} 第 {seq} 行是绕过系统插入的：既未封存，也不在待封存队列"
    return Fault(Kind.INSERTED, sentence, stream, seq)


def swapped(stream: str, seq: int, other: int) -> Fault:
    """Two lines stand in each other's place."""
    first, second = sorted((seq, other))
    return Fault(Kind.SWAPPED, f"台账 {stream} 第 {first} 行与第 {second} 行被对调", stream, first)


def headless(stream: str) -> Fault:
    """The stream has lines but no head."""
    return Fault(Kind.HEAD, f"台账 {stream} 的链头记录被删除", stream, None)


def wrong_head(stream: str, seq: int) -> Fault:
    """The head does not name the digest of the last line."""
    return Fault(Kind.HEAD, f"台账 {stream} 的链头与第 {seq} 行（末行）的摘要不符", stream, seq)


def bad_seal(no: int, why: str) -> Fault:
    """A seal that proves nothing, and why."""
    return Fault(Kind.SEAL, f"封存 {no} {why}")
