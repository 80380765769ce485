"""Which links a city is likely to take up as specialities in the coming five years, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import ibis.expr.types as ir
import numpy as np

from yipanqi.engine.forecasts import learning, panels, signals
from yipanqi.engine.forecasts.learning import Model
from yipanqi.engine.forecasts.panels import Panel
from yipanqi.engine.forecasts.signals import LOOKS_BACK, Signals
from yipanqi.engine.measures.matrices import Floats, specialities
from yipanqi.vocab.regions import Region

AHEAD = 5
SINCE = 1978
_FEWEST_PROVINCES = 4
_REASONS = 3


class CannotForecast(Exception):
    """The registry has too many missing years for a forecast; the message says which."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A signal that speaks for or against: its name in Chinese and its part of the log-odds."""

    signal: str
    label: str
    contribution: Decimal


@dataclass(frozen=True, slots=True)
class Likely:
    """A link that is no speciality of the place yet: the chance that it is one in five years."""

    place: str
    link: str
    probability: Decimal
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Forecast:
    """The links most likely to be entered, best first, and what the forecast rests on.

    `as_of` is the year at whose end it is made, `learned_from` the year at whose end the pairs it
    was learned from stood; `base_rate` the part of those that became specialities.
    """

    as_of: int
    learned_from: int
    provinces: tuple[str, ...]
    base_rate: Decimal
    rows: tuple[Likely, ...]


def likely(
    registered: ir.Table,
    gaps: Mapping[str, Sequence[int]],
    *,
    city: Region,
    until: int,
    seed: int = learning.SEED,
) -> Forecast:
    """The links the city has not entered, by the chance that it does within five years.

    `registered` has the rows of panels.ROWS, `gaps` the missing years by province, `until` the
    last year to look at. The forecast is made at the end of the newest year up to which the
    city's province has no gap for ten years. Raises CannotForecast, learning.NoLearning.
    """
    as_of = newest_whole(gaps, city, until)
    provinces = panels.complete_provinces(gaps, since=as_of - AHEAD - LOOKS_BACK + 1, until=as_of)
    panel = panels.panel(registered, since=SINCE, until=as_of, within=provinces)
    before = signals.signals(panel, year=as_of - AHEAD)
    entered = entries(panel, before, year=as_of)
    if city.code not in panel.places or not 0 < entered.sum() < len(entered):
        raise CannotForecast(f"{city.short_name}的登记太少，不足以预测")
    now = signals.signals(panel, year=as_of)
    mine = now.place == panel.places.index(city.code)
    here = Signals(now.place[mine], now.link[mine], now.values[mine])
    model = learning.learn(before, entered, seed=seed)
    return Forecast(
        as_of=as_of,
        learned_from=as_of - AHEAD,
        provinces=provinces,
        base_rate=_rounded(float(entered.mean())),
        rows=_rows(model, here, panel),
    )


def entries(panel: Panel, before: Signals, *, year: int) -> Floats:
    """For each row of signals 1 where the link is a speciality of the place by the year, else 0."""
    return specialities(panel.stock(year))[before.place, before.link]


def newest_whole(gaps: Mapping[str, Sequence[int]], city: Region, until: int) -> int:
    """The newest year up to which the city's province has no gap for ten years.

    At least four provinces must be as whole, to learn from. Raises CannotForecast.
    """
    span = AHEAD + LOOKS_BACK
    for year in range(until, SINCE + span - 1, -1):
        whole = panels.complete_provinces(gaps, since=year - span + 1, until=year)
        if city.province_code in whole and len(whole) >= _FEWEST_PROVINCES:
            return year
    missing = "、".join(str(year) for year in gaps.get(city.province_code, ()) if year <= until)
    raise CannotForecast(
        f"{city.short_name}所在省缺 {missing or '全部年份'} 的登记，没有连续十年可供学习，不作预测"
    )


def _rows(model: Model, here: Signals, panel: Panel) -> tuple[Likely, ...]:
    chances, parts = model.probabilities(here), model.contributions(here)
    place = panel.places[int(here.place[0])] if len(here.place) else ""
    found = [
        Likely(place, panel.links[int(link)], _rounded(float(chance)), _reasons(part))
        for link, chance, part in zip(here.link, chances, parts, strict=True)
    ]
    return tuple(sorted(found, key=lambda one: (-one.probability, one.link)))


def _reasons(parts: Floats) -> tuple[Reason, ...]:
    """The signals with the greatest parts, for or against; the constant is not one of them."""
    order = np.argsort(-np.abs(parts[:-1]), kind="stable")[:_REASONS]
    return tuple(
        Reason(name, signals.LABELS[name], _rounded(float(parts[number])))
        for number, name in ((number, signals.NAMES[number]) for number in order)
    )


def _rounded(value: float) -> Decimal:
    return Decimal(f"{value:.4f}")
