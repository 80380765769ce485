"""`yipanqi backtest targets`: how often the groups a list named really came, window by window."""

import argparse
import importlib
import json
import re
import sys
from pathlib import Path

from yipanqi.delivery.cli.analysis import asking
from yipanqi.engine import stores
from yipanqi.engine.backtests.windows import Window
from yipanqi.engine.indices import NoRegistry

_MOST_YEARS = 10


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `backtest targets` to the command line."""
    parser = subparsers.add_parser("backtest", help="回测：名单上的企业后来真的来了多少")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="回测")
    asked = verbs.add_parser(
        "targets",
        help="以往年份的外地集团名单，与此后几年实际落户对照；同一数据同一种子，逐字节相同",
    )
    asked.add_argument("--cities", help="城市，逗号分隔，如 长沙,武汉；不给则为各省会")
    asked.add_argument(
        "--windows", default="2002:3,2005:3,2008:3", help="窗口，如 2005:3 表示 2005 年底为准看三年"
    )
    asked.add_argument("--seed", type=int, default=7, help="随机种子，默认 7")
    asked.add_argument("--registry", type=Path, help="登记数据目录，默认为最近发布的一批")
    asked.add_argument(
        "--pack",
        type=Path,
        help="规则包目录；给出时另按产业链列命中率，并回测本榜（desk.csv、track_record.json）",
    )
    asked.add_argument("--out", type=Path, help="结果目录，默认在研判目录下的 backtests")
    asked.add_argument("--format", choices=("table", "json"), default="table")
    asked.set_defaults(run=targets)


def targets(options: argparse.Namespace) -> int:
    """Run the backtest and write its files; 0 when done, 2 with one sentence when it cannot be."""
    try:
        importlib.import_module("lightgbm")
        importlib.import_module("sklearn")
    except ImportError as lacking:
        print(f"回测缺少 {lacking.name}，请先安装 yipanqi[engine,ml]", file=sys.stderr)
        return 2
    try:
        return _judge(options)
    except (asking.CannotAnswer, NoRegistry) as cannot:
        print(cannot, file=sys.stderr)
        return 2


def _judge(options: argparse.Namespace) -> int:
    from yipanqi.delivery.cli.analysis import backtest_tables  # noqa: PLC0415 -- needs [ml]
    from yipanqi.engine.backtests import runs, summaries, written  # noqa: PLC0415 -- needs [ml]

    named = (options.cities or "").replace("，", ",").split(",")
    cities = tuple(asking.city(name) for name in named if name.strip()) or runs.default_cities()
    question = runs.Question(cities, _windows(options.windows), options.seed)
    registry = asking.registry(options.registry)
    pack = asking.pack(options.pack) if options.pack else None
    run = runs.targets(registry, question, told=_say, pack=pack)
    shelf = stores.shelf(stores.Kind.STUDIES) / "backtests"
    folder = written.write(run, options.out or shelf / f"{run.snapshot}-{question.seed}")
    told = summaries.lines(run)
    if options.format == "json":
        print(json.dumps(written.told_of(run, told), ensure_ascii=False, indent=1))
    else:
        print(backtest_tables.shown(run, told))
        print(f"全部表和图：{folder}")
    return 0


def _say(step: str) -> None:
    print(step, file=sys.stderr, flush=True)


def _windows(text: str) -> tuple[Window, ...]:
    """The windows as typed, in the order of years. Raises CannotAnswer."""
    found = []
    for part in text.replace("，", ",").replace("：", ":").split(","):
        matched = re.fullmatch(r"\s*((?:19|20)\d\d):(\d{1,2})\s*", part, re.ASCII)
        length = int(matched[2]) if matched else 0
        if matched is None or not 0 < length <= _MOST_YEARS:
            raise asking.CannotAnswer(
                f"看不懂窗口“{part}”，请写成 年份:年数，如 2005:3（1 到 {_MOST_YEARS} 年）"
            )
        found.append(Window(int(matched[1]), length))
    return tuple(sorted(set(found), key=lambda one: (one.year, one.length)))
