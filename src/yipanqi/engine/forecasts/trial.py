"""How often a forecast was right in years it had not seen, beside the rule of one line."""

from dataclasses import dataclass

import numpy as np

from yipanqi.engine.forecasts import entry, logistic, signals
from yipanqi.engine.forecasts.panels import Panel
from yipanqi.engine.forecasts.signals import Signals
from yipanqi.engine.measures.matrices import Floats

FIRST = 10


@dataclass(frozen=True, slots=True)
class Trial:
    """Of the first links of every city by each way, how many became specialities.

    Learned from the entries of the five years to `year`, tried on those of the five years after.
    `rule_hits` of the rule “nearest to a speciality already”; `entered` of all `pairs` did.
    """

    year: int
    cities: int
    first: int
    listed: int
    hits: int
    rule_hits: int
    pairs: int
    entered: int


def trial(panel: Panel, *, year: int) -> Trial | None:
    """The trial on a panel whose counts reach five years beyond the year.

    None where nothing was entered in the years to learn from. Raises NoLearning.
    """
    before = signals.signals(panel, year=year - entry.AHEAD)
    known = entry.entries(panel, before, year=year)
    if not 0 < known.sum() < len(known):
        return None
    model = logistic.learn(before, known)
    now = signals.signals(panel, year=year)
    came = entry.entries(panel, now, year=year + entry.AHEAD)
    listed, hits = _first(now, model.probabilities(now), came)
    _, rule_hits = _first(now, now.column("advantage"), came)
    cities = len(np.unique(now.place))
    return Trial(year, cities, FIRST, listed, hits, rule_hits, len(came), int(came.sum()))


def _first(now: Signals, score: Floats, came: Floats) -> tuple[int, int]:
    """How many stand among the first of their city, and how many of them became specialities."""
    listed = hits = 0
    for place in np.unique(now.place):
        mine = np.flatnonzero(now.place == place)
        first = mine[np.argsort(-score[mine], kind="stable")[:FIRST]]
        listed += len(first)
        hits += int(came[first].sum())
    return listed, hits
