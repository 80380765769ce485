"""How far the figures of a backtest may be trusted: paired bootstrap intervals."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from yipanqi.engine.backtests.arrays import Floats
from yipanqi.engine.backtests.measures import Placing

DRAWS = 2000
LEVEL = 0.95

Figure = Callable[[Placing, Floats | None], float]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval; all NaN where it cannot be had."""

    value: float
    low: float
    high: float


def average_precision(placed: Placing, weights: Floats | None = None) -> float:
    """The average precision, as a figure to draw again."""
    return placed.average_precision(weights)


def recall_at_1000(placed: Placing, weights: Floats | None = None) -> float:
    """Recall among the first thousand, as a figure to draw again."""
    return placed.recall(1000, weights)


def over_entrants(placed: Placing, figure: Figure, *, seed: int) -> Estimate:
    """One trial's figure; those who came are drawn again, all others held fixed."""
    if not len(placed.ranks):
        return Estimate(float("nan"), float("nan"), float("nan"))
    draw = np.random.default_rng([seed, len(placed.ranks), placed.candidates])
    even = np.full(len(placed.ranks), 1 / len(placed.ranks))
    draws = draw.multinomial(len(placed.ranks), even, size=DRAWS // 4).astype(np.float64)
    return _estimate(figure(placed, None), np.array([figure(placed, one) for one in draws]))


def over_cities(
    mine: Sequence[Floats], theirs: Sequence[Floats], *, seed: int
) -> tuple[Estimate, Estimate]:
    """My mean, and its ratio to theirs; whole cities are drawn again, with all their windows.

    For each city one array with a figure per window, the same windows on both sides: the pairing
    stays in every draw. A ratio of means, not a mean of ratios: one city where a rule finds
    nobody would else decide it.
    """
    count = len(mine)
    if not count:
        nothing = Estimate(float("nan"), float("nan"), float("nan"))
        return nothing, nothing
    sums = np.array(
        [[one.sum(), other.sum(), len(one)] for one, other in zip(mine, theirs, strict=True)]
    )
    drawn = np.random.default_rng([seed, count]).integers(0, count, size=(DRAWS, count))
    totals = sums[drawn].sum(axis=1)
    if count == 1:  # one city drawn again is the same city: nothing is learnt of the spread
        totals[:] = np.nan
    whole = sums.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = totals[:, 0] / totals[:, 1]
        ratio = float(whole[0] / whole[1]) if whole[1] else float("nan")
    mean = _estimate(float(whole[0] / whole[2]), totals[:, 0] / totals[:, 2])
    return mean, _estimate(ratio, ratios)


def of_sums(
    counts: Sequence[Sequence[int]], figure: Callable[[Floats], Floats], *, seed: int
) -> Estimate:
    """A figure of sums, with its interval; whole cities are drawn again.

    For each city one row of counts; `figure` is asked of their sums, one sum in each row of what
    it is given. One city gives no interval; a bound is infinite where draws divide by nought.
    """
    rows = np.array(counts, np.float64)
    drawn = np.random.default_rng([seed, len(rows)]).integers(0, len(rows), size=(DRAWS, len(rows)))
    with np.errstate(divide="ignore", invalid="ignore"):
        value = float(figure(rows.sum(axis=0)[:, None])[0])
        draws = figure(rows[drawn].sum(axis=1).T)
    known = draws[~np.isnan(draws)]
    if len(rows) == 1 or not len(known) or np.isnan(value):
        return Estimate(value, float("nan"), float("nan"))
    # A draw over nought is beyond any bound: it is counted, not interpolated.
    tail = (1 - LEVEL) / 2
    low = np.quantile(known, tail, method="lower")
    return Estimate(value, float(low), float(np.quantile(known, 1 - tail, method="higher")))


def _estimate(value: float, draws: Floats) -> Estimate:
    known = draws[np.isfinite(draws)]
    if not len(known) or not np.isfinite(value):
        return Estimate(value, float("nan"), float("nan"))
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(known, [tail, 1 - tail])
    return Estimate(value, float(low), float(high))
