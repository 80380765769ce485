"""A plain logistic model of entry: one weight for each signal, so that every score adds up."""

import hashlib
import json
from dataclasses import dataclass

import numpy as np

from yipanqi.engine.forecasts.learning import NoLearning
from yipanqi.engine.forecasts.signals import NAMES, Signals
from yipanqi.engine.measures.matrices import Floats

_DIGITS = 8
_STRENGTH = 1.0
_ROUNDS = 1000


@dataclass(frozen=True, slots=True)
class Logistic:
    """The constant, and for each signal of NAMES its mean, spread and weight."""

    constant: float
    means: tuple[float, ...]
    spreads: tuple[float, ...]
    weights: tuple[float, ...]

    @property
    def digest(self) -> str:
        """The SHA-256 of its numbers: equal models give equal scores."""
        told = json.dumps([self.constant, self.means, self.spreads, self.weights])
        return hashlib.sha256(told.encode()).hexdigest()

    def contributions(self, signals: Signals) -> Floats:
        """What each signal adds to the log-odds of each row, against an average pair."""
        steady = (signals.values - np.array(self.means)) / np.array(self.spreads)
        return np.asarray(steady * np.array(self.weights))

    def probabilities(self, signals: Signals) -> Floats:
        """The chance of entry of each row, from 0 to 1."""
        odds = self.constant + self.contributions(signals).sum(axis=1)
        return np.asarray(1 / (1 + np.exp(-odds)))


def learn(signals: Signals, entered: Floats) -> Logistic:
    """The model of rows of signals and whether each became a speciality (1) or not (0).

    Weights are held small (ridge). Source: D. R. Cox, The Regression Analysis of Binary
    Sequences, 1958. Raises NoLearning when the libraries for learning are not installed.
    """
    try:
        from sklearn.linear_model import (  # type: ignore[import-untyped] # noqa: PLC0415
            LogisticRegression,
        )
    except ImportError as missing:
        raise NoLearning("预测需要机器学习组件，请先安装：pip install 'yipanqi[ml]'") from missing
    means, spreads = signals.values.mean(axis=0), signals.values.std(axis=0)
    spreads[spreads == 0] = 1.0
    fitted = LogisticRegression(C=_STRENGTH, max_iter=_ROUNDS)
    fitted.fit((signals.values - means) / spreads, entered)
    return Logistic(
        round(float(fitted.intercept_[0]), _DIGITS),
        _rounded(means),
        _rounded(spreads),
        _rounded(fitted.coef_[0]),
    )


def _rounded(values: Floats) -> tuple[float, ...]:
    assert len(values) == len(NAMES)
    return tuple(round(float(one), _DIGITS) for one in values)
