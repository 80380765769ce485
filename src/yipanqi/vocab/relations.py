"""What belongs to an enterprise and moves with it when two records of one firm become one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Pointer(StrEnum):
    """How a row names its enterprise: by foreign key, or by subject, "investors/<public id>"."""

    KEY = "key"
    SUBJECT = "subject"


class Outcome(StrEnum):
    """What becomes of a row that would break a rule of uniqueness on the surviving record."""

    STAYS = "stays"  # with the merged record: the survivor's own says the same already
    ENDS = "ends"  # it moves as history, ended on the day of the merging
    REFUSED = "refused"  # the merging, until an officer has settled the matter


@dataclass(frozen=True, slots=True)
class Clash:
    """The answer to one unique constraint; `ends` names the column of the last day."""

    outcome: Outcome
    remedy: str = ""
    ends: str = ""


@dataclass(frozen=True, slots=True)
class Sight:
    """The columns the row filter reads on these rows."""

    path: str = "unit__path"
    label: str = "label"
    chain: str = "chain"


@dataclass(frozen=True, slots=True)
class Relation:
    """A column of a model that points to an enterprise, and what merging does with its rows.

    `sight` is None for common knowledge; `clashes` answers each unique constraint the column is
    part of, by name; `naming` leads from a row to the words an officer knows it by. Rows that
    are not to move say why in `stays_because`.
    """

    model: str
    column: str
    title: str
    sight: Sight | None = Sight()
    clashes: Mapping[str, Clash] = field(default_factory=dict)
    naming: str = ""
    pointer: Pointer = Pointer.KEY
    stays_because: str = ""

    @property
    def name(self) -> str:
        """The relation's name in a record of merging: "leads.Claim.enterprise"."""
        return f"{self.model}.{self.column}"
