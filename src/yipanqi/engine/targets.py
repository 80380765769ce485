"""The enterprises outside a city most worth approaching for a chain, with the working of each."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from yipanqi.engine import candidates, diagnosis, firms, gaps, indices, offers, sessions
from yipanqi.engine.diagnosis import Diagnosis, LinkDiagnosis
from yipanqi.engine.doings import Role
from yipanqi.engine.terms import TermBook
from yipanqi.rulebook.packs import Pack
from yipanqi.rulebook.ranking import RankingSheet, Score, score
from yipanqi.vocab import clock, signs
from yipanqi.vocab.regions import Region

EXISTENCE = {"alive": "存续", "ceased": "已注销", "unknown": "存续未知"}
MOST_CLAUSES = 5
_SHOWN = ("code", "name", "city", "province", "registered", "capital_text", "source", "status",
    "last_sign_on", "last_sign_kind",
)  # fmt: skip
Clauses = Mapping[tuple[str, str], list[Mapping[str, Any]]]


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
    last_sign_kind: str
    group_is_here: bool


@dataclass(frozen=True, slots=True)
class Ranking:
    """The list, best first, and the diagnosis and sheet it rests on."""

    diagnosis: Diagnosis
    sheet: str
    sheet_digest: str
    candidates: int
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class _Choice:
    """Which candidates of which chains are listed, as `number`ed, and in what order."""

    chains: Sequence[str]
    listed: Callable[[ir.Table], ir.Table]
    order: tuple[str, ...]


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
    return next(rank_chains(registry, pack, city=city, chains=(chain,), link=link, top=top))


def rank_chains(
    registry: Path,
    pack: Pack,
    *,
    city: Region,
    chains: Sequence[str],
    link: str | None = None,
    top: int = 50,
) -> Iterator[Ranking]:
    """What `rank` gives, for each of the chains, in one pass over the registry."""

    def best(table: ir.Table) -> ir.Table:
        wanted = table.filter(table.link == link) if link else table
        each = _numbered(wanted, within=("chain", "id"), order=("link",))
        kept = each.filter(each.number == 1).drop("number")
        counted = kept.mutate(candidates=kept.count().over(group_by="chain"))
        listed = _numbered(counted, within=("chain",), order=("id",))
        return listed.filter(listed.number <= top)

    return _rankings(registry, pack, city, _Choice(chains, best, ("number",)))


def rank_every_link(
    registry: Path, pack: Pack, *, city: Region, chain: str, top: int = 50
) -> Ranking:
    """The best enterprises outside the city for each link of the chain, ranked inside the link.

    `candidates` counts enterprise and link pairs. Raises indices.NoRegistry.
    """
    return next(rank_every_chain(registry, pack, city=city, chains=(chain,), top=top))


def rank_every_chain(
    registry: Path, pack: Pack, *, city: Region, chains: Sequence[str], top: int = 50
) -> Iterator[Ranking]:
    """What `rank_every_link` gives, for each of the chains, in one pass over the registry.

    The pass is made when the first chain is asked for. Raises indices.NoRegistry.
    """

    def best(table: ir.Table) -> ir.Table:
        counted = table.mutate(candidates=table.count().over(group_by="chain"))
        each = _numbered(counted, within=("link",), order=("id",))
        return each.filter(each.number <= top)

    return _rankings(registry, pack, city, _Choice(chains, best, ("link", "number")))


def _rankings(registry: Path, pack: Pack, city: Region, choice: _Choice) -> Iterator[Ranking]:
    judged = tuple(diagnosis.diagnose_every_chain(registry, pack, city=city, chains=choice.chains))
    if not judged:
        return
    lacks = {one.link_code: worth(one) for each in judged for one in each.links}
    asked = candidates.Asked(city, _day(judged[0]), lacks)
    sheet = pack.library.ranking(on=pack.newest)
    listed, clauses = _listed(registry, pack, asked, choice)
    for each in judged:
        yield _ranking(each, sheet, listed.filter(pc.field("chain") == each.chain), clauses)


def _listed(
    registry: Path, pack: Pack, asked: candidates.Asked, choice: _Choice
) -> tuple[pa.Table, Clauses]:
    """The listed candidates of all chains, in the order they are shown, and their clauses."""
    tables, sheet = pack.chains(on=pack.newest), pack.library.ranking(on=pack.newest)
    values = [f"value_{one.code}" for one in sheet.features]
    book = TermBook(tables.terms)
    with sessions.measures() as session:
        standing = firms.standing(firms.kept(registry, session))
        said = indices.mentions(registry, book, session)
        offered = offers.kept(registry, book, session)
        wanted = offered.filter(offered.chain.isin(list(choice.chains)))
        facts = gaps.kept(registry, tables, session)
        every = candidates.scored(candidates.offered(wanted, standing, facts, asked), sheet)
        # Names and other long texts are fetched only for those that are listed.
        narrow = every.select("id", "chain", "link", "role", "is_here", "score", *values)
        best = session.create_table("listed", choice.listed(narrow), temp=True)
        whole = best.join(standing.select("id", *_SHOWN), "id").order_by("chain", *choice.order)
        return whole.to_pyarrow(), _clauses(said.semi_join(best, ["id", "link"]))


def _ranking(judged: Diagnosis, sheet: RankingSheet, listed: pa.Table, clauses: Clauses) -> Ranking:
    rows = listed.to_pylist()
    names = {one.link_code: one.link for one in judged.links}
    found = []
    for row in rows:
        told = evidence(row, clauses[row["id"], row["link"]], judged.as_of)
        found.append(_target(row, _working(row, sheet), told, names[row["link"]]))
    count = rows[0]["candidates"] if rows else 0
    return Ranking(judged, sheet.id, sheet.digest, count, tuple(found))


def _numbered(table: ir.Table, *, within: tuple[str, ...], order: tuple[str, ...]) -> ir.Table:
    """With the place by falling score as `number`, the first is 1; equal scores by `order`."""
    keys = [ibis.desc("score"), *(ibis.asc(name) for name in order)]
    place = ibis.row_number().over(ibis.window(group_by=list(within), order_by=keys)) + 1
    return table.mutate(number=place)


def _working(row: Mapping[str, Any], sheet: RankingSheet) -> Score:
    """The score line by line, from the rulebook; the engine's own sum must be the same."""
    working = score(sheet, {one.code: _share(row[f"value_{one.code}"]) for one in sheet.features})
    assert working.total == _share(row["score"]), (working.total, row["score"])
    return working


