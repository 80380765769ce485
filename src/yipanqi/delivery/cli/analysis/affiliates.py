"""`yipanqi targets affiliates`: what groups already in a city do elsewhere and not yet here."""

import argparse
import csv
import io
import json
import sys
from pathlib import Path
from typing import Any

from yipanqi.delivery.cli.analysis import asking
from yipanqi.engine import targets
from yipanqi.engine.affiliates import missing
from yipanqi.engine.affiliates.missing import Listing, Missing
from yipanqi.engine.indices import NoRegistry
from yipanqi.rulebook.chains import Chain
from yipanqi.rulebook.library import NotInForce
from yipanqi.vocab import signs

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def register(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `affiliates` to the verbs of `targets`."""
    asked = verbs.add_parser("affiliates", help="以商招商：已在本市的集团在外地做、本市还没做的")
    asked.add_argument("--city", required=True, help="城市：名称或代码，如 长沙、430100")
    asked.add_argument("--chain", help="产业链：名称或代码，如 工程机械；不给则全部产业链")
    asked.add_argument("--registry", type=Path, help="登记数据目录，默认为最近发布的一批")
    asked.add_argument("--pack", type=Path, default=Path("packs/changsha"), help="规则包目录")
    asked.add_argument("--top", type=asking.length, default=20, help="每条链列出多少，默认 20")
    asked.add_argument("--format", choices=("table", "json", "csv"), default="table")
    asked.set_defaults(run=affiliates)


def affiliates(options: argparse.Namespace) -> int:
    """Print the lists; 0 when done, 2 with one sentence when it cannot be."""
    try:
        pack = asking.pack(options.pack)
        known = pack.chains(on=pack.newest).chains
        city = asking.city(options.city)
        chains = [asking.chain(options.chain, known)] if options.chain else list(known)
        codes = [one.chain for one in chains]
        registry = asking.registry(options.registry)
        found = missing.rank(registry, pack, city=city, chains=codes, top=options.top)
    except (asking.CannotAnswer, NoRegistry, NotInForce) as cannot:
        print(cannot, file=sys.stderr)
        return 2
    titled = list(zip(chains, found, strict=True))
    if options.format == "json":
        print(json.dumps([told(chain, one) for chain, one in titled], ensure_ascii=False, indent=2))
    elif options.format == "csv":
        print(sheet(titled), end="")
    else:
        print("\n\n".join(shown(chain, one, pack.sample_label) for chain, one in titled))
    return 0


def told(chain: Chain, found: Listing) -> dict[str, Any]:
    """One chain's list as JSON; numbers with at most four digits, so they add up exactly."""
    judged = found.diagnosis
    return {
        "chain": chain.chain,
        "chain_name": chain.title,
        "city": judged.city,
        "as_of": judged.as_of,
        "synthetic": judged.synthetic,
        "snapshot": judged.snapshot,
        "sheet": found.sheet,
        "candidates": found.candidates,
        "roll_outs_left_out": found.roll_outs,
        "missing": [_row(one) for one in found.missing],
    }


def sheet(titled: list[tuple[Chain, Listing]]) -> str:
    """Every chain's list as one CSV, cells that a table program would run as formulas quoted."""
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\n")
    writer.writerow(_HEAD)
    for chain, found in titled:
        writer.writerows([_plain(cell) for cell in _cells(chain, one)] for one in found.missing)
    return held.getvalue()


def shown(chain: Chain, found: Listing, sample_label: str) -> str:
    """One chain's list with its working and evidence, for a terminal."""
    judged = found.diagnosis
    made = "，合成数据" if judged.synthetic else ""
    lines = [
        (
            f"{judged.city} · {chain.title} · 以商招商：候选 {found.candidates:,} 项，列出 "
            f"{len(found.missing)} 项；另有全国铺点的集团 {found.roll_outs:,} 个不列"
            f"（数据截至 {judged.as_of or '未注明'}{made}）"
        )
    ]
    for one in found.missing:
        state = targets.EXISTENCE[one.existence]
        lines += ["", f"{one.rank:>3}. {one.group}：{one.link} {one.score.total} 分"]
        lines.append(
            f"     先联系：{one.name}（{one.city or one.province or '所在地未知'}，{state}）；"
            f"可能的形式：{one.kind.form.label}，规模：{one.kind.size.label}"
        )
        working = [
            f"{line.label} {'未知' if line.value is None else line.contribution}"
            for line in one.score.lines
        ]
        lines.append("     得分：" + "，".join(working))
        lines += [f"     {why.kind}：{why.text}" for why in one.evidence]
    return "\n".join([*lines, "", f"所依规则：{found.sheet}（权重为{sample_label}）"])


def _row(one: Missing) -> dict[str, Any]:
    return {
        "rank": one.rank,
        "group": one.group,
        "link": one.link,
        "link_code": one.link_code,
        "score": float(one.score.total),
        "contributions": [
            {
                "feature": line.feature,
                "label": line.label,
                "weight": float(line.weight),
                "value": None if line.value is None else float(line.value),
                "contribution": float(line.contribution),
            }
            for line in one.score.lines
        ],
        "registry_id": one.registry_id,
        "code": one.code,
        "name": one.name,
        "city": one.city,
        "province": one.province,
        "role": one.role,
        "local": one.local,
        "places": one.places,
        "since": one.since.isoformat() if one.since else None,
        "confidence": float(one.confidence),
        "form": one.kind.form.value,
        "form_reason": one.kind.form_reason,
        "size": one.kind.size.value,
        "size_reason": one.kind.size_reason,
        "existence": one.existence,
        "existence_label": targets.EXISTENCE[one.existence],
        "last_sign_on": one.last_sign_on.isoformat() if one.last_sign_on else None,
        "last_sign_kind": one.last_sign_kind or None,
        "evidence": [
            {"kind": why.kind, "text": why.text, "source": why.source, "as_of": why.as_of}
            for why in one.evidence
        ],
    }


_HEAD = (
    "产业链", "名次", "集团", "环节", "得分", "先联系的企业", "统一社会信用代码", "所在地",
    "本市登记家数", "外地城市数", "最早登记", "把握", "可能的形式", "规模", "存续",
    "最近一次活动", "活动类型", "理由",
)  # fmt: skip


def _cells(chain: Chain, one: Missing) -> tuple[object, ...]:
    why = "；".join(f"{told.kind}：{told.text}" for told in one.evidence)
    return (
        chain.title, one.rank, one.group, one.link, one.score.total, one.name, one.code or "",
        one.city or one.province or "", one.local, one.places, one.since or "", one.confidence,
        one.kind.form.label, one.kind.size.label, targets.EXISTENCE[one.existence],
        one.last_sign_on or "", _sign_kind(one), why,
    )  # fmt: skip


def _sign_kind(one: Missing) -> str:
    return one.last_sign_kind or (signs.KIND_UNKNOWN if one.last_sign_on else "")


def _plain(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
