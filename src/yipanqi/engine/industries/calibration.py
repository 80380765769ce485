"""How sure a verdict is, in the words of a share: of verdicts so sure, so many are right."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
# What of the answered shall be right.
AIM = 0.90
_BINS = 10
_NEVER = 1.01  # no confidence reaches it: nothing is answered


@dataclass(frozen=True, slots=True)
class Calibration:
    """Log-odds of being right: constant + on the best score + on its lead over the second."""

    constant: float
    best: float
    lead: float

    def confidence(self, scores: Floats) -> Floats:
        """The share of right verdicts to expect for each row of class scores, three digits."""
        best, lead = _signals(scores).T
        odds = self.constant + self.best * best + self.lead * lead
        sure: Floats = np.round(1 / (1 + np.exp(-odds)), 3)
        return sure


@dataclass(frozen=True, slots=True)
class Point:
    """At a threshold: the share answered, and the share of those that is right (None of none)."""

    threshold: float
    coverage: float
    precision: float | None


def fitted(scores: Floats, right: Flags) -> Calibration:
    """The calibration that explains which of the best guesses were right; needs scikit-learn.

    Where all or none were right, scores explain nothing and every verdict is equally sure.
    """
    if right.all() or not right.any():
        odds = (1 + right.sum()) / (1 + len(right) - right.sum())
        return Calibration(round(float(np.log(odds)), 6), 0.0, 0.0)
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped] # noqa: PLC0415

    model = LogisticRegression(C=100.0).fit(_signals(scores), right)
    best, lead = (round(float(one), 6) for one in model.coef_[0])
    return Calibration(round(float(model.intercept_[0]), 6), best, lead)


def threshold(confidence: Floats, right: Flags, *, aim: float = AIM) -> float:
    """The least confidence from which on at least `aim` of the verdicts are right."""
    order = np.argsort(-confidence, kind="stable")
    shares = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    # Verdicts equally sure stand or fall together.
    last = np.append(np.diff(confidence[order]) < 0, True)
    good = np.flatnonzero((shares >= aim) & last)
    return float(confidence[order][good[-1]]) if len(good) else _NEVER


def curve(confidence: Floats, right: Flags, thresholds: Sequence[float]) -> tuple[Point, ...]:
    """Coverage and precision at each threshold."""
    return tuple(_point(confidence, right, one) for one in thresholds)


def error(confidence: Floats, right: Flags) -> float:
    """The expected calibration error over ten equal bins: mean |confidence - share right|."""
    bins = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    gaps = 0.0
    for number in range(_BINS):
        here = bins == number
        if here.any():
            gaps += here.sum() * abs(confidence[here].mean() - right[here].mean())
    return float(gaps / len(confidence))


def _point(confidence: Floats, right: Flags, at: float) -> Point:
    told = confidence >= at
    share = float(right[told].mean()) if told.any() else None
    return Point(at, float(told.mean()), share)


def _signals(scores: Floats) -> Floats:
    ordered = np.sort(scores, axis=1)
    return np.column_stack([ordered[:, -1], ordered[:, -1] - ordered[:, -2]])
