"""The pictures of a backtest, drawn as SVG from figures of few digits: equal runs, equal bytes."""

from collections.abc import Mapping, Sequence
from math import isnan, log10

from yipanqi.engine.backtests import strata, trials
from yipanqi.engine.backtests.summaries import Line

_WIDE, _ROW, _LEFT, _RIGHT = 720, 34, 190, 130
_SIDE, _EDGE = 420, 60
_COLOURS = {trials.LOGISTIC: "#2b6cb0", trials.BOOSTED: "#c05621"}
_LOWEST = 1e-5


def bars(told: Sequence[Line]) -> str:
    """The mean average precision of each rule and model on all candidates, with its interval."""
    shown = [line for line in told if line.stratum == strata.ALL]
    most = max((_top(line) for line in shown), default=1.0) or 1.0
    scale = (_WIDE - _LEFT - _RIGHT) / most
    drawn = []
    for number, line in enumerate(shown):
        y = 44 + number * _ROW
        low, high = (_LEFT + max(x, 0.0) * scale for x in (line.ap.low, line.ap.high))
        colour = _COLOURS.get(line.model, "#718096")
        drawn += [
            _text(_LEFT - 8, y + 14, trials.LABELS[line.model], "end"),
            (
                f'<rect x="{_LEFT}" y="{y}" width="{line.ap.value * scale:.1f}" height="20" '
                f'fill="{colour}"/>'
            ),
            f'<path d="M{low:.1f} {y + 10}H{high:.1f}" stroke="#1a202c" stroke-width="2"/>'
            if not isnan(line.ap.low)
            else "",
            _text(_WIDE - _RIGHT + 8, y + 14, f"{line.ap.value:.4f}", "start"),
        ]
    head = _text(_LEFT, 24, "平均精度（AP）：各城市各窗口的均值，黑线为 95% 区间", "start")
    return _svg(_WIDE, 60 + len(shown) * _ROW, [head, *drawn])


def calibration(bands: Mapping[str, Sequence[Mapping[str, float | int]]]) -> str:
    """Said against seen: the mean chance of each band and the share that came, both by tens."""
    axis = f'<path d="M{_EDGE} {_EDGE}V{_SIDE}H{2 * _SIDE - _EDGE}" fill="none" stroke="#1a202c"/>'
    corner = f"M{_x(_LOWEST):.1f} {_y(_LOWEST):.1f}L{_x(1.0):.1f} {_y(1.0):.1f}"
    drawn = [
        _text(_EDGE, 30, "校准：横轴为模型说的概率，纵轴为实际落户的比例（对数刻度）", "start"),
        axis,
        f'<path d="{corner}" stroke="#a0aec0" stroke-dasharray="4 4"/>',
    ]
    for tick in (1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1.0):
        drawn.append(_text(_x(tick), _SIDE + 20, f"{tick:g}", "middle"))
        drawn.append(_text(_EDGE - 6, _y(tick) + 4, f"{tick:g}", "end"))
    for number, (model, rows) in enumerate(bands.items()):
        colour = _COLOURS[model]
        drawn.append(
            _text(_EDGE + 20, 60 + 20 * number, f"● {trials.LABELS[model]}", "start", colour)
        )
        for row in rows:
            said, seen = (row[name] / row["candidates"] for name in ("said", "came"))
            drawn.append(f'<circle cx="{_x(said):.1f}" cy="{_y(seen):.1f}" r="5" fill="{colour}"/>')
    return _svg(2 * _SIDE, _SIDE + 40, drawn)


def _x(share: float) -> float:
    return _EDGE + _along(share) * (2 * _SIDE - 2 * _EDGE)


def _y(share: float) -> float:
    return _SIDE - _along(share) * (_SIDE - _EDGE)


def _along(share: float) -> float:
    """Where a share stands between _LOWEST (0) and 1 (1), by powers of ten."""
    return 1 + log10(max(share, _LOWEST)) / 5


def _top(line: Line) -> float:
    return max(line.ap.value, line.ap.high)


def _text(x: float, y: float, words: str, anchor: str, colour: str = "#1a202c") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" '
        f'font-size="13">{words}</text>'
    )


def _svg(wide: int, high: int, drawn: Sequence[str]) -> str:
    lines = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" '
            'font-family="sans-serif">'
        ),
        f'<rect width="{wide}" height="{high}" fill="#ffffff"/>',
        *(one for one in drawn if one),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"
