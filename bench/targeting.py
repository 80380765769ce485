"""How much better the learned target lists are than provinces × how often the trade came.

Usage: python bench/targeting.py [REGISTRY] [--cities 长沙,武汉] [--windows 2005:3] [--seed 7]
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
from yipanqi.engine.backtests import rules, runs, strata, summaries, trials
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
    options = parser.parse_args()
    cities = tuple(asking.city(name) for name in options.cities.split(","))
    windows = tuple(Window(*map(int, one.split(":"))) for one in options.windows.split(","))
    start = time.perf_counter()
    folder = asking.registry(Path(options.registry) if options.registry else None)
    run = runs.targets(folder, runs.Question(cities, windows, options.seed), told=_say)
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
    told["seconds"] = round(time.perf_counter() - start, 1)
    print(json.dumps(told, ensure_ascii=False))


def _say(step: str) -> None:
    print(step, file=sys.stderr, flush=True)


def _spread(one: Estimate) -> list[float | None]:
    return [None if value != value else round(value, 3) for value in (one.value, one.low, one.high)]  # noqa: PLR0124 -- NaN


if __name__ == "__main__":
    main()
