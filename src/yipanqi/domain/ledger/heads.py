"""The ledger's heads outside the database: one line per seal in append-only files."""

import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from yipanqi.domain.ledger import keys
from yipanqi.domain.ledger.models import Seal

# A line is about 600 bytes; the last one is found by looking back this far.
_TAIL = 4096


class HeadsDamagedError(Exception):
    """A line of a heads file cannot be read."""


@dataclass(frozen=True, slots=True)
class Published:
    """A seal as published: enough to show later that it stood, and who signed it."""

    no: int
    digest: str
    prev: str
    count: int
    root: str
    heads_root: str
    closed_at: str
    key: str
    public_key: str
    signature: str


def files() -> list[Path]:
    """Where heads are published: the data directory, and another disk when one is set."""
    here = Path(settings.HOME) / "heads" / "heads.jsonl"
    elsewhere = settings.LEDGER_HEADS_FILE
    return [here, Path(elsewhere)] if elsewhere else [here]


def publish() -> None:
    """Append every seal that a file does not have yet. Raises OSError naming the file."""
    for path in files():
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            _append(file, Seal.objects.filter(no__gt=_last_no(file)).order_by("no"))


def published(path: Path) -> Iterator[Published]:
    """The heads in a file, in order; none where there is no file. Raises HeadsDamagedError."""
    if not path.exists():
        return
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            yield _read(line, f"{path.name} 第 {number} 行")


def _append(file: BinaryIO, seals: Iterable[Seal]) -> None:
    file.writelines(_line(seal) for seal in seals)
    file.flush()
    os.fsync(file.fileno())


def _line(seal: Seal) -> bytes:
    return json.dumps(asdict(_as_published(seal)), separators=(",", ":")).encode() + b"\n"


def _last_no(file: BinaryIO) -> int:
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _TAIL))
    lines = file.read().splitlines()
    return _read(lines[-1], "末行").no if lines else 0


def _as_published(seal: Seal) -> Published:
    key = keys.public(seal.key)
    return Published(
        no=seal.no,
        digest=seal.digest,
        prev=seal.prev,
        count=seal.count,
        root=seal.root,
        heads_root=seal.heads_root,
        closed_at=seal.closed_at,
        key=seal.key,
        public_key=key.content.hex() if key else "",
        signature=seal.signature,
    )


def _read(line: bytes, where: str) -> Published:
    try:
        return Published(**json.loads(line))
    except (ValueError, TypeError) as error:
        raise HeadsDamagedError(f"台账头文件{where}读不懂；请与另一处保存的头文件比对") from error
