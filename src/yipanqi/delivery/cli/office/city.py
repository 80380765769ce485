"""`yipanqi city`: the database's tables, and the city's pack taken into force."""

import argparse
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from yipanqi.delivery.cli.office import city_proposals
from yipanqi.domain.industries.services import loading as industries
from yipanqi.domain.intake.services import packs
from yipanqi.domain.people.services import units
from yipanqi.domain.places.services import loading as places
from yipanqi.rulebook.faults import SheetFaults
from yipanqi.rulebook.library import NotInForce
from yipanqi.vocab import clock
from yipanqi.vocab.actors import HOUSE


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `city` to the command line."""
    parser = commands.add_parser("city", help="建库并装入城市规则包")
    parser.add_argument(
        "action",
        choices=["migrate", "load", "propose"],
        help="migrate 只建表；load 建表并装入规则包；propose 从产品图谱导入产业链提议",
    )
    parser.add_argument(
        "--pack", type=Path, default=None, help="规则包目录，默认取设置 YIPANQI_CITY_PACK"
    )
    parser.add_argument("--graph", type=Path, help="产品图谱 CSV：from_product,to_product,relation")
    parser.add_argument("--chain", default="", help="只为一条产业链提议，默认全部")
    parser.add_argument("--most", type=int, default=40, help="每条产业链每类最多几条，默认 40")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Build the tables, and load the pack or take in suggestions when asked."""
    migrate()
    if args.action == "propose":
        return _propose(args)
    if args.action == "load":
        try:
            print(load(args.pack or Path(settings.CITY_PACK)))
        except SheetFaults as found:
            print(found, file=sys.stderr)
            return 1
    return 0


def _propose(args: argparse.Namespace) -> int:
    if args.graph is None:
        print("请用 --graph 给出产品图谱文件", file=sys.stderr)
        return 2
    try:
        for line in city_proposals.propose(args.graph, chain=args.chain, most=args.most):
            print(line)
    except (city_proposals.NotAGraph, NotInForce) as refusal:
        print(refusal, file=sys.stderr)
        return 2
    return 0


def migrate() -> None:
    """Bring every table, the cache's among them, to this release; safe to repeat."""
    Path(settings.HOME).mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def load(path: Path) -> str:
    """Take the pack into force and rebuild what depends on it; a sentence of what there is now."""
    pack = packs.take_in(path, by=HOUSE)
    today = clock.today()
    tables = pack.chains(on=today)
    chains = {row.office_unit: row.chain for row in tables.chains}
    units.load(pack.units, by=HOUSE, chains=chains)
    parks = places.load(pack.parks, focus=pack.library.focus(on=today))
    links = industries.load(tables, valid_from=pack.chains_since(on=today))
    return (
        f"{pack.name}：单位 {len(pack.units)} 个，园区 {parks} 个，"
        f"产业链 {len(tables.chains)} 条、环节 {links} 个"
    )
