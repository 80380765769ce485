"""How the desk's lists fared, chain by chain, as the desk publishes it: `track_record.json`.

The file is one object, a list of rows under each chain's code, one row for each length of list:

    k               how many of each list are looked at
    listed, hits    on all lists together so many companies, of whom so many came
    hit_rate        hits / listed; `interval` its 95 % bounds, whole cities drawn again
    already_here    of `listed`, those with a branch in the city by that day: they cannot come
    candidates, came, base_rate   all outside that speak of the chain, and those of them who came
    lift            hit_rate / base_rate, with `lift_interval`
    cities, windows, years, as_of_days, lists     city codes, windows, their length, days, lists
    by_city         the counts of each city: city, lists, listed, hits, candidates, came
    rules           the desk's order and each simple rule on those not in the city yet: rule, label,
                    listed, hits, hit_rate, and the desk's hit rate / this one's as `ratio` with
                    `ratio_interval`; desk_learnt only on windows an earlier one could teach,
                    and its ratio is to the desk on those
    best_rule       the simple rule that hits most; null when none hits
    beats_best_rule true or false when the interval of the ratio to it lies above or below 1, else
                    null: no difference can be told
    sheet, sheet_digest, chains_digest, snapshot, registry_as_of, synthetic, seed

Establishments of one company count as one. “Came” means: it or a branch of it is first registered
in the city within `years` years of the day. Rates have six digits; what cannot be known, an
infinite bound too, is null.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any

import numpy as np

from yipanqi.engine.backtests import intervals, rules
from yipanqi.engine.backtests.arrays import Floats
from yipanqi.engine.backtests.desk_trials import AT, DESK, LABELS, DeskRun, DeskTrial
from yipanqi.engine.backtests.intervals import Estimate
from yipanqi.engine.backtests.runs import Run

DIGITS = 6


@dataclass(frozen=True, slots=True)
class Ground:
    """What the lists were made from: the registry, and the seed of every draw."""

    snapshot: str
    as_of: str | None
    synthetic: bool
    seed: int

    @classmethod
    def of(cls, run: Run) -> "Ground":
        """That of a whole run."""
        return cls(run.snapshot, run.as_of, run.synthetic, run.question.seed)


def record(run: DeskRun, ground: Ground) -> dict[str, list[dict[str, Any]]]:
    """The rows of every chain that was judged, as the module says."""
    return {
        chain: [_row(judged, k, run, ground) for k in AT]
        for chain in run.chains
        if (judged := [one for one in run.trials if one.chain == chain])
    }


def measured(run: DeskRun) -> list[dict[str, Any]]:
    """One flat row per chain, city, window and length of list."""
    return [
        {
            "chain": one.chain,
            "city": one.city.code,
            "window": str(one.window),
            "k": k,
            "candidates": one.candidates,
            "came": one.came,
            "listed": one.shown[k].listed,
            "hits": one.shown[k].hits,
            "already_here": one.shown[k].already_here,
            **{
                f"{rule}_{name}": getattr(one.beside[rule][k], name) if rule in one.beside else None
                for rule in LABELS
                for name in ("listed", "hits")
            },
        }
        for one in run.trials
        for k in AT
    ]


def overall(run: DeskRun, ground: Ground) -> list[dict[str, Any]]:
    """The same rows for all chains' lists together; a city's lists are drawn again together."""
    return [_row(list(run.trials), k, run, ground) for k in AT] if run.trials else []


def _row(judged: Sequence[DeskTrial], k: int, run: DeskRun, ground: Ground) -> dict[str, Any]:
    cities = _by_city(judged)
    listed, hits = (_total(judged, k, name) for name in ("listed", "hits"))
    candidates, came = (
        sum(getattr(one, name) for one in judged) for name in ("candidates", "came")
    )
    shares = _ratio(cities, k, ground.seed)
    contestants = [rule for rule in LABELS if any(rule in one.beside for one in judged)]
    beside = [_beside(cities, k, rule, ground.seed) for rule in contestants]
    simple = (row for row in beside if row["rule"] in rules.RULES)
    best = max(simple, key=lambda row: row["hits"], default=None)
    best = best if best and best["hits"] else None
    windows = sorted({one.window for one in judged}, key=str)
    return {
        "k": k,
        "listed": listed,
        "hits": hits,
        "hit_rate": _short(shares["hit_rate"].value),
        "interval": _bounds(shares["hit_rate"]),
        "already_here": _total(judged, k, "already_here"),
        "candidates": candidates,
        "came": came,
        "base_rate": _rate(came, candidates),
        "lift": _short(shares["lift"].value),
        "lift_interval": _bounds(shares["lift"]),
        "cities": list(cities),
        "windows": [str(one) for one in windows],
        "years": max(one.length for one in windows),
        "as_of_days": [f"{one.year}-12-31" for one in windows],
        "lists": len(judged),
        "by_city": [_city_row(code, each, k) for code, each in cities.items()],
        "rules": beside,
        "best_rule": best["rule"] if best else None,
        "beats_best_rule": _beats(best["ratio_interval"]) if best else None,
        **_grounds(run, ground),
    }


def _grounds(run: DeskRun, ground: Ground) -> dict[str, Any]:
    return {
        "sheet": run.sheet,
        "sheet_digest": run.sheet_digest,
        "chains_digest": run.chains_digest,
        "snapshot": ground.snapshot,
        "registry_as_of": ground.as_of,
        "synthetic": ground.synthetic,
        "seed": ground.seed,
    }


def _by_city(judged: Sequence[DeskTrial]) -> Mapping[str, list[DeskTrial]]:
    found: dict[str, list[DeskTrial]] = {}
    for one in sorted(judged, key=lambda one: one.city.code):
        found.setdefault(one.city.code, []).append(one)
    return found


def _city_row(code: str, judged: Sequence[DeskTrial], k: int) -> dict[str, Any]:
    return {
        "city": code,
        "lists": len(judged),
        "listed": _total(judged, k, "listed"),
        "hits": _total(judged, k, "hits"),
        "candidates": sum(one.candidates for one in judged),
        "came": sum(one.came for one in judged),
    }


def _ratio(cities: Mapping[str, Sequence[DeskTrial]], k: int, seed: int) -> Mapping[str, Estimate]:
    """The hit rate and its lift over the base rate, with intervals over cities."""
    counts = [
        [
            _total(each, k, "hits"),
            _total(each, k, "listed"),
            sum(one.came for one in each),
            sum(one.candidates for one in each),
        ]
        for each in cities.values()
    ]
    return {
        "hit_rate": intervals.of_sums(counts, lambda sums: sums[0] / sums[1], seed=seed),
        "lift": intervals.of_sums(
            counts, lambda sums: (sums[0] / sums[1]) / (sums[2] / sums[3]), seed=seed
        ),
    }


def _beside(
    cities: Mapping[str, Sequence[DeskTrial]], k: int, rule: str, seed: int
) -> dict[str, Any]:
    counts = [
        [
            sum(getattr(one.beside[name][k], figure) for one in each if rule in one.beside)
            for name in (DESK, rule)
            for figure in ("hits", "listed")
        ]
        for each in cities.values()
    ]
    hits, listed = (sum(row[place] for row in counts) for place in (2, 3))
    ratio = intervals.of_sums(counts, compared, seed=seed)
    is_desk = rule == DESK
    return {
        "rule": rule,
        "label": LABELS[rule],
        "listed": listed,
        "hits": hits,
        "hit_rate": _rate(hits, listed),
        "ratio": None if is_desk else _short(ratio.value),
        "ratio_interval": [None, None] if is_desk else _bounds(ratio),
    }


def compared(sums: Floats) -> Floats:
    """My hit rate over theirs; 1 where neither hits: then nothing tells them apart."""
    ratio = (sums[0] / sums[1]) / (sums[2] / sums[3])
    return np.where((sums[0] == 0) & (sums[2] == 0), 1.0, ratio)


def _total(judged: Sequence[DeskTrial], k: int, name: str) -> int:
    return sum(getattr(one.shown[k], name) for one in judged)


def _beats(interval: Sequence[float | None]) -> bool | None:
    low, high = interval
    if low is not None and low > 1:
        return True
    return False if high is not None and high < 1 else None


def _rate(part: int, whole: int) -> float | None:
    return round(part / whole, DIGITS) if whole else None


def _bounds(one: Estimate) -> list[float | None]:
    return [_short(one.low), _short(one.high)]


def _short(value: float) -> float | None:
    return None if isnan(value) or np.isinf(value) else round(value, DIGITS)
