"""Bars: statuses side by side, plain figures, and scores with what they are made of."""

from collections.abc import Sequence
from dataclasses import dataclass

from yipanqi.delivery.papers import svg
from yipanqi.delivery.papers.content import Chart
from yipanqi.delivery.papers.findings import TargetFinding
from yipanqi.rulebook.verdicts import Status

WIDTH = 720
_ROW, _THICK, _NAME, _LEGEND = 24, 16, 170, 26
_FULL_SCORE = 100


@dataclass(frozen=True, slots=True)
class Statuses:
    """How many links of a group are strong, weak and missing."""

    name: str
    strong: int
    weak: int
    missing: int

    @property
    def total(self) -> int:
        """All links of the group."""
        return self.strong + self.weak + self.missing


def statuses(groups: Sequence[Statuses], *, title: str, note: str) -> Chart:
    """A bar for each group, its pieces the numbers of strong, weak and missing links."""
    most = max((group.total for group in groups), default=0) or 1
    room = WIDTH - _NAME - 60
    parts = _legend()
    for place, group in enumerate(groups):
        y = _LEGEND + place * _ROW
        parts.append(_name(group.name, y))
        x = float(_NAME)
        for status, links in zip(Status, (group.strong, group.weak, group.missing), strict=True):
            wide = room * links / most
            if links:
                parts += _piece(status, links, x, y, wide)
            x += wide
        parts.append(svg.words(f"共 {group.total}", x + 6, y + 14, size=11, fill=svg.MUTED))
    described = f"{title}：" + "；".join(
        f"{group.name} 强 {group.strong} 弱 {group.weak} 缺 {group.missing}" for group in groups
    )
    return _chart(title, parts, len(groups), described, note)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as a bar: its name, the number, how it is shown, whether it is that of our city."""

    name: str
    number: int
    shown: str
    is_ours: bool = False


def figures(rows: Sequence[Figure], *, title: str, note: str) -> Chart:
    """A bar for each number; ours has another colour, and its name says so."""
    most = max((row.number for row in rows), default=0) or 1
    room = WIDTH - _NAME - 150
    parts: list[str] = []
    for place, row in enumerate(rows):
        y = _LEGEND + place * _ROW
        wide = room * row.number / most
        parts.append(_name(row.name, y))
        fill = svg.PALETTE[1 if row.is_ours else 0]
        parts.append(svg.box(_NAME, y, max(wide, 1), _THICK, fill=fill))
        parts.append(svg.words(row.shown, _NAME + wide + 6, y + 13, size=11))
    described = f"{title}：" + "；".join(f"{row.name} {row.shown}" for row in rows)
    return _chart(title, parts, len(rows), described, note)


def scores(targets: Sequence[TargetFinding], *, title: str, note: str) -> Chart:
    """A bar for each target, its pieces what each feature adds to the score; 100 is full."""
    name_room, room = 250, WIDTH - 250 - 50
    labels = [one.label for one in targets[0].working] if targets else []
    parts, rows = _features(labels)
    top = _LEGEND * rows
    for place, target in enumerate(targets):
        y = top + place * _ROW
        shown = svg.cut_to_fit(f"{place + 1}. {target.name}", name_room - 8, 11)
        parts.append(svg.words(shown, 0, y + 13, size=11))
        x = float(name_room)
        for number, one in enumerate(target.working):
            wide = room * max(float(one.contribution), 0) / _FULL_SCORE
            colour = svg.PALETTE[number % len(svg.PALETTE)]
            parts.append(svg.box(x, y, wide, _THICK, fill=colour))
            x += wide
        parts.append(svg.words(f"{target.score:.1f}", x + 6, y + 13, size=11))
    described = f"{title}：" + "；".join(f"{one.name} {one.score}" for one in targets)
    height = top + len(targets) * _ROW
    drawn = svg.drawing(WIDTH, height, parts, described=described)
    return Chart(title, drawn, WIDTH, height, described, note)


def _features(labels: Sequence[str]) -> tuple[list[str], int]:
    """The legend of features and how many rows it takes."""
    parts, x, row = [], 0.0, 0
    for number, label in enumerate(labels):
        wide = 18 + svg.width(label, 11) + 16
        if x + wide > WIDTH:
            x, row = 0.0, row + 1
        colour = svg.PALETTE[number % len(svg.PALETTE)]
        parts.append(svg.box(x, row * _LEGEND + 4, 11, 11, fill=colour))
        parts.append(svg.words(label, x + 16, row * _LEGEND + 14, size=11, fill=svg.MUTED))
        x += wide
    return parts, row + 1


def _legend() -> list[str]:
    parts, x = [], float(_NAME)
    for status in Status:
        parts.append(_status_box(status, x, 4, 22, 12))
        parts.append(svg.words(status.label, x + 28, 14, size=11, fill=svg.MUTED))
        x += 70
    return parts


def _piece(status: Status, links: int, x: float, y: float, wide: float) -> list[str]:
    ink = svg.PAPER if status is Status.STRONG else svg.INK
    parts = [_status_box(status, x, y, wide, _THICK)]
    if wide >= svg.width(str(links), 11) + 2:
        middle = x + wide / 2
        parts.append(svg.words(str(links), middle, y + 12, size=11, fill=ink, text_anchor="middle"))
    return parts


def _status_box(status: Status, x: float, y: float, wide: float, high: float) -> str:
    if status is Status.MISSING:
        edge = {"stroke": "#b4477a", "stroke_dasharray": "4 3"}
        return svg.box(x + 0.5, y + 0.5, max(wide - 1, 1), high - 1, fill=svg.PAPER, **edge)
    return svg.box(x, y, wide, high, fill=svg.FILLS[status.value])


def _name(name: str, y: float) -> str:
    shown = svg.cut_to_fit(name, _NAME - 10, 12)
    return svg.words(shown, _NAME - 8, y + 13, size=12, text_anchor="end")


def _chart(title: str, parts: list[str], rows: int, described: str, note: str) -> Chart:
    height = _LEGEND + rows * _ROW
    drawn = svg.drawing(WIDTH, height, parts, described=described)
    return Chart(title, drawn, WIDTH, height, described, note)
