"""`yipanqi chains compare`: two cities side by side in each link of a chain."""

import argparse
import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

from yipanqi.delivery.cli.analysis import asking, columns
from yipanqi.engine import cities, comparisons
from yipanqi.engine.cities import Ground
from yipanqi.engine.comparisons import Comparison, Pair, Side
from yipanqi.engine.indices import NoRegistry
from yipanqi.rulebook.chains import Position

_RIGHT = frozenset({2, 4, 5, 6, 8, 9, 10})


def add(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `compare` to the verbs of `chains`."""
    asked = verbs.add_parser("compare", help="两城对比：逐环节并排，谁强谁缺")
    asked.add_argument("--city", required=True, help="城市：名称或代码，如 长沙、430100")
    asked.add_argument("--with", dest="beside", required=True, help="另一个城市，如 徐州")
    asked.add_argument("--chain", required=True, help="产业链：名称或代码，如 工程机械")
    asked.add_argument("--registry", type=Path, help="登记数据目录，默认为最近发布的一批")
    asked.add_argument("--pack", type=Path, default=Path("packs/changsha"), help="规则包目录")
    asked.add_argument("--format", choices=("table", "json"), default="table")
    asked.set_defaults(run=compare)


def compare(options: argparse.Namespace) -> int:
    """Print the two cities; 0 when done, 2 with one sentence when it cannot be.

    The facts of every city are worked out first where they are not kept yet.
    """
    try:
        pack = asking.pack(options.pack)
        tables = pack.chains(on=pack.newest)
        first, second = asking.city(options.city), asking.city(options.beside)
        chain = asking.chain(options.chain, tables.chains)
        registry = asking.registry(options.registry)
        ground = Ground.of(registry, tables, pack.library.diagnosis(on=pack.newest))
        cities.kept(ground)
    except (asking.CannotAnswer, NoRegistry) as cannot:
        print(cannot, file=sys.stderr)
        return 2
    found = comparisons.compare(ground, chain=chain.chain, first=first, second=second)
    if options.format == "json":
        print(json.dumps(_written(found), ensure_ascii=False, indent=2))
    else:
        print(_shown(found, chain.title))
    return 0


def _written(found: Comparison) -> dict[str, Any]:
    return {
        "chain": found.chain,
        "city": found.first.short_name,
        "with": found.second.short_name,
        "km": found.km,
        "difference": _number(found.difference),
        "as_of": found.as_of,
        "synthetic": found.synthetic,
        "snapshot": found.snapshot,
        "sheet": found.sheet,
        "all_city": found.all_first,
        "all_with": found.all_second,
        "all_national": found.all_national,
        "links": [
            {
                "link": pair.link,
                "link_code": pair.link_code,
                "position": pair.position,
                "national_enterprises": pair.national,
                "strong_in": pair.lead,
                "complements": pair.complements,
                "city": _side(pair.first),
                "with": _side(pair.second),
            }
            for pair in found.pairs
        ],
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "enterprises": side.enterprises,
        "traders": side.traders,
        "capital_wan": float(side.capital_wan),
        "capital_not_counted": side.capital_not_counted,
        "quotient": _number(side.quotient),
        "share_of_nation": _number(side.share),
        "share_of_city": _number(side.part),
        "local_customers": side.customers,
        "local_suppliers": side.suppliers,
        "status": side.status,
        "status_label": side.status.label,
        "action": side.action,
        "reason": side.reason,
        "rule": side.rule,
        "sample": side.sample,
    }


def _shown(found: Comparison, chain: str) -> str:
    both = (found.first.short_name, found.second.short_name)
    head = (
        "环节", "位置", "全国",
        *(f"{city}{word}" for city in both for word in ("判定", "家数", "占全国", "区位商")),
    )  # fmt: skip
    made = "，合成数据" if found.synthetic else ""
    title = f"{both[0]}与{both[1]} · {chain}（数据截至 {found.as_of or '未注明'}{made}）"
    apart = "未知" if found.difference is None else str(found.difference)
    told = f"结构差异 {apart}（0 相同，2 全异），直线相距 {found.km} 公里"
    table = columns.table(head, [_cells(pair) for pair in found.pairs], right=_RIGHT)
    strong = [
        f"{both[0]}强、{both[1]}缺：{_named(found, comparisons.Lead.FIRST)}",
        f"{both[1]}强、{both[0]}缺：{_named(found, comparisons.Lead.SECOND)}",
    ]
    note = f"家数不含只做销售的；两市同按 {found.sheet} 判，不用成长预测"
    return "\n".join([title, told, "", table, "", *strong, "", note])


def _cells(pair: Pair) -> tuple[str, ...]:
    sides = (
        cell
        for side in (pair.first, pair.second)
        for cell in (
            side.status.label,
            f"{side.enterprises:,}",
            "未知" if side.share is None else f"{side.share:.1%}",
            "未知" if side.quotient is None else f"{side.quotient:.2f}",
        )
    )
    return (pair.link, Position(pair.position).label, f"{pair.national:,}", *sides)


def _named(found: Comparison, lead: comparisons.Lead) -> str:
    return "、".join(
        pair.link for pair in found.pairs if pair.complements and pair.lead is lead
    ) or "无"  # fmt: skip


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
