"""The picture of a chain as a screen shows it: boxes with their verdicts, and folds to open."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yipanqi.delivery.desk.chains.detail import WHOLE, Fold, View, fold_of, view
from yipanqi.delivery.desk.chains.drawing import Drawing, Node, Point, drawing

if TYPE_CHECKING:
    from yipanqi.domain.industries.models import Link, Supply
    from yipanqi.domain.studies.models import LinkVerdict

# With more arrows than this, only those of the box pointed at are shown.
_MOST_ARROWS = 240
_STATUSES = ("strong", "weak", "missing")
_BAR_SIDE = 10


@dataclass(frozen=True, slots=True)
class Piece:
    """One status of a closed fold: how many links, and its piece of the bar in pixels."""

    status: str
    links: int
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Box:
    """A drawn link with its verdict, or a closed fold with the statuses of its links."""

    node: Node
    verdict: "LinkVerdict | None" = None
    fold: Fold | None = None
    pieces: Sequence[Piece] = ()
    opens: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A fold in the list beside the picture; `address` opens it, or closes it when open."""

    fold: Fold
    is_open: bool
    address: str
    links: Sequence[tuple[Point, "LinkVerdict | None"]]


@dataclass(frozen=True, slots=True)
class Picture:
    """The drawing, what stands in its boxes, and the list beside it (empty for a small chain).

    `opened` is the part of the address that draws the very same picture again.
    """

    drawn: Drawing
    boxes: Sequence[Box]
    groups: Sequence[Group]
    opened: str
    is_whole: bool
    is_dense: bool


Verdicts = Mapping[str, "LinkVerdict"]


def picture(
    links: Sequence["Link"],
    arrows: Sequence["Supply"],
    verdicts: Verdicts,
    opened: str,
    chosen: str = "",
) -> Picture:
    """The chain with the folds named in `opened` (joined by ".") open, and that of `chosen`."""
    points = [Point(link.code, link.name, link.position, link.gbt[:2]) for link in links]
    asked = frozenset(filter(None, opened.split(".")))
    asked |= {fold_of(point) for point in points if point.code == chosen}
    pairs = [(each.supplier.code, each.customer.code) for each in arrows]
    seen = view(points, pairs, asked)
    drawn = drawing(seen.points, seen.arrows)
    asked = frozenset(seen.folds) if WHOLE in asked else asked.intersection(seen.folds)
    return Picture(
        drawn=drawn,
        boxes=[_box(node, seen, verdicts, asked) for node in drawn.nodes],
        groups=[_group(fold, asked, verdicts) for fold in seen.folds.values()],
        opened=_address(asked),
        is_whole=not seen.closed,
        is_dense=len(drawn.arrows) > _MOST_ARROWS,
    )


def _box(node: Node, seen: View, verdicts: Verdicts, asked: Collection[str]) -> Box:
    if node.code not in seen.closed:
        return Box(node, verdicts.get(node.code))
    fold = seen.folds[node.code]
    return Box(node, None, fold, _pieces(node, fold, verdicts), _address(asked, {fold.code}))


def _pieces(node: Node, fold: Fold, verdicts: Verdicts) -> list[Piece]:
    counts = Counter(verdicts[link.code].status for link in fold.links if link.code in verdicts)
    room, x, pieces = node.width - 2 * _BAR_SIDE, node.x + _BAR_SIDE, []
    for status in _STATUSES:
        width = room * counts[status] // len(fold.links)
        pieces.append(Piece(status, counts[status], x, width))
        x += width
    return [piece for piece in pieces if piece.links]


def _group(fold: Fold, asked: frozenset[str], verdicts: Verdicts) -> Group:
    return Group(
        fold=fold,
        is_open=fold.code in asked,
        address=_address(asked ^ {fold.code}),
        links=[(point, verdicts.get(point.code)) for point in fold.links],
    )


def _address(asked: Collection[str], also: Collection[str] = ()) -> str:
    return ".".join(sorted({*asked, *also}))
