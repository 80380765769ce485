"""`yipanqi studies`: diagnosis and target lists of every chain, renewed from the registry."""

import argparse
import sys

from yipanqi.delivery.jobs import studies
from yipanqi.engine import stores
from yipanqi.rulebook.library import NotInForce
from yipanqi.vocab.actors import HOUSE


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `studies` to the command line."""
    parser = commands.add_parser("studies", help="研判：按现行登记数据与规则更新各产业链")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="动作")
    refresh = verbs.add_parser("refresh", help="更新全部产业链的诊断与招引目标；已是最新的跳过")
    refresh.set_defaults(run=_refresh)


def _refresh(_: argparse.Namespace) -> int:
    """Renew every chain; 0 when done, 2 with a sentence when data or rules are not there."""
    try:
        for told in studies.refresh(by=HOUSE):
            print(told, flush=True)
    except (stores.NothingPublished, studies.CityUnknown, NotInForce) as refused:
        print(refused, file=sys.stderr)
        return 2
    return 0
