"""The four official stages of a project; a pack's sheet maps finer ones to them."""

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


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of a project's life as a pack names it, mapped to its official stage.

    An `optional` step may be passed over; the others must be reached in order.
    """

    code: str
    title: str
    official: Official
    optional: bool = False
