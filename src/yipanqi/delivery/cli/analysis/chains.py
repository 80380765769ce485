"""`yipanqi chains diagnose`: each link of a chain in a city, strong, weak or missing, and why."""

import argparse
import json
import sys
from typing import Any

from yipanqi.delivery.cli.analysis import asking, columns, comparison
from yipanqi.engine import diagnosis
from yipanqi.engine.diagnosis import Diagnosis, LinkDiagnosis, Supplier
from yipanqi.engine.forecasts import links
from yipanqi.engine.forecasts.entry import AHEAD
from yipanqi.engine.indices import NoRegistry
from yipanqi.engine.measures import link_trends
from yipanqi.rulebook.chains import Position
from yipanqi.rulebook.verdicts import Status

_HEAD = (
    "环节",
    "位置",
    "判定",
    "做法",
    "本市家数",
    "另销售",
    "注册资本万元",
    "区位商",
    "最近优势城市",
)
_RIGHT = frozenset({4, 5, 6, 7})
_LIKELIEST = 5


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `chains diagnose` to the command line."""
    parser = subparsers.add_parser("chains", help="产业链：按城市诊断强弱缺")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="诊断")
    asked = verbs.add_parser("diagnose", help="逐环节判强、弱、缺，给出强链补链延链育链的理由")
    asking.add_options(asked)
    asked.set_defaults(run=diagnose)
    comparison.add(verbs)


def diagnose(options: argparse.Namespace) -> int:
    """Print the diagnosis; 0 when done, 2 with one sentence when it cannot be."""
    try:
        pack = asking.pack(options.pack)
        city = asking.city(options.city)
        chains = asking.chains(options.chain, pack.chains(on=pack.newest).chains)
        registry = asking.registry(options.registry)
        codes = [one.chain for one in chains]
        every = diagnosis.diagnose_every_chain(registry, pack, city=city, chains=codes)
        found = tuple(every)
    except (asking.CannotAnswer, NoRegistry) as cannot:
        print(cannot, file=sys.stderr)
        return 2
    if options.format == "json":
        rows = [written(link, one) for one in found for link in one.links]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    pages = [
        shown(one, chain.title, pack.sample_label) for chain, one in zip(chains, found, strict=True)
    ]
    print("\n\n".join(pages))
    return 0


def written(link: LinkDiagnosis, found: Diagnosis) -> dict[str, Any]:
    """One link as JSON."""
    return {
        "link": link.link,
        "link_code": link.link_code,
        "chain": found.chain,
        "city": found.city,
        "position": link.position,
        "local_enterprises": link.local_enterprises,
        "local_traders": link.local_traders,
        "local_capital_wan": float(link.local_capital_wan),
        "capital_not_counted": link.capital_not_counted,
        "national_enterprises": link.national_enterprises,
        "quotient": None if link.quotient is None else float(link.quotient),
        "local_customers": link.local_customers,
        "local_suppliers": link.local_suppliers,
        "strong_cities": link.strong_cities,
        "suppliers": [_supplier(one) for one in link.suppliers],
        "status": link.status,
        "status_label": Status(link.status).label,
        "action": link.action,
        "reason": link.reason,
        "rule": link.rule,
        "source": link.source,
        "sample": link.sample,
        "as_of": found.as_of,
        "synthetic": found.synthetic,
        "sheet": found.sheet,
        "trend": link_trends.told(link.trend) if link.trend else None,
        "grade": link.grade,
        "forecast": links.written(link.forecast, (link.forecast_note, link.grade_note)),
    }


def _supplier(one: Supplier) -> dict[str, Any]:
    return {
        "city": one.city,
        "code": one.code,
        "enterprises": one.enterprises,
        "quotient": float(one.quotient),
        "km": one.km,
    }


def shown(found: Diagnosis, chain: str, sample_label: str) -> str:
    """The diagnosis as a table with its reasons below, for a terminal."""
    rows = [
        (
            one.link,
            Position(one.position).label,
            Status(one.status).label,
            one.action,
            f"{one.local_enterprises:,}",
            f"{one.local_traders:,}",
            f"{one.local_capital_wan:,.0f}",
            "未知" if one.quotient is None else f"{one.quotient:.2f}",
            "、".join(f"{near.city} {near.km}公里" for near in one.suppliers) or "—",
        )
        for one in found.links
    ]
    made = "，合成数据" if found.synthetic else ""
    title = f"{found.city} · {chain}（数据截至 {found.as_of or '未注明'}{made}）"
    reasons = [
        f"{one.link}：{one.reason}［{one.rule}{'，' + sample_label if one.sample else ''}，"
        f"证据{one.grade}级］"
        for one in found.links
    ]
    table = columns.table(_HEAD, rows, right=_RIGHT)
    note = "家数不含只做销售的；注册资本只计人民币；所依规则：" + found.sheet
    likely = ["", "今后五年最可能成为专长", *_likely(found)]
    return "\n".join([title, "", table, "", "理由", *reasons, *likely, "", note])


def _likely(found: Diagnosis) -> list[str]:
    """The links with the best forecasts and how such forecasts fared, or why there are none."""
    known = [(one.link, one.forecast) for one in found.links if one.forecast]
    if not known:
        return sorted({one.forecast_note for one in found.links})
    known.sort(key=lambda pair: pair[1].rank)
    first, tried = known[0][1], known[0][1].tried
    told = [
        f"{link}：得分 {one.score}，在本市 {one.among} 个尚非专长的环节里排第 {one.rank}"
        for link, one in known[:_LIKELIEST]
    ]
    told.append(
        f"按{first.as_of_year}年底登记，同类平均 {first.base_rate}；"
        f"模型 {first.model} {first.model_digest[:12]}"
    )
    if tried is None:
        return [*told, "没有更早的完整年份可供检验这个预测"]
    window = f"{tried.year}年预测{tried.year + AHEAD}年"
    told.append(
        f"检验（{window}，{tried.cities}个城市各取前{tried.first}）："
        f"{tried.hits}/{tried.listed} 成真；一行规则“离专长最近”{tried.rule_hits}/{tried.listed}"
    )
    return told