def _clauses(said: ir.Table) -> Clauses:
    """The clauses of each enterprise and link, by term and wording; the closest doing first."""
    doing = said.role.cases(*((role.value, place) for place, role in enumerate(Role)))
    told = said.select("id", "link", "term", "clause", "role", doing=doing)
    found: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in told.order_by("id", "link", "term", "clause", "doing").to_pyarrow().to_pylist():
        found.setdefault((row["id"], row["link"]), []).append(row)
    return found


def _share(ten_thousandths: int | None) -> Decimal | None:
    return None if ten_thousandths is None else Decimal(ten_thousandths).scaleb(-4)


def worth(link: LinkDiagnosis) -> float:
    """How much the city lacks it: missing with customers 1, missing 0.7, weak 0.5, strong 0.2."""
    if link.status == "missing":
        return 1.0 if link.local_customers else 0.7
    return 0.5 if link.status == "weak" else 0.2


def _day(judged: Diagnosis) -> date:
    return date.fromisoformat(judged.as_of) if judged.as_of else clock.today()


def evidence(
    row: Mapping[str, Any], clauses: Sequence[Mapping[str, Any]], as_of: str | None
) -> tuple[Evidence, ...]:
    """What the registry says of an enterprise and a link: its clauses, founding, capital, life."""
    source = row["source"]
    said = [
        f"{one['clause']}（识别词：{one['term']}，{Role(one['role']).label}）"
        for one in clauses[:MOST_CLAUSES]
    ]
    told = [Evidence("经营范围", text, source, as_of) for text in said]
    day = row["registered"].isoformat() if row["registered"] else "未登记"
    told.append(Evidence("成立日期", day, source, as_of))
    told.append(Evidence("注册资本", row["capital_text"] or "未登记", source, as_of))
    sign = signs.said(row["last_sign_on"], signs.kind(row["last_sign_kind"]))
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
        last_sign_kind=signs.kind(row["last_sign_kind"]),
        group_is_here=bool(row["is_here"]),
    )
