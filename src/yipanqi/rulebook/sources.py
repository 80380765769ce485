"""Where a row comes from: every row of every sheet and table names a source and its basis."""

from dataclasses import dataclass
from enum import StrEnum


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Which text of a sheet this is: the digest of the text, and its revision once approved."""

    digest: str = ""
    revision: int = 0
