"""`yipanqi measures show`: how a city stands in each link, measure beside measure."""

import argparse
import json
import sys
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from yipanqi.delivery.cli.analysis import asking, columns, measures_json
from yipanqi.engine.cities import Ground
from yipanqi.engine.indices import NoRegistry
from yipanqi.engine.measures import coverage, profile
from yipanqi.engine.measures.profile import Profile, Row
from yipanqi.engine.measures.proximity import Near
from yipanqi.vocab import regions

_HEAD = (
    "环节", "家数", "区位商", "优势", "份额", "位次", "关联密度", "复杂度", "集中度", "趋势",
    "年均增长", "进退", "最近强供应方",
)  # fmt: skip
_RIGHT = frozenset({*range(1, 9), 10})


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `measures show` to the command line."""
    parser = subparsers.add_parser("measures", help="度量：一个城市在各环节的强弱、远近和趋势")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="动作")
    asked = verbs.add_parser("show", help="逐环节列出区位商、优势、份额、关联、复杂度、趋势、进退")
    asked.add_argument("--city", required=True, help="城市：名称或代码，如 长沙、430100")
    narrowed = asked.add_mutually_exclusive_group()
    narrowed.add_argument("--chain", help="只看一条产业链：名称或代码，如 工程机械")
    narrowed.add_argument(
        "--by", choices=("link", "gbt"), default="link", help="按环节，或按国民经济行业大类"
    )
    asked.add_argument("--with", dest="beside", help="再给一个城市，算两市结构差异（克鲁格曼指数）")
    asked.add_argument("--registry", type=Path, help="登记数据目录，默认为最近发布的一批")
    asked.add_argument("--pack", type=Path, default=Path("packs/changsha"), help="规则包目录")
    asked.add_argument("--format", choices=("table", "json"), default="table")
    asked.set_defaults(run=show)


def show(options: argparse.Namespace) -> int:
    """Print the measures; 0 when done, 2 with one sentence when they cannot be had."""
    try:
        pack = asking.pack(options.pack)
        tables = pack.chains(on=pack.newest)
        city = asking.city(options.city)
        chain = asking.chain(options.chain, tables.chains).chain if options.chain else None
        beside = asking.city(options.beside) if options.beside else None
        ground = Ground.of(
            asking.registry(options.registry), tables, pack.library.diagnosis(on=pack.newest)
        )
        by_class = options.by == "gbt"
        found = profile.profile(ground, city=city, chain=chain, by_class=by_class, beside=beside)
    except (asking.CannotAnswer, NoRegistry) as cannot:
        print(cannot, file=sys.stderr)
        return 2
    names = {row.link: row.name for row in tables.links}
    if options.format == "json":
        print(json.dumps(measures_json.written(found, names), ensure_ascii=False, indent=2))
    else:
        print(_shown(found, names))
    return 0


def _shown(found: Profile, names: Mapping[str, str]) -> str:
    rows = [_cells(row, names) for row in found.rows]
    made = "，合成数据" if found.synthetic else ""
    title = f"{found.city.short_name}（数据截至 {found.as_of or '未注明'}{made}）"
    whole = (
        f"全市：环节集中度 {_or_unknown(found.concentration)}，"
        f"与其余各市的差异 {_or_unknown(found.difference)}，"
        f"复杂度 {_or_unknown(found.complexity)}"
    )
    if found.beside:
        whole += f"，与{found.beside.short_name}的差异 {_or_unknown(found.apart)}"
    table = columns.table(_HEAD, rows, right=_RIGHT)
    return "\n".join([title, whole, "", table, "", *_notes(found)])


def _cells(row: Row, names: Mapping[str, str]) -> tuple[str, ...]:
    one, grown = row.standing, row.trend.growth
    near = min(row.suppliers, key=lambda supplier: supplier.km, default=None)
    return (
        names.get(row.link, row.link),
        f"{one.enterprises:,}",
        f"{one.quotient:.2f}",
        f"{one.advantage:.2f}",
        f"{one.share:.4f}",
        f"{one.place}",
        f"{one.density:.2f}",
        "未知" if one.complexity is None else f"{one.complexity:.2f}",
        f"{one.concentration:.4f}",
        row.trend.judgement.trend.label,
        "未知" if grown.yearly is None else f"{grown.yearly:+.1%}（{_ends(row)}）",
        row.moved.change.label if row.moved.change else "—",
        "—" if near is None else _near(near, names),
    )


def _ends(row: Row) -> str:
    here = {one.year: one.here for one in row.trend.years}
    grown = row.trend.growth
    return f"{here[grown.since]}→{here[grown.until]}"


def _near(near: Near, names: Mapping[str, str]) -> str:
    place = regions.by_code()[near.place].short_name
    return f"{names.get(near.supplier, near.supplier)} {place} {near.km}公里"


def _notes(found: Profile) -> list[str]:
    gone = coverage.years_told(found.missing) or "无"
    moved = found.movement
    changed = moved.reason or (
        f"进退看{moved.since}年末到{moved.until}年末，只在{moved.comparable}个登记完整的城市之间比"
    )
    trend = (
        f"趋势看近{profile.YEARS}年新登记，其中缺失的年份：{gone}；年均增长取其中最长的一段不缺的"
        "年份，括号里是首末两年家数；家数不含只做销售的"
    )
    return [trend, f"{changed}；强供应方按本市诊断规则判，距离为直线"]


def _or_unknown(value: Decimal | None) -> str:
    return "未知" if value is None else f"{value}"
