"""How much of a chain is drawn at once: a large one as industries, opened one by one."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from yipanqi.delivery.desk.chains.drawing import LANES, Arrows, Point
from yipanqi.vocab import divisions

# Up to this many links are drawn each in its own box.
MOST_UNFOLDED = 80
# Opens every fold.
WHOLE = "all"


@dataclass(frozen=True, slots=True)
class Fold:
    """The links of one lane and one industry."""

    code: str
    name: str
    lane: str
    links: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class View:
    """What is drawn: links and closed folds as points, and the arrows between them.

    `folds` has every fold of a large chain by code, closed or open; it is empty for a small one.
    """

    points: Sequence[Point]
    arrows: Arrows
    folds: Mapping[str, Fold]
    closed: frozenset[str]


def view(points: Sequence[Point], arrows: Arrows, opened: Collection[str]) -> View:
    """The chain at the level of detail asked for: `opened` names folds, or is WHOLE."""
    if len(points) <= MOST_UNFOLDED:
        return View(points, arrows, {}, frozenset())
    folds = _folds(points)
    closed = {
        code: fold
        for code, fold in folds.items()
        if len(fold.links) > 1 and code not in opened and WHOLE not in opened
    }
    inside = {point.code: code for code, fold in closed.items() for point in fold.links}
    shown = [Point(code, fold.name, fold.lane) for code, fold in closed.items()]
    shown += [point for point in points if point.code not in inside]
    return View(shown, _between(arrows, inside), folds, frozenset(closed))


def fold_of(point: Point) -> str:
    """The code of the fold a link falls under."""
    return f"{point.lane}-{point.division or 'other'}"


def _folds(points: Sequence[Point]) -> dict[str, Fold]:
    """Every fold, lane by lane, the largest first."""
    inside: defaultdict[str, list[Point]] = defaultdict(list)
    for point in points:
        inside[fold_of(point)].append(point)
    folds = [
        Fold(code, _industry(links[0].division), links[0].lane, tuple(links))
        for code, links in inside.items()
    ]
    folds.sort(key=lambda fold: (LANES.index(fold.lane), -len(fold.links), fold.code))
    return {fold.code: fold for fold in folds}


def _industry(code: str) -> str:
    return divisions.division(code) or _("未归入行业大类")


def _between(arrows: Arrows, inside: Mapping[str, str]) -> Arrows:
    """Each arrow once, from box to box; arrows within one fold are not drawn."""
    pairs = {(inside.get(a, a), inside.get(b, b)): None for a, b in arrows}
    return [(a, b) for a, b in pairs if a != b]
