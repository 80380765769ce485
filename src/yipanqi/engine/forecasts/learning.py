"""The model of entry: boosted trees that learn which pairs became specialities, and say why."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from yipanqi.engine.forecasts.signals import NAMES, Signals
from yipanqi.engine.measures.matrices import Floats

SEED = 7
ROUNDS = 200
# Plain values, not searched for: few leaves of many rows, since entries are rare and noisy.
TREES = {
    "objective": "binary",
    "learning_rate": 0.05,
    "num_leaves": 31,
    "min_data_in_leaf": 200,
    "feature_fraction": 0.7,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 10.0,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 2,
    "verbose": -1,
}


class NoLearning(Exception):
    """The libraries for learning are not installed; the message says how to get them."""


@dataclass(frozen=True, slots=True)
class Model:
    """A learned model of entry."""

    trees: Any

    def probabilities(self, signals: Signals) -> Floats:
        """The chance of entry of each row, from 0 to 1."""
        return np.asarray(self.trees.predict(signals.values))

    def contributions(self, signals: Signals) -> Floats:
        """What each signal adds to the log-odds of each row; the last column is the constant.

        Source: S. Lundberg et al., Consistent Individualized Feature Attribution for Tree
        Ensembles, 2018 (TreeSHAP). A row adds up to its log-odds.
        """
        return np.asarray(self.trees.predict(signals.values, pred_contrib=True))


def learn(signals: Signals, entered: Floats, *, seed: int = SEED) -> Model:
    """A model from rows of signals and whether each became a speciality (1) or not (0).

    The same rows and seed give the same model on one machine. Raises NoLearning.
    """
    try:
        import lightgbm  # noqa: PLC0415 -- of the extra [ml]; the rest of the engine needs none
    except ImportError as missing:
        raise NoLearning("预测需要机器学习组件，请先安装：pip install 'yipanqi[ml]'") from missing
    rows = lightgbm.Dataset(signals.values, entered, feature_name=list(NAMES))
    return Model(lightgbm.train({**TREES, "seed": seed}, rows, num_boost_round=ROUNDS))
