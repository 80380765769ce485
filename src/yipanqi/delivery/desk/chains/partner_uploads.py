"""Files on their way: what an officer uploaded and has not applied yet, kept for a day."""

import hashlib
import re
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from yipanqi.domain.evidence.services import safety
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor

_KEPT = timedelta(days=1)
_DIGEST = re.compile(r"[0-9a-f]{64}")


def keep(name: str, chunks: Iterable[bytes], *, by: Actor) -> str:
    """Keep the file for this person alone; its SHA-256. Raises safety.Refused.

    A workbook is looked into before anybody opens it: bombs, macros and outside entities.
    """
    shelf = _shelf(by)
    shelf.mkdir(parents=True, exist_ok=True)
    _clear(shelf)
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=shelf, prefix=".arriving-", delete=False) as file:
        arriving = Path(file.name)
    try:
        with arriving.open("wb") as out:
            for chunk in chunks:
                size += len(chunk)
                safety.refuse_too_large(size)
                digest.update(chunk)
                out.write(chunk)
        _inspect(arriving, name, size)
        arriving.replace(shelf / digest.hexdigest())
    finally:
        arriving.unlink(missing_ok=True)
    return digest.hexdigest()


def find(sha256: str, *, by: Actor) -> Path | None:
    """The file this person uploaded with that digest; None when it is gone."""
    place = _shelf(by) / sha256
    return place if _DIGEST.fullmatch(sha256) and place.is_file() else None


def drop(sha256: str, *, by: Actor) -> None:
    """Forget the file: it was applied."""
    if place := find(sha256, by=by):
        place.unlink(missing_ok=True)


def _inspect(path: Path, name: str, size: int) -> None:
    if Path(name).suffix.lower() == ".csv":
        if not size:
            raise safety.EmptyFile(f"“{name}”是空文件，请检查后重新选择")
        return
    safety.inspected(path, name=name, size_bytes=size)


def _shelf(by: Actor) -> Path:
    return Path(settings.HOME) / "partner-lists" / str(by.id)


def _clear(shelf: Path) -> None:
    oldest = clock.now().timestamp() - _KEPT.total_seconds()
    for file in shelf.iterdir():
        with suppress(FileNotFoundError):
            if file.stat().st_mtime < oldest:
                file.unlink()
