"""How good a list was: average precision, precision and recall of its first k, calibration."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from yipanqi.engine.backtests.arrays import Flags, Floats, Integers

AT = (100, 1000)
DIGITS = 6


@dataclass(frozen=True, slots=True)
class Placing:
    """Where in a list of `candidates` those who came stand: `ranks` from 1, ascending.

    `who` numbers them among the candidates, in the same order.
    """

    candidates: int
    ranks: Integers
    who: Integers

    def average_precision(self, weights: Floats | None = None) -> float:
        """The mean of the precision at each that came; NaN when nobody did.

        Those who came may count several times (`weights`, as a bootstrap draws them), the others
        once each.
        """
        counted = np.ones(len(self.ranks)) if weights is None else weights
        total = counted.sum()
        if not total:
            return float("nan")
        others = self.ranks - np.arange(1, len(self.ranks) + 1)
        good = np.cumsum(counted)
        return float((counted * good / np.maximum(good + others, 1e-12)).sum() / total)

    def recall(self, k: int, weights: Floats | None = None) -> float:
        """The share of those who came that stand among the first k; NaN when nobody came."""
        counted = np.ones(len(self.ranks)) if weights is None else weights
        total = counted.sum()
        return float(counted[self.ranks <= k].sum() / total) if total else float("nan")

    def precision(self, k: int) -> float:
        """The share of the first k that came; of all, where there are fewer than k."""
        among = min(k, self.candidates)
        return float((self.ranks <= k).sum() / among) if among else float("nan")


def placings(scores: Floats, came: Flags, kinds: Mapping[str, Flags]) -> dict[str, Placing]:
    """For each kind of candidate where those who came stand in a list of that kind alone."""
    order = np.argsort(-scores, kind="stable")
    sorted_came = came[order]
    found = {}
    for name, inside in kinds.items():
        among = inside[order]
        hits = np.flatnonzero(among & sorted_came)
        found[name] = Placing(int(among.sum()), np.cumsum(among, dtype=np.int64)[hits], order[hits])
    return found


def placing(scores: Floats, came: Flags) -> Placing:
    """Where those who came stand by falling score; equal scores keep the order they are in."""
    order = np.argsort(-scores, kind="stable")
    hits = np.flatnonzero(came[order])
    return Placing(len(scores), hits + 1, order[hits])


def calibration(chances: Floats, came: Flags) -> list[dict[str, float | int]]:
    """For bands of stated chance (powers of ten, halved): how many, what was said, what came."""
    bounds = np.array([0.0, 1e-5, 1e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1.0])
    band = np.clip(np.searchsorted(bounds, chances, "right") - 1, 0, len(bounds) - 2)
    rows: list[dict[str, float | int]] = []
    for number in range(len(bounds) - 1):
        inside = band == number
        if inside.any():
            rows.append(
                {
                    "from": float(bounds[number]),
                    "to": float(bounds[number + 1]),
                    "candidates": int(inside.sum()),
                    "came": int(came[inside].sum()),
                    "said": float(chances[inside].sum()),
                }
            )
    return rows
