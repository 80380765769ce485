"""Whether new registrations rise, stay or fall, with the interval that says how sure that is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import combinations, groupby
from math import expm1, log, sqrt
from statistics import NormalDist, median

FEWEST_YEARS = 6
# With fewer registrations most years are nought, and the ties of noughts pass for steadiness.
FEWEST_REGISTERED = 20
# A yearly change within this is called level: smaller ones are of no use to an officer.
LEVEL = 0.05


class Trend(StrEnum):
    """What the interval of the slope allows to be said."""

    RISING = "rising"
    FLAT = "flat"
    FALLING = "falling"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The word on screen."""
        return {"rising": "上升", "flat": "平稳", "falling": "下降", "unknown": "不明"}[self.value]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The trend, the yearly change as a share with its 95 % interval, and the years left out."""

    trend: Trend
    yearly: Decimal | None
    low: Decimal | None
    high: Decimal | None
    years: int
    gaps: tuple[int, ...]


def judge(
    registered: Mapping[int, int], gaps: Collection[int], *, since: int, until: int
) -> Judgement:
    """The trend of yearly registrations; years in `gaps` are left out, others without entry are 0.

    The slope is the median of the slopes between all pairs of years of log(registered + ½), the
    interval that of their ranks (95 %). Rising or falling when the interval lies beyond 0, flat
    when it lies within ±5 % a year, else unknown; unknown too with fewer than six known years or
    twenty registrations.
    The interval supposes that years err independently; where they do not it is too narrow.
    Source: P. K. Sen, Estimates of the Regression Coefficient Based on Kendall's Tau, JASA 63,
    1968.
    """
    missing = tuple(sorted(set(gaps) & set(range(since, until + 1))))
    years = [year for year in range(since, until + 1) if year not in missing]
    total = sum(registered.get(year, 0) for year in years)
    if len(years) < FEWEST_YEARS or total < FEWEST_REGISTERED:
        return Judgement(Trend.UNKNOWN, None, None, None, len(years), missing)
    values = [log(registered.get(year, 0) + 0.5) for year in years]
    told = zip(years, values, strict=True)
    slopes = sorted((b[1] - a[1]) / (b[0] - a[0]) for a, b in combinations(told, 2))
    low, high = _interval(slopes, values)
    return Judgement(
        trend=_said(expm1(low), expm1(high)),
        yearly=_yearly(median(slopes)),
        low=_yearly(low),
        high=_yearly(high),
        years=len(years),
        gaps=missing,
    )


def _yearly(slope: float) -> Decimal:
    return Decimal(f"{expm1(slope):.4f}")


def _interval(slopes: list[float], values: list[float]) -> tuple[float, float]:
    """The slopes whose ranks lie 1.96 deviations of Kendall's S from the middle; ties narrow S."""
    count = len(values)
    ties = [len(list(group)) for _, group in groupby(sorted(values))]
    variance = count * (count - 1) * (2 * count + 5) - sum(
        tied * (tied - 1) * (2 * tied + 5) for tied in ties
    )
    reach = NormalDist().inv_cdf(0.975) * sqrt(variance / 18)
    lower = round((len(slopes) - reach) / 2)
    upper = round((len(slopes) + reach) / 2)
    return slopes[max(lower - 1, 0)], slopes[min(upper, len(slopes) - 1)]


def _said(low: float, high: float) -> Trend:
    if low > 0:
        return Trend.RISING
    if high < 0:
        return Trend.FALLING
    return Trend.FLAT if low >= -LEVEL and high <= LEVEL else Trend.UNKNOWN
