"""Chart options for ECharts, as plain dictionaries: pure functions of the figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from yipanqi.vocab import money

Option = Mapping[str, object]

# Okabe-Ito's colours stay apart for colour-blind eyes; the first is darkened to carry white text.
PALETTE = ("#1b6ca8", "#d98200", "#117a5d", "#b4477a", "#5b5bb5", "#6b7280")
_INK, _MUTED, _RULE = "#1f2a37", "#556070", "#d5dbe3"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, its height (None is a gap, drawn as one), and the rows behind it."""

    name: str
    value: float | None
    shown: str
    href: str


def yi(fen: int | None) -> float | None:
    """An amount in 亿元 for an axis; unknown stays a gap."""
    return None if fen is None else float(Decimal(fen) / money.FEN_PER_YI)


def bars(bars: Sequence[Bar], *, unit: str, title: str) -> Option:
    """Horizontal bars, the first at the top; each carries the address of its rows.

    `unit` is that of the values and is written on the axis.
    """
    return {
        "animation": False,
        "color": list(PALETTE),
        "textStyle": {"fontFamily": "inherit", "color": _INK},
        "aria": {"enabled": True, "label": {"description": _described(bars, title)}},
        "grid": {"left": 8, "right": 56, "top": 8, "bottom": 28, "containLabel": True},
        "xAxis": {
            "type": "value",
            "name": unit,
            "nameLocation": "end",
            "nameTextStyle": {"color": _MUTED},
            "axisLabel": {"color": _MUTED},
            "splitLine": {"lineStyle": {"color": _RULE}},
            "minInterval": 0.01,
        },
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": [bar.name for bar in bars],
            "axisLabel": {"color": _INK, "width": 110, "overflow": "truncate"},
            "axisTick": {"show": False},
            "axisLine": {"lineStyle": {"color": _RULE}},
        },
        "series": [
            {
                "type": "bar",
                "barMaxWidth": 18,
                "data": [
                    {"value": bar.value, "href": bar.href, "shown": bar.shown} for bar in bars
                ],
                "label": {"show": True, "position": "right", "color": _INK},
            }
        ],
    }


def _described(bars: Sequence[Bar], title: str) -> str:
    return f"{title}：" + "；".join(f"{bar.name} {bar.shown}" for bar in bars)
