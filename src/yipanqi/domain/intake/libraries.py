"""What a library must offer so that batches can come into it; each room offers its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from yipanqi.domain.intake.columns import Column, Remark
from yipanqi.domain.intake.models import Batch, BatchRow, Verdict
from yipanqi.domain.ledger.events import Plain
from yipanqi.vocab.actors import Actor


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a file as text: its place from 1, where it stands, and its cells by title."""

    number: int
    sheet: str
    line: int
    cells: Mapping[str, str]

    @property
    def place(self) -> str:
        """Where an officer finds it."""
        return f"“{self.sheet}”表第 {self.line} 行" if self.sheet else f"第 {self.line} 行"


@dataclass(slots=True)
class Judged:
    """What a line is. `subject` names the record it changes or repeats, where there is one."""

    verdict: Verdict
    remarks: list[Remark] = field(default_factory=list)
    subject: str = ""
    author: str = ""
    dated: date | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a row: its record's stream and the place of its line there.

    `before` holds what a changed record was. Where `because` says something, nothing was done.
    """

    subject: str = ""
    seq: int | None = None
    before: dict[str, Plain] | None = None
    because: str = ""


class Library(Protocol):
    """A library that takes batches. All work on records is its own; batches only ask for it."""

    code: str
    title: str
    # The verb an officer needs besides that of importing.
    verb: str
    note: str

    def columns(self) -> tuple[Column, ...]:
        """The columns of its file, without those every file has."""
        ...

    def judged(self, lines: Sequence[Line], *, by: Actor) -> list[Judged]:
        """What each line of the file is, in order; nothing is saved."""
        ...

    def take_new(self, rows: Sequence[BatchRow], batch: Batch, *, by: Actor) -> list[Taken]:
        """Make the records of these rows, unseen while the batch is under way."""
        ...

    def take_changes(self, rows: Sequence[BatchRow], *, by: Actor) -> list[Taken]:
        """Change the records these rows name."""
        ...

    def release(self, batch: Batch) -> None:
        """Let everybody see what came with the batch."""
        ...

    def bound(self, subjects: Iterable[str]) -> dict[str, str]:
        """Which of these new records others rest on by now, each with why it cannot go."""
        ...

    def hide(self, batch: Batch, *, by: Actor) -> None:
        """Take from sight what came with the batch, and give changed records back their values."""
        ...

    def remove(self, batch: Batch, most: int) -> int:
        """Remove up to so many unseen records of the batch; their number."""
        ...
