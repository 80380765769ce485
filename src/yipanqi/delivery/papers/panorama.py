"""The picture of a whole chain: its links in bands from upstream to downstream."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from yipanqi.delivery.papers import svg
from yipanqi.delivery.papers.content import Chart
from yipanqi.rulebook.chains import ChainTables, Position

WIDTH = 720
_COLUMNS, _BOX, _HIGH, _GAP, _SIDE, _TURN = 5, 132, 44, 6, 30, 24
_LEAST, _MOST = 8.5, 12.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A link as drawn: its words, and its status (empty where only the nation is shown)."""

    code: str
    name: str
    position: str
    figure: str
    status: str = ""


def picture(cells: Sequence[Cell], tables: ChainTables, *, title: str, note: str) -> Chart:
    """The links as boxes in three bands, with the number of supplies between the bands."""
    flows = _flows(tables)
    parts: list[str] = []
    y = 0.0
    for position in Position:
        inside = [cell for cell in cells if cell.position == position.value]
        if parts:
            parts += _turn(position, flows, y)
            y += _TURN
        parts += _band(position, inside, y)
        y += _tall(len(inside))
    described = f"{title}：" + "；".join(f"{cell.name} {cell.figure}" for cell in cells)
    drawn = svg.drawing(WIDTH, round(y), parts, described=described)
    return Chart(title, drawn, WIDTH, round(y), described, note)


def _tall(links: int) -> float:
    return max(-(-links // _COLUMNS), 1) * (_HIGH + _GAP) + _GAP


def _band(position: Position, cells: Sequence[Cell], y: float) -> list[str]:
    height = _tall(len(cells))
    parts = [
        svg.box(0, y, WIDTH, height, fill="#f3f5f8", rx=3),
        svg.box(0, y, _SIDE - _GAP, height, fill="#e3e8ee", rx=3),
    ]
    middle = (_SIDE - _GAP) / 2
    for place, letter in enumerate(position.label):
        at = y + height / 2 + (place - len(position.label) / 2) * 16 + 12
        parts.append(svg.words(letter, middle, at, size=13, text_anchor="middle"))
    for place, cell in enumerate(cells):
        row, column = divmod(place, _COLUMNS)
        parts += _cell(cell, _SIDE + column * (_BOX + _GAP), y + _GAP + row * (_HIGH + _GAP))
    return parts


def _cell(cell: Cell, x: float, y: float) -> list[str]:
    ink = svg.PAPER if cell.status == "strong" else svg.INK
    edge: dict[str, object] = {"stroke": "#8793a3", "stroke_width": 1}
    if cell.status == "missing":
        edge = {"stroke": "#b4477a", "stroke_width": 1.5, "stroke_dasharray": "4 3"}
    fill = svg.FILLS.get(cell.status, svg.PAPER)
    room = _BOX - 12
    large = svg.size_to_fit(cell.name, room, most=_MOST, least=_LEAST)
    small = svg.size_to_fit(cell.figure, room, most=10, least=_LEAST)
    return [
        svg.box(x, y, _BOX, _HIGH, fill=fill, rx=3, **edge),
        svg.words(svg.cut_to_fit(cell.name, room, large), x + 6, y + 19, size=large, fill=ink),
        svg.words(svg.cut_to_fit(cell.figure, room, small), x + 6, y + 35, size=small, fill=ink),
    ]


def _turn(below: Position, flows: Mapping[tuple[str, str], int], y: float) -> list[str]:
    above = list(Position)[list(Position).index(below) - 1]
    there = flows.get((above.value, below.value), 0)
    back = flows.get((below.value, above.value), 0)
    said = f"▼ {above.label}供{below.label} {there} 条供应关系"
    if back:
        said += f"　▲ {below.label}供{above.label} {back} 条"
    return [svg.words(said, WIDTH / 2, y + 16, size=11, fill=svg.MUTED, text_anchor="middle")]


def _flows(tables: ChainTables) -> Mapping[tuple[str, str], int]:
    """How many supplies run from one position to another."""
    stands = {row.link: row.position for row in tables.links}
    pairs = ((stands.get(row.supplier), stands.get(row.customer)) for row in tables.supplies)
    return Counter((a, b) for a, b in pairs if a and b)
