"""How much better the learned target lists are than provinces × how often the trade came.

Usage: python bench/targeting.py [REGISTRY] [--cities 长沙,武汉] [--windows 2005:3] [--seed 7]
With --pack the desk's own lists stand beside them; a `ratio` there is the desk's over that rule's.
Both are judged on the same candidates of the same cities and windows. The last line is JSON:
ratios of mean average precision and of recall among the first thousand, with 95 % intervals (whole
cities drawn again); `target` says what perf asks for. Without a registry the one named by
$YIPANQI_REGISTRY is read, else the one in force.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path

from yipanqi.delivery.cli.analysis import asking
from yipanqi.engine.backtests import rules, runs, strata, summaries, track_records, trials
from yipanqi.engine.backtests.intervals import Estimate
from yipanqi.engine.backtests.windows import Window

CITIES = "石家庄,太原,呼和浩特,南昌,武汉,长沙,海口,昆明,兰州"
TARGETS = {"ap": 1.5, "recall_at_1000": 1.25}
KINDS = (strata.ALL, strata.INDUSTRIAL)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "registry", nargs="?", type=Path, default=os.environ.get("YIPANQI_REGISTRY")
    )
    parser.add_argument("--cities", default=CITIES)
    parser.add_argument("--windows", default=",".join(map(str, runs.WINDOWS)))
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--pack", type=Path, help="judge the desk's own lists by this pack, too")
    options = parser.parse_args()
    cities = tuple(asking.city(name) for name in options.cities.split(","))
    windows = tuple(Window(*map(int, one.split(":"))) for one in options.windows.split(","))
    start = time.perf_counter()
    folder = asking.registry(Path(options.registry) if options.registry else None)
    question = runs.Question(cities, windows, options.seed)
    pack = asking.pack(options.pack) if options.pack else None
    run = runs.targets(folder, question, told=_say, pack=pack)
    best = summaries.best_rule(summaries.lines(run))
    told: dict[str, object] = {
        "cities": len({one.city.code for one in run.trials}),
        "trials": len(run.trials),
        "came": sum(one.came for one in run.trials),
        "best_rule": best.model if best else None,
        "target": TARGETS,
    }
    for model in (trials.LOGISTIC, trials.BOOSTED):
        for kind in KINDS:
            for rule in dict.fromkeys((rules.PEER, best.model if best else rules.PEER)):
                found = summaries.ratios(run, model, rule, kind)
                name = f"{model} / {rule}, {kind}"
                told[name] = {figure: _spread(value) for figure, value in found.items()}
                print(name, told[name], flush=True)
    told |= _desk(run)
    told["seconds"] = round(time.perf_counter() - start, 1)
    print(json.dumps(told, ensure_ascii=False))


def _desk(run: runs.Run) -> dict[str, object]:
    """The hit rate of the desk's lists against each rule, on those whose group was not there."""
    if run.desk is None:
        return {}
    rows = track_records.overall(run.desk, track_records.Ground.of(run))
    told: dict[str, object] = {}
    for row in rows:
        for one in row["rules"]:
            name = f"{one['rule']}, first {row['k']} of each chain"
            told[name] = {
                field: one[field] for field in ("hits", "listed", "ratio", "ratio_interval")
            }
            print(name, told[name], flush=True)
    return told


def _say(step: str) -> None:
    print(step, file=sys.stderr, flush=True)


def _spread(one: Estimate) -> list[float | None]:
    return [None if value != value else round(value, 3) for value in (one.value, one.low, one.high)]  # noqa: PLR0124 -- NaN


if __name__ == "__main__":
    main()
