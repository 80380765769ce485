"""Which city takes up which speciality next: the learned model against four one-line rules.

Usage: python bench/entry.py --registry DIR [--at-least 100] [--rounds 200] [--seed 7]
Learned on what became of the pairs of 2000 by 2005, tested on those of 2005 by 2010, in provinces
without a missing year from 1996 to 2010. A speciality is a term of scopes: a clause, without
brackets, without a verb of trade at its end, of 2 to 10 Chinese characters, in the scopes of at
least so many enterprises registered by 2000 (so that the choice knows nothing of later years).
Intervals are of whole cities drawn again, all rules on the same draw.
"""

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

import ibis.expr.types as ir
import numpy as np

from yipanqi.engine import indices, sessions
from yipanqi.engine.forecasts import entry, learning, panels, signals
from yipanqi.engine.forecasts.panels import Panel
from yipanqi.engine.measures.matrices import Floats

LEARN, TEST, END = 2000, 2005, 2010
TOP = 1000
_BRACKETS = "[（(][^（）()]*[）)]"
_BREAKS = "[、，,;；。．.：:/ 　]+"
_TRADE = "(等|的?销售|批发|零售)$"


def terms(enterprises: ir.Table) -> ir.Table:
    """Rows of panels.ROWS with the terms of scopes as links; an enterprise counts once a term."""
    known = enterprises.filter(
        enterprises.scope.notnull(), enterprises.registered.year() <= END
    ).select("id", "city_code", "registered", "scope")
    parts = known.scope.re_replace(_BRACKETS, "").re_split(_BREAKS)
    spread = known.select(
        "id", place="city_code", year=known.registered.year().cast("int64"), part=parts.unnest()
    )
    said = spread.mutate(link=spread.part.re_replace(_TRADE, "")).drop("part").distinct()
    short = said.filter(said.link.re_search("^[一-龥]{2,10}$"))
    return short.group_by("place", "link", "year").agg(enterprises=short.count())


def frequent(rows: ir.Table, at_least: int) -> ir.Table:
    """The rows of the terms that so many enterprises had by the year learned from."""
    early = rows.filter(rows.year <= LEARN)
    counted = early.group_by("link").agg(total=early.enterprises.sum())
    return rows.semi_join(counted.filter(counted.total >= at_least), "link")


def scores(panel: Panel, seed: int) -> tuple[dict[str, Floats], Floats, Floats]:
    """The score of each rule for each pair of the test, who entered, and the city of each pair."""
    before = signals.signals(panel, year=LEARN)
    model = learning.learn(before, entry.entries(panel, before, year=TEST), seed=seed)
    now = signals.signals(panel, year=TEST)
    given = {
        "learned": model.probabilities(now),
        "rca": now.column("advantage"),
        "svd": now.column("latent"),
        "svd_30": now.column("latent_fine"),
        "density": now.column("density"),
    }
    return given, entry.entries(panel, now, year=END), now.place.astype(np.float64)


def precision(score: Floats, entered: Floats, weight: Floats) -> float:
    """The part that entered of the first TOP by score; each row counts `weight` times."""
    order = np.argsort(-score, kind="stable")
    order = order[weight[order] > 0]
    upto = np.searchsorted(weight[order].cumsum(), TOP) + 1
    first = order[:upto]
    return float((entered[first] * weight[first]).sum() / weight[first].sum())


def area(score: Floats, entered: Floats, weight: Floats) -> float:
    """The chance that a pair that entered scores above one that did not (ties half)."""
    levels, level = np.unique(score, return_inverse=True)
    came = np.bincount(level, weights=entered * weight, minlength=len(levels))
    stayed = np.bincount(level, weights=(1 - entered) * weight, minlength=len(levels))
    below = stayed.cumsum() - stayed
    return float((came * (below + stayed / 2)).sum() / (came.sum() * stayed.sum()))


def drawn(
    given: Mapping[str, Floats], entered: Floats, city: Floats, rounds: int, seed: int
) -> dict[str, object]:
    """Each figure with its 95 % interval, and the ratio of the model to the best rule."""
    draw, number = np.random.default_rng(seed), city.astype(np.int64)
    weights = [np.ones(len(entered))]
    cities = int(number.max()) + 1
    for _ in range(rounds):
        times = np.bincount(draw.integers(0, cities, cities), minlength=cities)
        weights.append(times[number].astype(np.float64))
    precisions = {n: [precision(s, entered, w) for w in weights] for n, s in given.items()}
    areas = {n: [area(s, entered, w) for w in weights] for n, s in given.items()}
    best = max((n for n in given if n != "learned"), key=lambda n: precisions[n][0])
    pairs = zip(precisions["learned"], precisions[best], strict=True)
    return {
        "precision_at_1000": {n: _told(v) for n, v in precisions.items()},
        "auc": {n: _told(v) for n, v in areas.items()},
        "best_rule": best,
        "ratio": _told([mine / other for mine, other in pairs]),
    }


def _told(values: list[float]) -> list[float]:
    low, high = np.quantile(values[1:], [0.025, 0.975])
    return [round(float(one), 3) for one in (values[0], low, high)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--registry", type=Path, required=True)
    parser.add_argument("--at-least", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    gaps = indices.manifest(options.registry)["gaps"]
    within = panels.complete_provinces(gaps, since=LEARN - signals.LOOKS_BACK + 1, until=END)
    with sessions.measures() as session:
        found = indices.enterprises(options.registry, session)
        rows = frequent(terms(found.filter(found.province_code.isin(within))), options.at_least)
        panel = panels.panel(rows, since=entry.SINCE, until=END, within=within)
    given, entered, city = scores(panel, options.seed)
    told = drawn(given, entered, city, options.rounds, options.seed)
    for name in given:
        auc, top = told["auc"], told["precision_at_1000"]
        assert isinstance(auc, dict)
        assert isinstance(top, dict)
        print(f"{name:<8} AUC {auc[name]}  precision@{TOP} {top[name]}")
    size = {
        "provinces": len(within),
        "cities": len(panel.places),
        "terms": len(panel.links),
        "pairs": len(entered),
        "base_rate": round(float(entered.mean()), 4),
    }
    print(json.dumps({**told, **size}))


if __name__ == "__main__":
    main()
