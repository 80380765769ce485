"""`yipanqi measures show`: how a city stands in each link, measure beside measure."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from yipanqi.delivery.cli.analysis import asking, columns
from yipanqi.engine.indices import NoRegistry
from yipanqi.engine.measures import profile
from yipanqi.engine.measures.profile import Profile, Row

_HEAD = (
    "环节", "家数", "区位商", "优势", "份额", "位次", "关联密度", "复杂度", "集中度", "趋势",
)  # fmt: skip
_RIGHT = frozenset(range(1, 9))


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `measures show` to the command line."""
    parser = subparsers.add_parser("measures", help="度量：一个城市在各环节的强弱、远近和趋势")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="动作")
    asked = verbs.add_parser("show", help="逐环节列出区位商、优势、份额、关联、复杂度、趋势")
    asked.add_argument("--city", required=True, help="城市：名称或代码，如 长沙、430100")
    narrowed = asked.add_mutually_exclusive_group()
    narrowed.add_argument("--chain", help="只看一条产业链：名称或代码，如 工程机械")
    narrowed.add_argument(
        "--by", choices=("link", "gbt"), default="link", help="按环节，或按国民经济行业大类"
    )
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
        found = profile.profile(
            asking.registry(options.registry),
            tables,
            city=city,
            chain=chain,
            by_class=options.by == "gbt",
        )
    except (asking.CannotAnswer, NoRegistry) as cannot:
        print(cannot, file=sys.stderr)
        return 2
    names = {row.link: row.name for row in tables.links}
    if options.format == "json":
        print(json.dumps(_written(found, names), ensure_ascii=False, indent=2))
    else:
        print(_shown(found, names))
    return 0


def _written(found: Profile, names: dict[str, str]) -> dict[str, Any]:
    return {
        "city": found.city.short_name,
        "city_code": found.city.code,
        "as_of": found.as_of,
        "synthetic": found.synthetic,
        "concentration": _number(found.concentration),
        "difference": _number(found.difference),
        "complexity": _number(found.complexity),
        "missing_years": found.missing,
        "links": [_row(row, names) for row in found.rows],
    }


def _row(row: Row, names: dict[str, str]) -> dict[str, Any]:
    return {
        "link": names.get(row.link, row.link),
        "link_code": row.link,
        "enterprises": row.enterprises,
        "quotient": float(row.quotient),
        "advantage": float(row.advantage),
        "share": float(row.share),
        "standing": row.standing,
        "density": float(row.density),
        "complexity": _number(row.complexity),
        "concentration": float(row.concentration),
        "trend": row.trend.trend,
        "trend_label": row.trend.trend.label,
        "yearly": _number(row.trend.yearly),
        "yearly_low": _number(row.trend.low),
        "yearly_high": _number(row.trend.high),
        "years_known": row.trend.years,
    }


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _shown(found: Profile, names: dict[str, str]) -> str:
    rows = [
        (
            names.get(row.link, row.link),
            f"{row.enterprises:,}",
            f"{row.quotient:.2f}",
            f"{row.advantage:.2f}",
            f"{row.share:.4f}",
            f"{row.standing}",
            f"{row.density:.2f}",
            "未知" if row.complexity is None else f"{row.complexity:.2f}",
            f"{row.concentration:.4f}",
            row.trend.trend.label,
        )
        for row in found.rows
    ]
    made = "，合成数据" if found.synthetic else ""
    title = f"{found.city.short_name}（数据截至 {found.as_of or '未注明'}{made}）"
    whole = (
        f"全市：环节集中度 {_or_unknown(found.concentration)}，"
        f"与其余各市的差异 {_or_unknown(found.difference)}，"
        f"复杂度 {_or_unknown(found.complexity)}"
    )
    gone = "、".join(map(str, found.missing)) or "无"
    note = f"趋势看近{profile.YEARS}年新登记，其中缺失的年份：{gone}；家数不含只做销售的"
    return "\n".join([title, whole, "", columns.table(_HEAD, rows, right=_RIGHT), "", note])


def _or_unknown(value: Any) -> str:
    return "未知" if value is None else f"{value}"
