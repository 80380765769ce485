"""The figures of a whole backtest: each rule and model over all cities, with intervals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from yipanqi.engine.backtests import intervals, rules, strata, trials
from yipanqi.engine.backtests.arrays import Floats
from yipanqi.engine.backtests.intervals import Estimate, Figure
from yipanqi.engine.backtests.runs import Run
from yipanqi.engine.backtests.trials import Trial

FIGURES: Mapping[str, Figure] = {
    "ap": intervals.average_precision,
    "recall_at_1000": intervals.recall_at_1000,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One rule or model on one kind of candidate, over every trial where any of them came.

    `ap_ratio` and `recall_ratio` are to the peer rule, drawn over cities.
    """

    stratum: str
    model: str
    cities: int
    trials: int
    candidates: int
    came: int
    ap: Estimate
    recall_at_100: float
    recall_at_1000: Estimate
    precision_at_100: float
    precision_at_1000: float
    ap_ratio: Estimate
    recall_ratio: Estimate


def lines(run: Run) -> tuple[Line, ...]:
    """Every stratum, chain and model, in the order of strata.LABELS and trials.LABELS."""
    found = []
    for stratum in (*strata.LABELS, *run.chains):
        judged = [one for one in run.trials if _came(one, stratum)]
        found += [
            _line(judged, stratum, model, run.question.seed)
            for model in trials.LABELS
            if judged and model in judged[0].placings[stratum]
        ]
    return tuple(found)


def best_rule(told: Sequence[Line], stratum: str = strata.ALL) -> Line | None:
    """The one-line rule of the highest mean average precision on the stratum."""
    simple = [one for one in told if one.stratum == stratum and one.model in rules.RULES]
    return max(simple, key=lambda one: one.ap.value, default=None)


def ratios(run: Run, model: str, rule: str, stratum: str = strata.ALL) -> Mapping[str, Estimate]:
    """The ratio of a model's figures to a rule's, with intervals over cities."""
    judged = [one for one in run.trials if _came(one, stratum) and model in one.placings[stratum]]
    return {
        name: intervals.over_cities(
            _by_city(judged, stratum, model, figure),
            _by_city(judged, stratum, rule, figure),
            seed=run.question.seed,
        )[1]
        for name, figure in FIGURES.items()
    }


def calibration(run: Run, model: str) -> list[dict[str, float | int]]:
    """The bands of stated chance over every trial: candidates, those who came, those expected."""
    bands: dict[tuple[float, float], list[float]] = {}
    for one in run.trials:
        for row in one.calibration.get(model, []):
            sums = bands.setdefault((float(row["from"]), float(row["to"])), [0.0, 0.0, 0.0])
            for place, name in enumerate(("candidates", "came", "said")):
                sums[place] += row[name]
    return [
        {"from": low, "to": high, "candidates": int(n), "came": int(came), "said": round(said, 3)}
        for (low, high), (n, came, said) in sorted(bands.items())
    ]


def _came(one: Trial, stratum: str) -> bool:
    return any(len(placed.ranks) for placed in one.placings[stratum].values())


def _line(judged: Sequence[Trial], stratum: str, model: str, seed: int) -> Line:
    placed = [one.placings[stratum][model] for one in judged]
    pooled = {}
    for name, figure in FIGURES.items():
        mine = _by_city(judged, stratum, model, figure)
        peers = _by_city(judged, stratum, rules.PEER, figure)
        pooled[name] = intervals.over_cities(mine, peers, seed=seed)
    return Line(
        stratum=stratum,
        model=model,
        cities=len({one.city.code for one in judged}),
        trials=len(judged),
        candidates=sum(one.candidates for one in placed),
        came=sum(len(one.ranks) for one in placed),
        ap=pooled["ap"][0],
        recall_at_100=float(np.mean([one.recall(100) for one in placed])),
        recall_at_1000=pooled["recall_at_1000"][0],
        precision_at_100=float(np.mean([one.precision(100) for one in placed])),
        precision_at_1000=float(np.mean([one.precision(1000) for one in placed])),
        ap_ratio=pooled["ap"][1],
        recall_ratio=pooled["recall_at_1000"][1],
    )


def _by_city(judged: Sequence[Trial], stratum: str, model: str, figure: Figure) -> list[Floats]:
    found: dict[str, list[float]] = {}
    for one in judged:
        found.setdefault(one.city.code, []).append(figure(one.placings[stratum][model], None))
    return [np.array(values) for _, values in sorted(found.items())]
