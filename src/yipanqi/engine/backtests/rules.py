"""The one-line rules a model must beat: whoever sorts a table in a spreadsheet has them."""

from collections.abc import Callable, Mapping

import numpy as np

from yipanqi.engine.backtests.arrays import Floats, Integers
from yipanqi.engine.backtests.standings import Standing

# So many groups of a trade count as much as the average of all trades in the same city. Of 5, 20
# and 100, and of all groups or those in several cities, what served the rule best in 2000-2002.
SMOOTHING = 100.0
PEER = "provinces_industry"

Rule = Callable[[Standing, int, Integers], Floats]


def capital(standing: Standing, _place: int, heads: Integers) -> Floats:
    """The registered capital in 万元; one that states none comes last."""
    return np.nan_to_num(standing.capital_wan[heads], nan=-1.0)


def provinces(standing: Standing, _place: int, heads: Integers) -> Floats:
    """In how many provinces the group stands."""
    return standing.provinces[heads].astype(np.float64)


def cities(standing: Standing, _place: int, heads: Integers) -> Floats:
    """In how many cities the group stands."""
    return standing.cities[heads].astype(np.float64)


def trade_rates(standing: Standing, place: int) -> Floats:
    """For each trade the share of its groups from elsewhere that are in the place, smoothed.

    (here + SMOOTHING × overall) / (all + SMOOTHING), over groups in more than one city; indexed by
    the trade's number.
    """
    elsewhere = (standing.home != place) & (standing.cities > 1)
    size = int(standing.trade.max()) + 1
    came = np.bincount(standing.trade[elsewhere & standing.column(place)], minlength=size)
    pool = np.bincount(standing.trade[elsewhere], minlength=size)
    overall = came.sum() / max(pool.sum(), 1)
    rates: Floats = (came + SMOOTHING * overall) / (pool + SMOOTHING)
    return rates


def provinces_industry(standing: Standing, place: int, heads: Integers) -> Floats:
    """Provinces × how often groups of its trade came to the city so far: the peer to beat."""
    rate = trade_rates(standing, place)[standing.trade[heads]]
    return standing.provinces[heads] * rate


RULES: Mapping[str, Rule] = {
    "capital": capital,
    "provinces": provinces,
    "cities": cities,
    PEER: provinces_industry,
}
LABELS = {
    "capital": "注册资本",
    "provinces": "已在几个省",
    "cities": "已在几个城市",
    PEER: "省数 × 行业来本市比率",
}
