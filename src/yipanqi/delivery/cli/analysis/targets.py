"""`yipanqi targets`: enterprises outside a city worth approaching, each with its working."""

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Any

from yipanqi.delivery.cli.analysis import affiliates, asking
from yipanqi.engine import targets
from yipanqi.engine.indices import NoRegistry
from yipanqi.engine.targets import Ranking, Target
from yipanqi.rulebook.chains import Chain, Link


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `targets` and its verbs to the command line."""
    parser = subparsers.add_parser("targets", help="招引目标：按城市、产业链、环节排序")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="排序")
    asked = verbs.add_parser("rank", help="列出本市以外最值得接洽的企业，附得分构成和证据")
    asking.add_options(asked)
    asked.add_argument("--link", help="环节：名称或代码，如 液压件；不给则整条产业链")
    asked.add_argument("--top", type=asking.length, default=50, help="列出多少家，默认 50")
    asked.set_defaults(run=rank)
    affiliates.register(verbs)


def rank(options: argparse.Namespace) -> int:
    """Print the list; 0 when done, 2 with one sentence when it cannot be."""
    try:
        pack = asking.pack(options.pack)
        tables = pack.chains(on=pack.newest)
        city = asking.city(options.city)
        chains = asking.chains(options.chain, tables.chains)
        link = _link(options.link, chains, tables.links)
        if link:
            chains = [one for one in chains if one.chain == link.chain]
        every = targets.rank_chains(
            asking.registry(options.registry), pack, city=city,
            chains=[one.chain for one in chains], link=link.link if link else None,
            top=options.top,
        )  # fmt: skip
        found = tuple(every)
    except (asking.CannotAnswer, NoRegistry) as cannot:
        print(cannot, file=sys.stderr)
        return 2
    if options.format == "json":
        rows = [written(target, one) for one in found for target in one.targets]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    pages = [
        shown(one, chain.title, pack.sample_label) for chain, one in zip(chains, found, strict=True)
    ]
    print("\n\n".join(pages))
    return 0


def written(target: Target, found: Ranking) -> dict[str, Any]:
    """One target as JSON; numbers with at most four digits, so they add up exactly as decimals."""
    return {
        "rank": target.rank,
        "code": target.code,
        "registry_id": target.registry_id,
        "name": target.name,
        "city": target.city,
        "province": target.province,
        "chain": found.diagnosis.chain,
        "link": target.link,
        "link_code": target.link_code,
        "role": target.role,
        "score": float(target.score.total),
        "contributions": [
            {
                "feature": line.feature,
                "label": line.label,
                "weight": float(line.weight),
                "value": None if line.value is None else float(line.value),
                "contribution": float(line.contribution),
            }
            for line in target.score.lines
        ],
        "evidence": [
            {"kind": one.kind, "text": one.text, "source": one.source, "as_of": one.as_of}
            for one in target.evidence
        ],
        "existence": target.existence,
        "existence_label": targets.EXISTENCE[target.existence],
        "last_sign_on": target.last_sign_on.isoformat() if target.last_sign_on else None,
        "last_sign_kind": target.last_sign_kind or None,
        "group_is_here": target.group_is_here,
        "synthetic": found.diagnosis.synthetic,
        "sheet": found.sheet,
    }


def shown(found: Ranking, chain: str, sample_label: str) -> str:
    """The list with scores, working and the clauses that speak for each, for a terminal."""
    judged = found.diagnosis
    made = "，合成数据" if judged.synthetic else ""
    title = (
        f"{judged.city}以外 · {chain}：候选 {found.candidates:,} 家，列出 {len(found.targets)} 家"
        f"（数据截至 {judged.as_of or '未注明'}{made}）"
    )
    lines = [title]
    for one in found.targets:
        place = one.city or one.province or "所在地未知"
        state = targets.EXISTENCE[one.existence]
        lines += [
            "",
            f"{one.rank:>3}. {one.name}（{place}） {one.score.total} 分 · {one.link} · {state}",
        ]
        working = [
            f"{line.label} {'未知' if line.value is None else line.contribution}"
            for line in one.score.lines
        ]
        lines.append("     得分：" + "，".join(working))
        lines += [f"     {told.kind}：{told.text}" for told in one.evidence]
    return "\n".join([*lines, "", f"所依规则：{found.sheet}（权重为{sample_label}）"])


def _link(text: str | None, chains: Sequence[Chain], links: Sequence[Link]) -> Link | None:
    """The link asked for, of the chains asked for; None where none is. Raises CannotAnswer."""
    if not text:
        return None
    codes = {one.chain for one in chains}
    return asking.link(text, [one for one in links if one.chain in codes])
