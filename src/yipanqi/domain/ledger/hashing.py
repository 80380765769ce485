"""Digests of the ledger: which algorithm, over which bytes."""

import hashlib
from collections.abc import Iterable

from cryptography.hazmat.primitives import hashes

SHA256, SM3 = "sha256", "sm3"
ALGORITHMS = (SHA256, SM3)

# A line and a seal must never share a digest, and a later format must not be read as this one.
ENTRY_TAG = "yipanqi.ledger.entry.1"
SEAL_TAG = "yipanqi.ledger.seal.1"
HEAD_TAG = "yipanqi.ledger.head.1"

Part = str | int | None


class UnknownAlgorithmError(Exception):
    """A digest names an algorithm the ledger does not know."""


def raw(algorithm: str, content: bytes) -> bytes:
    """The 32-byte digest of the content. Raises UnknownAlgorithmError."""
    if algorithm == SHA256:
        return hashlib.sha256(content).digest()
    if algorithm == SM3:
        # GB/T 32905-2016; hashlib has it only where OpenSSL was built with it.
        running = hashes.Hash(hashes.SM3())
        running.update(content)
        return running.finalize()
    raise UnknownAlgorithmError(f"不认识的摘要算法“{algorithm}”，只支持 sha256 和 sm3")


def framed(tag: str, parts: Iterable[Part]) -> bytes:
    """The tag and the parts as bytes nobody can split in another way.

    Each part is a presence byte, its length in 8 big-endian bytes and its UTF-8 text; an absent
    part is one zero byte. Integers stand as decimal digits.
    """
    return b"".join(map(frame, (tag, *parts)))


def named(algorithm: str, content: bytes) -> str:
    """The digest with its algorithm in front, so that a later change is readable: "sm3:9f86…"."""
    return f"{algorithm}:{raw(algorithm, content).hex()}"


def algorithm_of(digest: str) -> str:
    """The algorithm a digest names; empty where it names none."""
    return digest.partition(":")[0] if ":" in digest else ""


def frame(part: Part) -> bytes:
    """One part as bytes that say where it ends."""
    if part is None:
        return b"\x00"
    content = str(part).encode()
    return b"\x01" + len(content).to_bytes(8, "big") + content
