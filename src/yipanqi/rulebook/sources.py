"""Where a row comes from: every row of every sheet and table names a source and its basis."""

from dataclasses import dataclass, field
from enum import StrEnum

from yipanqi.vocab.sheets import SheetRef


class Basis(StrEnum):
    """How far a row can be trusted."""

    SOURCE = "source"
    RECALLED = "recalled"
    SAMPLE = "sample"

    @property
    def label(self) -> str:
        """The word shown on screen."""
        return TITLES[self]


TITLES = {
    Basis.SOURCE: "有出处",
    Basis.RECALLED: "凭常识整理，待核",
    Basis.SAMPLE: "示例",
}


@dataclass(frozen=True, slots=True)
class Edition(SheetRef):
    """A typed sheet is its own reference: its revision (0 until approved), its text's digest."""

    revision: int = field(default=0, kw_only=True)
    digest: str = field(default="", kw_only=True)
