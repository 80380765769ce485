"""`yipanqi reports`: papers on a chain, on a city, on two cities, as HTML, Word or PDF."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from yipanqi.delivery.cli.analysis import asking
from yipanqi.delivery.papers import chain_report, city_report, comparison, formats, measured
from yipanqi.delivery.papers.content import Report
from yipanqi.engine import cities, diagnosis, spreads, targets
from yipanqi.engine.cities import Ground
from yipanqi.engine.indices import NoRegistry
from yipanqi.rulebook.packs import Pack

TOP, MOST = 20, 200


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `reports chain`, `reports city` and `reports compare` to the command line."""
    parser = subparsers.add_parser("reports", help="报告：全景图、现状图、缺口、目标、两城对比")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="报告")
    chain = verbs.add_parser("chain", help="一个城市一条产业链的报告")
    chain.add_argument("--chain", required=True, help="产业链：名称或代码，如 工程机械")
    _add_options(chain, chain_paper)
    _add_top(chain)
    city = verbs.add_parser("city", help="一个城市全部产业链的总览报告")
    _add_options(city, city_paper)
    _add_top(city)
    compare = verbs.add_parser("compare", help="两个城市逐链逐环节对比")
    compare.add_argument("--with", dest="other", required=True, help="另一个城市")
    compare.add_argument("--chain", help="只比一条产业链；不给则全部")
    _add_options(compare, comparing_paper)


def chain_paper(options: argparse.Namespace) -> Report:
    """The paper on one chain in one city."""
    pack = asking.pack(options.pack)
    tables = pack.chains(on=pack.newest)
    city = asking.city(options.city)
    chain = asking.chain(options.chain, tables.chains).chain
    registry = asking.registry(options.registry)
    ranked = targets.rank(registry, pack, city=city, chain=chain, top=options.top)
    over = spreads.spread(_ground(registry, pack), chain=chain, city=city)
    return chain_report.report(measured.of_ranking(ranked, tables, over))


def city_paper(options: argparse.Namespace) -> Report:
    """The paper on all chains of a city."""
    pack = asking.pack(options.pack)
    tables = pack.chains(on=pack.newest)
    city = asking.city(options.city)
    registry = asking.registry(options.registry)
    chains = [row.chain for row in tables.chains]
    ranked = targets.rank_chains(registry, pack, city=city, chains=chains, top=options.top)
    ground = _ground(registry, pack)
    found = [
        measured.of_ranking(each, tables, spreads.spread(ground, chain=chain, city=city))
        for chain, each in zip(chains, ranked, strict=True)
    ]
    return city_report.report(found, city.short_name, top=options.top)


def comparing_paper(options: argparse.Namespace) -> Report:
    """The paper on two cities, in one chain or in all."""
    pack = asking.pack(options.pack)
    tables = pack.chains(on=pack.newest)
    cities = asking.city(options.city), asking.city(options.other)
    if cities[0] == cities[1]:
        raise asking.CannotAnswer(f"两边都是{cities[0].short_name}，请给 --with 换一个城市")
    registry = asking.registry(options.registry)
    chains = [row.chain for row in tables.chains]
    if options.chain:
        chains = [asking.chain(options.chain, tables.chains).chain]
    sides = [
        [
            measured.of_diagnosis(each, tables)
            for each in diagnosis.diagnose_every_chain(registry, pack, city=city, chains=chains)
        ]
        for city in cities
    ]
    return comparison.report(sides[0], sides[1])


def _ground(registry: Path, pack: Pack) -> Ground:
    """Where the facts of every city are kept, worked out first where they are not."""
    day = pack.newest
    ground = Ground.of(registry, pack.chains(on=day), pack.library.diagnosis(on=day))
    cities.kept(ground)
    return ground


def _add_top(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--top", type=_positive, default=TOP, help=f"列出多少家目标，默认 {TOP}")


def _add_options(
    parser: argparse.ArgumentParser, paper: Callable[[argparse.Namespace], Report]
) -> None:
    parser.add_argument("--city", required=True, help="城市：名称或代码，如 长沙、430100")
    parser.add_argument("--registry", type=Path, help="登记数据目录，默认为最近发布的一批")
    parser.add_argument("--pack", type=Path, default=Path("packs/changsha"), help="规则包目录")
    parser.add_argument(
        "--format", choices=[form.value for form in formats.Format], default="html", help="格式"
    )
    parser.add_argument("--out", type=Path, required=True, help="写到哪个文件")
    parser.add_argument("--fonts", type=Path, help="另找中文字体的目录（PDF 和 Word 里的图要用）")
    parser.set_defaults(run=lambda options: _write(options, paper))


def _write(options: argparse.Namespace, paper: Callable[[argparse.Namespace], Report]) -> int:
    """Write the paper; 0 when done, 2 with one sentence when it cannot be."""
    try:
        made = formats.written(
            paper(options), formats.Format(options.format), font_folder=options.fonts
        )
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_bytes(made)
    except (asking.CannotAnswer, NoRegistry, formats.CannotWrite) as cannot:
        print(cannot, file=sys.stderr)
        return 2
    except OSError as refused:
        print(f"写不了 {options.out}：{refused.strerror}，请换一个位置", file=sys.stderr)
        return 2
    print(f"已写好 {options.out}（{len(made):,} 字节）")
    return 0


def _positive(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) <= MOST:
        return int(text)
    raise argparse.ArgumentTypeError(f"“{text}”不是 1 到 {MOST} 的整数")
