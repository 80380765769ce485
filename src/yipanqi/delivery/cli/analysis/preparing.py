"""`yipanqi registry prepare`: what diagnoses and rankings read, worked out ahead, also on Spark."""

import argparse
import os
import sys
from pathlib import Path

from yipanqi.delivery.cli.analysis import asking
from yipanqi.engine import offers, sessions
from yipanqi.engine.indices import NoRegistry
from yipanqi.engine.sessions import NoSpark
from yipanqi.engine.terms import TermBook

Subparsers = argparse._SubParsersAction  # noqa: SLF001 -- argparse gives the type no public name


def add_verb(verbs: "Subparsers[argparse.ArgumentParser]") -> None:
    """Add `prepare` to `registry`."""
    asked = verbs.add_parser("prepare", help="预先算好诊断和排序要读的表，可用 Spark 集群")
    asked.add_argument("--registry", type=Path, help="登记数据目录，默认为最近发布的一批")
    asked.add_argument("--pack", type=Path, default=Path("packs/changsha"), help="规则包目录")
    asked.add_argument(
        "--spark",
        metavar="地址",
        default=os.environ.get("YIPANQI_SPARK"),
        help="Spark 集群，如 spark://10.0.0.1:7077；默认取 YIPANQI_SPARK，没有则在本机算",
    )
    asked.set_defaults(run=prepare)


def prepare(options: argparse.Namespace) -> int:
    """Make what is missing; 0 when all stands, 2 with one sentence when it cannot be."""
    try:
        pack = asking.pack(options.pack)
        registry = asking.registry(options.registry)
        book = TermBook(pack.chains(on=pack.newest).terms)
        file = _kept(registry, book, options.spark)
    except (asking.CannotAnswer, NoRegistry, NoSpark) as cannot:
        print(cannot, file=sys.stderr)
        return 2
    where = f"Spark 集群 {options.spark}" if options.spark else "本机"
    print(f"已备好（{where}）：{file.parents[1]}；诊断和排序会直接读取")
    return 0


def _kept(registry: Path, book: TermBook, spark: str | None) -> Path:
    if spark:
        sessions.insist_on_spark()
        from yipanqi.engine.spark import keeping  # noqa: PLC0415 -- few have it installed

        keeping.keep(registry, book, master=spark)
    else:
        with sessions.measures() as session:
            offers.kept(registry, book, session)
    return offers.place(registry, book)
