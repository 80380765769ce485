"""How the links of a chain stand from upstream to downstream: how many strong, weak, missing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yipanqi.delivery.desk.chains.drawing import LANES

if TYPE_CHECKING:
    from yipanqi.domain.industries.models import Link
    from yipanqi.domain.studies.models import LinkVerdict

_STATUSES = ("strong", "weak", "missing")
_WIDTH = 300


@dataclass(frozen=True, slots=True)
class Part:
    """The links of one status in a lane, and its piece of the lane's bar in pixels."""

    status: str
    links: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane of the chain: its links that were judged, and the parts of them."""

    code: str
    links: int
    parts: Sequence[Part]


def lanes(links: Sequence["Link"], verdicts: Mapping[str, "LinkVerdict"]) -> list[Lane]:
    """Each lane that has a judged link, in order; the parts of a lane fill its bar."""
    counts: dict[str, Counter[str]] = {code: Counter() for code in LANES}
    for link in links:
        if link.code in verdicts:
            counts[link.position][verdicts[link.code].status] += 1
    return [_lane(code, found) for code, found in counts.items() if found]


def _lane(code: str, counts: Counter[str]) -> Lane:
    parts, x = [], 0.0
    for status in _STATUSES:
        width = _WIDTH * counts[status] / counts.total()
        parts.append(Part(status, counts[status], round(x, 1), round(width, 1)))
        x += width
    return Lane(code, counts.total(), parts)
