"""The four official stages of a project, the finer steps a pack maps to them, and its ends."""

from dataclasses import dataclass
from enum import StrEnum


class Official(StrEnum):
    """在谈、签约、开工、建成 (长政发〔2017〕30号 第十三条)."""

    TALKING = "talking"
    SIGNED = "signed"
    STARTED = "started"
    BUILT = "built"

    @property
    def title(self) -> str:  # type: ignore[override]  # nobody title-cases a code
        """The official term."""
        return TITLES[self]


TITLES = {
    Official.TALKING: "在谈",
    Official.SIGNED: "签约",
    Official.STARTED: "开工",
    Official.BUILT: "建成",
}


def reached(before: str, after: str) -> tuple[Official, ...]:
    """The official stages a project reaches that goes from one to the other; none when it stays."""
    order = list(Official)
    return tuple(order[order.index(Official(before)) + 1 : order.index(Official(after)) + 1])


class Depth(StrEnum):
    """Whose second pair of eyes verifies that a stage was reached."""

    UNIT = "unit"  # another person of the owning unit, or of one above it
    CITY = "city"  # the city's bureau


class Parting(StrEnum):
    """How a project leaves the road."""

    WITHDRAWN = "withdrawn"  # 退库: talks ended
    MOVED = "moved"  # 流转: goes on with another unit
    TERMINATED = "terminated"  # 履约终止: both sides end the agreement
    CLEARED = "cleared"  # 清退: the city makes the project leave


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of a project's life as a pack names it, mapped to its official stage.

    An `optional` step may be passed over; the others must be reached in order. A `verified` step
    counts from the day another person has verified it; `day` names the fact that says when it
    was reached ("" where none does).
    """

    code: str
    title: str
    official: Official
    optional: bool = False
    verified: bool = False
    day: str = ""


@dataclass(frozen=True, slots=True)
class Ending:
    """One way off the road, open from some steps; `reopens` where the way back is open."""

    code: str
    title: str
    parting: Parting
    stages: tuple[str, ...]
    reopens: bool = False
    source: str = ""
