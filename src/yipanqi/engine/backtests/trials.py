"""One trial: a city and a window, every rule and model side by side on the same candidates."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from yipanqi.engine.backtests import learning, measures, rules, standings
from yipanqi.engine.backtests.arrays import Flags, Floats, Integers
from yipanqi.engine.backtests.histories import History
from yipanqi.engine.backtests.learning import Boosted, Logistic
from yipanqi.engine.backtests.measures import Placing
from yipanqi.engine.backtests.signals import Signals
from yipanqi.engine.backtests.strata import strata
from yipanqi.engine.backtests.windows import Window
from yipanqi.vocab.regions import Region

LOGISTIC, BOOSTED = "logistic", "boosted"
LABELS = {**rules.LABELS, LOGISTIC: "逻辑回归", BOOSTED: "逻辑回归 + 提升树"}
# The trees re-order the head of the logistic list: below it they would decide nothing.
HEAD = 20_000
EXPLAINED = 20


@dataclass(frozen=True, slots=True)
class Models:
    """What was learnt for one window."""

    logistic: Logistic
    boosted: Boosted


@dataclass(frozen=True, slots=True)
class Reason:
    """One of the first of a list: whether it came, its log-odds and what makes them up."""

    rank: int
    name: str
    came: bool
    score: float
    contributions: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of one city and window.

    `placings` by stratum and model; `calibration` and `reasons` by model (the learned ones alone).
    """

    city: Region
    window: Window
    candidates: int
    came: int
    placings: Mapping[str, Mapping[str, Placing]]
    calibration: Mapping[str, list[dict[str, float | int]]]
    reasons: Mapping[str, tuple[Reason, ...]]


def trial(
    history: History,
    signals: Signals,
    models: Models | None,
    city: Region,
    window: Window,
    *,
    apart: Mapping[str, Flags],
) -> Trial:
    """Judge every rule, and the models when given, on one city and window.

    `apart` marks the heads of the standing that are further counted apart, beside the strata.
    """
    now = signals.standing
    place = standings.place_of(now, city.code)
    heads = now.outside(place)
    came = standings.entered(history, now, place, until=window.until)[heads]
    scores = {name: rule(now, place, heads) for name, rule in rules.RULES.items()}
    reasons: dict[str, tuple[Reason, ...]] = {}
    if models is not None:
        rows = signals.matrix(place, heads)
        scores[LOGISTIC] = models.logistic.scores(rows)
        scores[BOOSTED] = refined(models.boosted, scores[LOGISTIC], rows)
        names = [history.heads.names[number] for number in now.heads[heads].tolist()]
        reasons = {
            LOGISTIC: _reasons(models.logistic, scores[LOGISTIC], rows, came, names),
            BOOSTED: _reasons(models.boosted, scores[BOOSTED], rows, came, names),
        }
    kinds = {**strata(now, heads), **{name: inside[heads] for name, inside in apart.items()}}
    placed = {name: measures.placings(values, came, kinds) for name, values in scores.items()}
    placings = {kind: {name: told[kind] for name, told in placed.items()} for kind in kinds}
    calibration = {
        name: measures.calibration(learning.chances(scores[name]), came) for name in reasons
    }
    return Trial(city, window, len(heads), int(came.sum()), placings, calibration, reasons)


def refined(model: Boosted, scores: Floats, rows: Floats) -> Floats:
    """The logistic scores with their first HEAD re-scored; all others keep their order below."""
    order = np.argsort(-scores, kind="stable")
    first, rest = order[:HEAD], order[HEAD:]
    found = scores.copy()
    found[first] = model.scores(rows[first])
    if len(rest):
        found[rest] += min(0.0, float(found[first].min() - found[rest].max()) - 1e-6)
    return found


def _reasons(
    model: learning.Model, scores: Floats, rows: Floats, came: Flags, names: list[str]
) -> tuple[Reason, ...]:
    first: Integers = np.argsort(-scores, kind="stable")[:EXPLAINED]
    parts = model.contributions(rows[first])
    return tuple(
        Reason(
            rank, names[one], bool(came[one]), float(scores[one]), tuple(parts[rank - 1].tolist())
        )
        for rank, one in enumerate(first.tolist(), start=1)
    )
