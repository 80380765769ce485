"""New registrations year by year as columns; a year the registry lacks is hatched, never nought."""

from collections.abc import Sequence

from yipanqi.delivery.papers import svg
from yipanqi.delivery.papers.content import Chart
from yipanqi.delivery.papers.findings import Year

WIDTH = 720
_HEIGHT, _TOP, _FOOT, _LEFT = 190, 22, 24, 8
_THICK = 0.68


def columns(years: Sequence[Year], *, title: str, note: str) -> Chart:
    """A column for each year with its number above; a gap is hatched and says 数据缺失."""
    most = max((year.registered or 0 for year in years), default=0) or 1
    step = (WIDTH - 2 * _LEFT) / max(len(years), 1)
    floor = _HEIGHT - _FOOT
    parts = [svg.hatching()]
    for place, year in enumerate(years):
        x = _LEFT + place * step
        parts += _column(year, x, step, (floor - _TOP) * (year.registered or 0) / most)
    parts.append(svg.line(_LEFT, floor, WIDTH - _LEFT, floor, stroke=svg.MUTED))
    described = f"{title}：" + "；".join(f"{year.year} {_shown(year)}" for year in years)
    drawn = svg.drawing(WIDTH, _HEIGHT, parts, described=described)
    return Chart(title, drawn, WIDTH, _HEIGHT, described, note)


def _column(year: Year, x: float, step: float, high: float) -> list[str]:
    floor, middle = _HEIGHT - _FOOT, x + step / 2
    wide = step * _THICK
    small = svg.size_to_fit(str(year.year), step - 2, most=11, least=7)
    parts = [svg.words(str(year.year), middle, floor + 15, size=small, text_anchor="middle")]
    if year.registered is None:
        parts.append(svg.box(middle - wide / 2, _TOP, wide, floor - _TOP, fill="url(#gap)"))
        for row, letter in enumerate("数据缺失"):
            y = (_TOP + floor) / 2 + (row - 1) * 15
            parts.append(svg.words(letter, middle, y, size=11, text_anchor="middle"))
        return parts
    fill = "url(#part)" if year.is_partial else svg.PALETTE[0]
    parts.append(svg.box(middle - wide / 2, floor - high, wide, high, fill=fill))
    shown = _shown(year)
    tiny = svg.size_to_fit(shown, step - 2, most=11, least=6)
    parts.append(svg.words(shown, middle, floor - high - 4, size=tiny, text_anchor="middle"))
    return parts


def _shown(year: Year) -> str:
    if year.registered is None:
        return "数据缺失"
    return f"≥{year.registered:,}" if year.is_partial else f"{year.registered:,}"
