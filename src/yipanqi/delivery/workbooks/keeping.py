"""Files that came in, kept until their batch has been read."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from yipanqi.domain.evidence.services import safety
from yipanqi.domain.intake.services.batches import Unfit

SUFFIXES = (".xlsx", ".csv")


@dataclass(frozen=True, slots=True)
class Kept:
    """A file on disk: the name it came with, and the SHA-256 of its bytes."""

    name: str
    sha256: str


def keep(name: str, chunks: Iterable[bytes]) -> Kept:
    """The file, kept under its hash. Raises Unfit for another kind of file, safety.TooLarge."""
    plain = Path(name.replace("\\", "/")).name[-200:]
    suffix = Path(plain).suffix.lower()
    if suffix not in SUFFIXES:
        raise Unfit(f"“{plain}”不是 .xlsx 或 .csv 文件；请用 Excel 或 WPS 另存为 .xlsx 后再上传")
    home = _home()
    handle, arriving = tempfile.mkstemp(dir=home, prefix=".arriving-")
    digest, size = hashlib.sha256(), 0
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                safety.refuse_too_large(size)
                digest.update(chunk)
                file.write(chunk)
        if not size:
            raise Unfit(f"“{plain}”是空文件，请检查后重新选择")
        Path(arriving).replace(place(digest.hexdigest(), plain))
    finally:
        Path(arriving).unlink(missing_ok=True)
    return Kept(plain, digest.hexdigest())


def place(sha256: str, name: str) -> Path:
    """Where the file of that hash and name is kept."""
    return _home() / f"{sha256}{Path(name).suffix.lower()}"


def inspect(file: Path, *, name: str) -> None:
    """Look into a workbook before it is read. Raises safety.Refused."""
    if file.suffix == ".xlsx":
        safety.inspected(file, name=name, size_bytes=file.stat().st_size)


def _home() -> Path:
    home = Path(settings.HOME) / "intake"
    home.mkdir(parents=True, exist_ok=True)
    return home
