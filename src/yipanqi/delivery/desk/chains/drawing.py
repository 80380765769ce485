"""The drawing of a chain: lanes from upstream to downstream, laid out once, on the server."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LANES = ("upstream", "midstream", "downstream")
# More than this many boxes is a wall, not a picture; the rest stand in the table.
MOST_NODES = 600
_WIDTH, _HEIGHT, _GAP_X, _GAP_Y = 152, 46, 40, 12
_TOP, _SIDE = 44, 16
_SUBCOLUMNS = 3
# A column is cut when it grows taller than this, or than the picture of many boxes is wide.
_ROWS = 18
_STRETCH = 1.1
_SWEEPS = 6
_LETTERS = 10


@dataclass(frozen=True, slots=True)
class Point:
    """A link to be drawn: its code, name, lane, and the industry (大类) it falls under."""

    code: str
    name: str
    lane: str
    division: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A link as drawn: the box's corner, and the name as it fits."""

    code: str
    name: str
    x: int
    y: int
    shown: str
    width: int = _WIDTH
    height: int = _HEIGHT

    @property
    def text_x(self) -> int:
        """Where the words start."""
        return self.x + 10

    @property
    def name_y(self) -> int:
        """The base line of the name."""
        return self.y + 19

    @property
    def figure_y(self) -> int:
        """The base line of the figures under the name."""
        return self.y + 37


@dataclass(frozen=True, slots=True)
class Lane:
    """A band of the drawing with its place and width."""

    code: str
    x: int
    width: int

    @property
    def title_x(self) -> int:
        """The middle of the band."""
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True)
class Arrow:
    """Who supplies whom, as a path."""

    supplier: str
    customer: str
    path: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """All of it, in pixels; `left_off` counts links beyond MOST_NODES."""

    width: int
    height: int
    lanes: Sequence[Lane]
    nodes: Sequence[Node]
    arrows: Sequence[Arrow]
    left_off: int


Arrows = Sequence[tuple[str, str]]


def drawing(points: Sequence[Point], arrows: Arrows) -> Drawing:
    """The links in lanes and columns, ordered so that few arrows cross.

    `arrows` are (supplier, customer) codes; those that touch a link not drawn are left out.
    """
    drawn = points[:MOST_NODES]
    codes = {point.code for point in drawn}
    kept = [pair for pair in arrows if codes.issuperset(pair)]
    columns = _columns(drawn, kept)
    _uncross(columns, kept)
    tallest = max((len(column.codes) for column in columns), default=0)
    height = _TOP + tallest * (_HEIGHT + _GAP_Y) + _SIDE
    names = {point.code: point.name for point in drawn}
    nodes = [node for column in columns for node in _placed(column, names, height)]
    at = {node.code: node for node in nodes}
    return Drawing(
        width=columns[-1].x + _WIDTH + _GAP_X // 2 + _SIDE if columns else 0,
        height=height,
        lanes=_lanes(columns),
        nodes=nodes,
        arrows=[Arrow(a, b, _path(at[a], at[b])) for a, b in kept],
        left_off=len(points) - len(drawn),
    )


@dataclass(slots=True)
class _Column:
    lane: str
    x: int
    codes: list[str]


def _columns(points: Sequence[Point], arrows: Arrows) -> list[_Column]:
    columns: list[_Column] = []
    tallest = max(_ROWS, math.ceil(_STRETCH * math.sqrt(len(points))))
    x = _SIDE + _GAP_X // 2
    for lane in LANES:
        inside = [point.code for point in points if point.lane == lane]
        for deep in _by_depth(inside, arrows):
            for codes in _cut(deep, tallest):
                columns.append(_Column(lane, x, codes))
                x += _WIDTH + _GAP_X
    return columns


def _cut(codes: Sequence[str], tallest: int) -> list[list[str]]:
    """The codes in as many columns as needed, about equally tall."""
    rows = math.ceil(len(codes) / math.ceil(len(codes) / tallest))
    return [list(codes[start : start + rows]) for start in range(0, len(codes), rows)]


def _by_depth(codes: Sequence[str], arrows: Arrows) -> list[list[str]]:
    """A lane's links in up to _SUBCOLUMNS columns, suppliers before their customers."""
    known = frozenset(codes)
    inner = [(a, b) for a, b in arrows if a in known and b in known]
    depth = dict.fromkeys(codes, 0)
    # As many rounds as columns: a cycle cannot push a link further than the last of them.
    for _ in range(_SUBCOLUMNS - 1):
        for supplier, customer in inner:
            depth[customer] = min(max(depth[customer], depth[supplier] + 1), _SUBCOLUMNS - 1)
    found = defaultdict(list)
    for code in codes:
        found[depth[code]].append(code)
    return [found[level] for level in sorted(found)]


def _uncross(columns: Sequence[_Column], arrows: Arrows) -> None:
    """Order each column by the mean place of its neighbours, forth and back."""
    near = defaultdict(list)
    for supplier, customer in arrows:
        near[supplier].append(customer)
        near[customer].append(supplier)
    for sweep in range(_SWEEPS):
        for column in columns if sweep % 2 == 0 else reversed(columns):
            place = _places(columns)
            column.codes.sort(key=lambda code: (_mean(near[code], place, place[code]), code))


def _places(columns: Sequence[_Column]) -> Mapping[str, float]:
    return {
        code: (row + 0.5) / len(column.codes)
        for column in columns
        for row, code in enumerate(column.codes)
    }


def _mean(codes: Sequence[str], place: Mapping[str, float], own: float) -> float:
    return sum(place[code] for code in codes) / len(codes) if codes else own


def _placed(column: _Column, names: Mapping[str, str], height: int) -> list[Node]:
    room = (height - _TOP - _SIDE) / max(len(column.codes), 1)
    return [
        Node(
            code,
            names[code],
            column.x,
            round(_TOP + room * (row + 0.5) - _HEIGHT / 2),
            _short(names[code]),
        )
        for row, code in enumerate(column.codes)
    ]


def _short(name: str) -> str:
    return name if len(name) <= _LETTERS else name[: _LETTERS - 1] + "…"


def _lanes(columns: Sequence[_Column]) -> list[Lane]:
    lanes = []
    for lane in LANES:
        xs = [column.x for column in columns if column.lane == lane]
        if xs:
            left = min(xs) - _GAP_X // 2
            lanes.append(Lane(lane, left + 3, max(xs) + _WIDTH + _GAP_X // 2 - left - 6))
    return lanes


def _path(start: Node, end: Node) -> str:
    y1, y2 = start.y + _HEIGHT // 2, end.y + _HEIGHT // 2
    if end.x > start.x:
        x1, x2 = start.x + _WIDTH, end.x - 3
        bend = max(24, (x2 - x1) // 2)
        return f"M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}"
    # Within a column or backwards: out to the right of both and in again.
    x1, x2 = start.x + _WIDTH, end.x + _WIDTH + 3
    out = max(x1, x2) + 20
    return f"M{x1} {y1}C{out} {y1} {out} {y2} {x2} {y2}"
