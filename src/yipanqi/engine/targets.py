"""The enterprises outside a city most worth approaching for a chain, with the working of each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir

from yipanqi.engine import candidates, diagnosis, firms, gaps, indices, sessions
from yipanqi.engine.diagnosis import Diagnosis, LinkDiagnosis
from yipanqi.engine.doings import Role
from yipanqi.engine.terms import TermBook
from yipanqi.rulebook.packs import Pack
from yipanqi.rulebook.ranking import RankingSheet, Score, score
from yipanqi.vocab import clock
from yipanqi.vocab.regions import Region

EXISTENCE = {"alive": "存续", "ceased": "已注销", "unknown": "存续未知"}
MOST_CLAUSES = 5


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing the registry says: its kind, the words, the file, and as of when."""

    kind: str
    text: str
    source: str
    as_of: str | None


@dataclass(frozen=True, slots=True)
class Target:
    """One enterprise: its place in the list, its score with the working, and the evidence."""

    rank: int
    registry_id: str
    code: str | None
    name: str
    city: str | None
    province: str | None
    link_code: str
    link: str
    role: str
    score: Score
    evidence: tuple[Evidence, ...]
    existence: str
    last_sign_on: date | None
    group_is_here: bool


@dataclass(frozen=True, slots=True)
class Ranking:
    """The list, best first, and the diagnosis and sheet it rests on."""

    diagnosis: Diagnosis
    sheet: str
    sheet_digest: str
    candidates: int
    targets: tuple[Target, ...]


def rank(
    registry: Path,
    pack: Pack,
    *,
    city: Region,
    chain: str,
    link: str | None = None,
    top: int = 50,
) -> Ranking:
    """The best enterprises outside the city for a link, or for the chain (each at its best link).

    By the newest sheets of the pack; equal scores stand in the order of registry ids. Raises
    indices.NoRegistry.
    """

    def best(table: ir.Table) -> ir.Table:
        wanted = table.filter(table.link == link) if link else table
        each = _numbered(wanted, within="id", order=("link",))
        kept = each.filter(each.number == 1).drop("number")
        counted = kept.mutate(candidates=kept.count().over())
        listed = counted.mutate(number=_place(("id",)))
        return listed.order_by("number").limit(top)

    return _ranking(registry, pack, city=city, chain=chain, chosen=best)


def rank_every_link(
    registry: Path, pack: Pack, *, city: Region, chain: str, top: int = 50
) -> Ranking:
    """The best enterprises outside the city for each link of the chain, ranked inside the link.

    One pass over the registry; `candidates` counts enterprise and link pairs. Raises
    indices.NoRegistry.
    """

    def best(table: ir.Table) -> ir.Table:
        counted = table.mutate(candidates=table.count().over())
        each = _numbered(counted, within="link", order=("id",))
        return each.filter(each.number <= top).order_by("link", "number")

    return _ranking(registry, pack, city=city, chain=chain, chosen=best)


def _ranking(
    registry: Path,
    pack: Pack,
    *,
    city: Region,
    chain: str,
    chosen: Callable[[ir.Table], ir.Table],
) -> Ranking:
    judged = diagnosis.diagnose(registry, pack, city=city, chain=chain)
    every = pack.chains(on=pack.newest)
    sheet = pack.library.ranking(on=pack.newest)
    worth = {one.link_code: _worth(one) for one in judged.links}
    asked = candidates.Asked(city, _day(judged), worth)
    with sessions.measures() as session:
        standing = gaps.standing(firms.kept(registry, session))
        said = indices.mentions(registry, TermBook(every.terms), session)
        said = said.filter(said.chain == chain)
        facts = gaps.link_facts(gaps.members(said, standing), standing, every.only(chain))
        table = candidates.scored(candidates.featured(said, standing, facts, asked), sheet)
        rows = chosen(table).to_pyarrow().to_pylist()
        clauses = _clauses(said, sorted({row["id"] for row in rows}))
    names = {one.link_code: one.link for one in judged.links}
    found = []
    for row in rows:
        told = _evidence(row, clauses[row["id"], row["link"]], judged.as_of)
        found.append(_target(row, _working(row, sheet), told, names[row["link"]]))
    count = rows[0]["candidates"] if rows else 0
    return Ranking(judged, sheet.id, sheet.digest, count, tuple(found))


def _numbered(table: ir.Table, *, within: str, order: tuple[str, ...]) -> ir.Table:
    return table.mutate(number=_place(order, within))


def _place(order: tuple[str, ...], within: str | None = None) -> ir.IntegerValue:
    """The place by falling score, the first is 1; equal scores by `order`."""
    keys = [ibis.desc("score"), *(ibis.asc(name) for name in order)]
    return ibis.row_number().over(ibis.window(group_by=within, order_by=keys)) + 1


def _working(row: Mapping[str, Any], sheet: RankingSheet) -> Score:
    """The score line by line, from the rulebook; the engine's own sum must be the same."""
    working = score(sheet, {one.code: _share(row[f"value_{one.code}"]) for one in sheet.features})
    assert working.total == _share(row["score"]), (working.total, row["score"])
    return working


def _clauses(said: ir.Table, ids: list[str]) -> Mapping[tuple[str, str], list[dict[str, Any]]]:
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    if ids:
        chosen = said.filter(said.id.isin(ids)).order_by("id", "link", "term", "clause")
        for row in chosen.to_pyarrow().to_pylist():
            found.setdefault((row["id"], row["link"]), []).append(row)
    return found


def _share(ten_thousandths: int | None) -> Decimal | None:
    return None if ten_thousandths is None else Decimal(ten_thousandths).scaleb(-4)


def _worth(link: LinkDiagnosis) -> float:
    """How much the city lacks it: missing with customers 1, missing 0.7, weak 0.5, strong 0.2."""
    if link.status == "missing":
        return 1.0 if link.local_customers else 0.7
    return 0.5 if link.status == "weak" else 0.2


def _day(judged: Diagnosis) -> date:
    return date.fromisoformat(judged.as_of) if judged.as_of else clock.today()


def _evidence(
    row: Mapping[str, Any], clauses: list[dict[str, Any]], as_of: str | None
) -> tuple[Evidence, ...]:
    source = row["source"]
    said = [
        f"{one['clause']}（识别词：{one['term']}，{Role(one['role']).label}）"
        for one in clauses[:MOST_CLAUSES]
    ]
    told = [Evidence("经营范围", text, source, as_of) for text in said]
    day = row["registered"].isoformat() if row["registered"] else "未登记"
    told.append(Evidence("成立日期", day, source, as_of))
    told.append(Evidence("注册资本", row["capital_text"] or "未登记", source, as_of))
    sign = row["last_sign_on"].isoformat() if row["last_sign_on"] else "无"
    standing = EXISTENCE[row["status"] or "unknown"]
    told.append(Evidence("存续", f"{standing}，最近一次活动：{sign}", source, as_of))
    if row["is_here"]:
        told.append(Evidence("已在本市", "同一企业在本市已有登记的分支", source, as_of))
    return tuple(told)


def _target(
    row: Mapping[str, Any], working: Score, told: tuple[Evidence, ...], link: str
) -> Target:
    return Target(
        rank=row["number"],
        registry_id=row["id"],
        code=row["code"],
        name=row["name"],
        city=row["city"],
        province=row["province"],
        link_code=row["link"],
        link=link,
        role=row["role"],
        score=working,
        evidence=told,
        existence=row["status"] or "unknown",
        last_sign_on=row["last_sign_on"],
        group_is_here=bool(row["is_here"]),
    )
