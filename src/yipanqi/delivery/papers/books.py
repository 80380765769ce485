"""The book of a city: its own report and that of every chain in one zip, bound in the background.

A book is kept under what it was made from, so the same studies are never set in type twice.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from django.conf import settings

from yipanqi import __version__
from yipanqi.delivery.papers import chain_report, city_report, formats, published
from yipanqi.delivery.papers.content import Report
from yipanqi.delivery.papers.formats import Format
from yipanqi.domain.studies import queries as studies
from yipanqi.vocab import clock, public_ids

# A chain takes seconds; whoever is silent for as long has died.
_SILENCE = timedelta(minutes=5)
_PERCENT = 100
_ENTRY_TIME = (1980, 1, 1, 0, 0, 0)
_PAPERS, _TOLD = "papers.zip", "progress.json"


class State(StrEnum):
    """Where a book stands."""

    NONE = "none"
    BINDING = "binding"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Progress:
    """How many papers are written, of how many, the last word, and the fault that ended it."""

    done: int = 0
    total: int = 0
    told: str = ""
    fault: str = ""

    @property
    def percent(self) -> int:
        """How much of it is written, 0 to 100."""
        return _PERCENT * self.done // self.total if self.total else 0


@dataclass(frozen=True, slots=True)
class Condition:
    """The state of the book of one form, and its progress."""

    form: Format
    state: State
    progress: Progress


def condition(form: Format) -> Condition:
    """How the book of the studies in force stands."""
    place = folder(form)
    if (place / _PAPERS).is_file():
        return Condition(form, State.READY, Progress())
    progress = _told(place)
    if progress is None:
        return Condition(form, State.NONE, Progress())
    if progress.fault:
        return Condition(form, State.FAILED, progress)
    quiet = clock.now().timestamp() - (place / _TOLD).stat().st_mtime
    is_alive = quiet < _SILENCE.total_seconds()
    return Condition(form, State.BINDING if is_alive else State.NONE, progress)


def folder(form: Format) -> Path:
    """Where the book of the studies in force is kept; it may not exist yet."""
    said = [form.value, __version__, *studies.in_force()]
    key = hashlib.sha256(json.dumps(said).encode()).hexdigest()[:24]
    return settings.HOME / "reports" / key


def packed(form: Format) -> bytes | None:
    """The bound book; None before it is bound."""
    with suppress(FileNotFoundError):
        return (folder(form) / _PAPERS).read_bytes()
    return None


def begin(form: Format) -> bool:
    """Mark the book as being bound; False where it is bound, or somebody is at it."""
    if condition(form).state in {State.READY, State.BINDING}:
        return False
    _tell(folder(form), Progress(told="排队中"))
    return True


def bind(form: Format) -> None:
    """Write every paper of the studies in force and keep them as one zip; again does no harm."""
    place = folder(form)
    if (place / _PAPERS).is_file():
        return
    try:
        papers = _papers()
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
            for number, paper in enumerate(papers):
                _tell(place, Progress(number, len(papers), f"正在写《{paper.title}》"))
                _put(book, f"{number:02d}-{paper.title}.{form.value}", paper, form)
    except Exception as fault:
        _tell(place, Progress(fault=_sentence(fault)))
        raise
    _write(place / _PAPERS, packed.getvalue())


def _papers() -> Sequence[Report]:
    found = published.of_city()
    if not found:
        return ()
    return [city_report.report(found, found[0].city), *map(chain_report.report, found)]


def _put(book: zipfile.ZipFile, name: str, paper: Report, form: Format) -> None:
    # The hour of binding stays out of it: same studies, same bytes.
    entry = zipfile.ZipInfo(name, _ENTRY_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    book.writestr(entry, formats.written(paper, form))


def _sentence(fault: Exception) -> str:
    if isinstance(fault, formats.CannotWrite):
        return str(fault)
    return f"没有写成（{type(fault).__name__}），请把这句话告诉系统管理员；可再试一次"


def _told(place: Path) -> Progress | None:
    with suppress(FileNotFoundError):
        return Progress(**json.loads((place / _TOLD).read_bytes()))
    return None


def _tell(place: Path, progress: Progress) -> None:
    _write(place / _TOLD, json.dumps(asdict(progress), ensure_ascii=False).encode())


def _write(file: Path, content: bytes) -> None:
    """Put the file in place whole: readers never see half of it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_name(f".{public_ids.new()}")
    half.write_bytes(content)
    half.replace(file)
