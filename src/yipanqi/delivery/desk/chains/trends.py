"""Screen: where every link of a chain is heading; and the drawing of a link's years."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yipanqi.delivery.desk import glossary
from yipanqi.delivery.desk.screens import DeskRequest, asked, found, page
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.studies import queries as studies
from yipanqi.engine.measures import link_trends, trends
from yipanqi.engine.measures.coverage import Coverage
from yipanqi.engine.measures.link_trends import LinkTrend, Year

if TYPE_CHECKING:
    from yipanqi.domain.industries.models import Link
    from yipanqi.domain.studies.models import LinkVerdict

_THICK = 0.7
# Numbers longer than this do not fit over their column: they stand in the table and on hover.
_MOST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Column:
    """One year as drawn; a missing one is a hatched column of full height."""

    year: int
    x: float
    y: float
    width: float
    height: float
    middle: float
    coverage: str
    shown: str
    label: str
    told: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """The columns of a link's years in a box of `width` by `height`, standing on `floor`.

    `most` is the number of the tallest.
    """

    width: int
    height: int
    floor: int
    most: int
    columns: Sequence[Column]


@dataclass(frozen=True, slots=True)
class Heading:
    """A link's trend as a screen shows it: the judgement in words, the drawing and the years."""

    trend: LinkTrend
    drawn: Drawn

    @property
    def code(self) -> str:
        """The judgement, as in glossary.TRENDS."""
        return self.trend.judgement.trend.value

    @property
    def said(self) -> str:
        """The judgement in words: the yearly change with its interval, or why it is unknown."""
        judged = self.trend.judgement
        if judged.yearly is not None and judged.low is not None and judged.high is not None:
            change = _("每年 %(yearly)s（95%% 区间 %(low)s ～ %(high)s）") % {
                "yearly": _percent(judged.yearly),
                "low": _percent(judged.low),
                "high": _percent(judged.high),
            }
            return change if self.code != "unknown" else _("%(change)s，看不出方向") % {
                "change": change
            }  # fmt: skip
        if judged.years < trends.FEWEST_YEARS:
            return _("已知年份只有 %(years)s 个，不足 %(least)s 个，不判") % {
                "years": judged.years, "least": trends.FEWEST_YEARS,
            }  # fmt: skip
        return _("已知年份新登记合计不足 %(least)s 家，不判") % {"least": trends.FEWEST_REGISTERED}

    @property
    def grown(self) -> str:
        """The growth over the longest stretch without a gap with both its counts; empty if none."""
        grown = self.trend.growth
        if grown.yearly is None:
            return ""
        here = {one.year: one.here for one in self.trend.years}
        return _("%(since)s 年 %(first)s 家 → %(until)s 年 %(last)s 家，年均 %(yearly)s") % {
            "since": grown.since, "until": grown.until, "first": here[grown.since],
            "last": here[grown.until], "yearly": _percent(grown.yearly),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A link with its trend, and its verdict."""

    link: "Link"
    verdict: "LinkVerdict"
    heading: Heading


@require_GET
def show(request: DeskRequest, code: str) -> HttpResponse:
    """Show the trends of the chain's links as small drawings, all to be compared at a glance."""
    chain = found(industries.chain(code))
    study = studies.current(chain.code)
    verdicts = studies.verdicts(study)
    rows = []
    for link in industries.links(chain):
        verdict = verdicts.get(link.code)
        drawn = heading(verdict, width=220, height=72) if verdict else None
        if verdict and drawn:
            rows.append(Row(link, verdict, drawn))
    chosen = asked(request, "trend")
    tally = Counter(row.heading.code for row in rows)
    return page(
        request,
        "chains/trends",
        chain=chain,
        study=study,
        rows=[row for row in rows if not chosen or row.heading.code == chosen],
        chosen=chosen,
        tally=[(kind, title, tally[kind]) for kind, title in glossary.choices("trend")],
        total=len(rows),
        interval=rows[0].heading.trend.interval if rows else "",
    )


def heading(verdict: "LinkVerdict", *, width: int, height: int) -> Heading | None:
    """The trend a verdict keeps, drawn in so much room; None where its study kept none."""
    if not verdict.trend:
        return None
    told = link_trends.judged(verdict.link, link_trends.read(verdict.trend))
    return Heading(told, drawn(told.years, width=width, height=height))


def drawn(years: Sequence[Year], *, width: int, height: int) -> Drawn:
    """The years as columns, the tallest as high as the room allows."""
    foot, top = 16, 14
    floor = height - foot
    most = max((year.here or 0 for year in years), default=0)
    step = width / max(len(years), 1)
    scale = floor - top, max(most, 1)
    columns = [_column(year, place * step, step, scale) for place, year in enumerate(years)]
    return Drawn(width, height, floor, most, columns)


def _column(year: Year, left: float, step: float, scale: tuple[int, int]) -> Column:
    room, most = scale
    high = room if year.here is None else room * year.here / most
    floor = room + 14
    shown = "" if year.here is None else str(year.here)
    return Column(
        year=year.year,
        x=round(left + step * (1 - _THICK) / 2, 1),
        y=round(floor - high, 1),
        width=round(step * _THICK, 1),
        height=round(high, 1),
        middle=round(left + step / 2, 1),
        coverage=year.coverage.value,
        shown=shown if len(shown) <= _MOST_DIGITS else "",
        label=f"{year.year % 100:02d}",
        told=_told(year),
    )


def _told(year: Year) -> str:
    if year.coverage is Coverage.MISSING:
        return _("%(year)s 年：本省登记数据缺失，家数未知") % {"year": year.year}
    said = _("%(year)s 年：本市新登记 %(here)s 家，全国（%(provinces)s 省可知）%(nation)s 家") % {
        "year": year.year, "here": year.here, "provinces": year.provinces, "nation": year.nation,
    }  # fmt: skip
    if year.coverage is Coverage.PARTLY:
        return _("%(said)s；本省数据不全，只作下限") % {"said": said}
    return said


def _percent(share: Decimal) -> str:
    return f"{share:+.1%}"
