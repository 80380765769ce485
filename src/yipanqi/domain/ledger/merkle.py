"""The root of a hash tree over leaves, as RFC 6962 section 2.1 defines it."""

from collections.abc import Iterable

from yipanqi.domain.ledger import hashing


def root(algorithm: str, leaves: Iterable[bytes]) -> bytes:
    """The 32-byte tree hash of the leaves in their order; no leaves give the hash of nothing.

    A level's odd last node moves up unchanged, which builds the very tree of the RFC's recursion.
    """
    level = [hashing.raw(algorithm, b"\x00" + leaf) for leaf in leaves]
    if not level:
        return hashing.raw(algorithm, b"")
    while len(level) > 1:
        level = _parents(algorithm, level)
    return level[0]


def named_root(algorithm: str, leaves: Iterable[bytes]) -> str:
    """The root with its algorithm in front, as seals store it."""
    return f"{algorithm}:{root(algorithm, leaves).hex()}"


def _parents(algorithm: str, level: list[bytes]) -> list[bytes]:
    pairs = zip(level[::2], level[1::2], strict=False)
    joined = [hashing.raw(algorithm, b"\x01" + left + right) for left, right in pairs]
    return joined + level[-1:] if len(level) % 2 else joined
