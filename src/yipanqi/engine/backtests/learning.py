"""Two models that learn from earlier windows which groups came: logistic and boosted trees."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from yipanqi.engine.backtests import standings
from yipanqi.engine.backtests.arrays import Flags, Floats, Integers
from yipanqi.engine.backtests.histories import History
from yipanqi.engine.backtests.signals import NAMES, Signals
from yipanqi.engine.backtests.windows import Coverage, Window
from yipanqi.vocab import regions

# How many earlier windows are learnt from: they end one after another, a year apart.
WINDOWS = 2
# For each that came so many that did not, and so many in any case: in several cities, in one.
_PER_HIT = {True: 10, False: 5}
_AT_LEAST = {True: 60, False: 30}
# One thread: sums keep their order, and a busy machine is not kept spinning.
_THREADS = 1
# Fixed before any tested window was looked at: chosen on groups that came in 2000-2002.
TREES = {
    "objective": "binary",
    "learning_rate": 0.05,
    "num_leaves": 7,
    "min_data_in_leaf": 500,
    "feature_fraction": 0.7,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 10.0,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": _THREADS,
    "verbose": -1,
}
ROUNDS = 250
# The share of the trees in the log-odds of both together.
SHARE = 0.7
PENALTY = 1.0
# Rows scored at a time: few enough to stay in the processor's cache.
_PIECE = 16_384


@dataclass(frozen=True, slots=True)
class Lesson:
    """Rows of signals, who came, and how many candidates each row stands for."""

    signals: Floats
    came: Flags
    weight: Floats


class Model(Protocol):
    """A model: the score of each row, the chance that stands for, and what made the score."""

    def scores(self, rows: Floats) -> Floats:
        """The log-odds of each row."""

    def contributions(self, rows: Floats) -> Floats:
        """What each signal adds to the log-odds; the last column is the constant."""


@dataclass(frozen=True, slots=True)
class Logistic:
    """Log-odds as a constant and one product per signal (standardised value × weight)."""

    mean: Floats
    spread: Floats
    weights: Floats
    constant: float

    def scores(self, rows: Floats) -> Floats:
        """The log-odds of each row: the contributions added up from the left."""
        pieces = [rows[start : start + _PIECE] for start in range(0, len(rows), _PIECE)]
        found = [np.add.accumulate(self.contributions(one), axis=1)[:, -1] for one in pieces]
        return np.concatenate([np.empty(0), *found])

    def contributions(self, rows: Floats) -> Floats:
        """What each signal adds to the log-odds; the last column is the constant."""
        parts = (rows - self.mean) / self.spread * self.weights
        return np.column_stack([parts, np.full(len(rows), self.constant)])


@dataclass(frozen=True, slots=True)
class Boosted:
    """Log-odds of many small trees (LightGBM) and of the logistic model, as a weighted mean."""

    logistic: Logistic
    booster: Any

    def scores(self, rows: Floats) -> Floats:
        """The log-odds of each row: SHARE of the trees' and the rest of the logistic ones."""
        found: Floats = self.booster.predict(rows, raw_score=True, num_threads=_THREADS)
        return SHARE * found + (1 - SHARE) * self.logistic.scores(rows)

    def contributions(self, rows: Floats) -> Floats:
        """What each signal adds to the log-odds, in both together; the last is the constant.

        The part of the trees as Shapley values (S. Lundberg, 2018), as LightGBM gives them.
        """
        found: Floats = self.booster.predict(rows, pred_contrib=True, num_threads=_THREADS)
        return SHARE * found + (1 - SHARE) * self.logistic.contributions(rows)


def chances(scores: Floats) -> Floats:
    """The chance that log-odds stand for, 0 to 1."""
    return 1.0 / (1.0 + np.exp(-scores))


def earlier(window: Window) -> tuple[Window, ...]:
    """The windows of the same length that end before the window begins."""
    newest = window.year - window.length
    return tuple(Window(newest - back, window.length) for back in range(WINDOWS))


def lesson(history: History, windows: Sequence[Window], coverage: Coverage, *, seed: int) -> Lesson:
    """Everyone who came to any covered city in the windows, and a weighted draw of the others."""
    parts = list(_parts(history, windows, coverage, seed))
    if not parts:
        return Lesson(np.empty((0, len(NAMES))), np.empty(0, bool), np.empty(0))
    return Lesson(*(np.concatenate([part[number] for part in parts]) for number in range(3)))


def logistic(taught: Lesson) -> Logistic:
    """Logistic regression with a quadratic penalty (scikit-learn) on standardised signals."""
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped] # noqa: PLC0415
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped] # noqa: PLC0415

    mean = np.average(taught.signals, axis=0, weights=taught.weight)
    spread = np.sqrt(np.average((taught.signals - mean) ** 2, axis=0, weights=taught.weight))
    spread[spread == 0] = 1.0
    fit = LogisticRegression(C=1 / PENALTY, max_iter=200, tol=1e-4)
    with threadpool_limits(1):
        fit.fit((taught.signals - mean) / spread, taught.came, sample_weight=taught.weight)
    return Logistic(mean, spread, fit.coef_[0].astype(np.float64), float(fit.intercept_[0]))


def boosted(taught: Lesson, start: Logistic, *, seed: int) -> Boosted:
    """Gradient-boosted trees (LightGBM) beside a logistic model; the same on every run.

    Byte for byte on one machine and lock; elsewhere within 1e-9.
    """
    import lightgbm  # noqa: PLC0415 -- an extra, wanted here alone

    table = lightgbm.Dataset(
        np.ascontiguousarray(taught.signals),
        taught.came.astype(np.float64),
        weight=taught.weight,
        feature_name=list(NAMES),
        params={"verbose": -1},
    )
    return Boosted(start, lightgbm.train({**TREES, "seed": seed}, table, num_boost_round=ROUNDS))


def _parts(
    history: History, windows: Sequence[Window], coverage: Coverage, seed: int
) -> Iterator[tuple[Floats, Flags, Floats]]:
    for window in windows:
        now = standings.standing(history, window.year)
        signals = Signals(now)
        for city in regions.cities():
            if coverage.fault(city, window) is not None:
                continue
            place = now.places.index(city.code)
            draw = np.random.default_rng([seed, window.year, int(city.code)])
            heads, came, weight = _drawn(history, now, place, window.until, draw)
            if len(heads):
                yield signals.matrix(place, heads), came, weight


def _drawn(
    history: History,
    now: standings.Standing,
    place: int,
    until: int,
    draw: np.random.Generator,
) -> tuple[Integers, Flags, Floats]:
    """All that came with weight 1, and a draw of the rest, each standing for those not drawn."""
    heads = now.outside(place)
    came = standings.entered(history, now, place, until=until)[heads]
    chosen, weights = [np.flatnonzero(came)], [np.ones(int(came.sum()))]
    wide = now.cities[heads] > 1
    for is_wide in (True, False):
        pool = np.flatnonzero(~came & (wide == is_wide))
        wanted = _PER_HIT[is_wide] * int(came.sum()) + _AT_LEAST[is_wide]
        size = min(wanted, len(pool))
        chosen.append(np.sort(draw.choice(pool, size, replace=False)))
        weights.append(np.full(size, len(pool) / max(size, 1)))
    rows = np.concatenate(chosen)
    return heads[rows], came[rows], np.concatenate(weights)
