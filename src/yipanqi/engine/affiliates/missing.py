"""The businesses that groups already in a city have elsewhere and not here, ranked with reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from yipanqi.engine import candidates, diagnosis, firms, groups, indices, sessions, targets
from yipanqi.engine.affiliates import businesses, reasons
from yipanqi.engine.affiliates.businesses import Asked
from yipanqi.engine.affiliates.reasons import Around
from yipanqi.engine.diagnosis import Diagnosis
from yipanqi.engine.prospects import kinds
from yipanqi.engine.prospects.kinds import Kind
from yipanqi.engine.targets import Evidence
from yipanqi.engine.terms import TermBook
from yipanqi.rulebook.chains import ChainTables
from yipanqi.rulebook.packs import Pack
from yipanqi.rulebook.ranking import AffiliateSheet, Score, score
from yipanqi.vocab import clock, signs
from yipanqi.vocab.regions import Region

_SHOWN = (
    "id", "code", "name", "city", "province", "status", "last_sign_on", "last_sign_kind", "source",
    "capital_text", "registered",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Missing:
    """One link a group does elsewhere and not here: its place, score with the working, evidence.

    From `registry_id` to `last_sign_kind` the foremost establishment elsewhere that does it;
    `local` counts the group's establishments here, `places` the cities elsewhere, `since` is the
    oldest registration there, `confidence` how surely those there are the group's.
    """

    rank: int
    group: str
    link_code: str
    link: str
    registry_id: str
    code: str | None
    name: str
    city: str | None
    province: str | None
    role: str
    existence: str
    last_sign_on: date | None
    last_sign_kind: str
    local: int
    places: int
    since: date | None
    confidence: Decimal
    kind: Kind
    score: Score
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """The list of one chain, best first, and what it rests on.

    `candidates` counts pairs of group and link; `roll_outs` the groups of the city left out
    because they open everywhere.
    """

    diagnosis: Diagnosis
    sheet: str
    sheet_digest: str
    candidates: int
    roll_outs: int
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class _Scored:
    """The missing businesses with their scores, and the tables they were read from."""

    table: ir.Table
    doing: ir.Table
    theirs: ir.Table
    said: ir.Table
    roll_outs: int


@dataclass(frozen=True, slots=True)
class _Found:
    """The listed rows of every chain in order, what is around them, and the roll-outs left out."""

    rows: list[Mapping[str, Any]]
    around: Around
    roll_outs: int


def rank(
    registry: Path, pack: Pack, *, city: Region, chains: Sequence[str], top: int = 50
) -> tuple[Listing, ...]:
    """For each chain (by code, in that order) the best missing businesses of the city's groups.

    By the newest sheets of the pack; equal scores stand in the order of group and link. Raises
    indices.NoRegistry, or NotInForce where the pack has no sheet for it.
    """
    sheet = pack.library.affiliates(on=pack.newest)
    tables = pack.chains(on=pack.newest)
    judged = tuple(diagnosis.diagnose_every_chain(registry, pack, city=city, chains=chains))
    if not judged:
        return ()
    with sessions.measures() as session:
        scored = _scored(registry, tables, sheet, _asked(judged, tables, city), session)
        found = _found(scored, firms.kept(registry, session), top, session)
    told = kinds.kinds(registry, pack, [row["id"] for row in found.rows])
    names = {row.link: row.name for row in tables.links}
    listed: dict[str, list[Missing]] = {one.chain: [] for one in judged}
    counts = dict.fromkeys(listed, 0)
    for row in found.rows:
        counts[row["chain"]] = row["candidates"]
        why = reasons.evidence(row, found.around, names, judged[0].as_of)
        kind = told.get(row["id"], kinds.UNSEEN)
        listed[row["chain"]].append(_missing(row, names[row["link"]], kind, sheet, why))
    return tuple(
        Listing(each, sheet.id, sheet.digest, counts[each.chain], found.roll_outs,
                tuple(listed[each.chain]))
        for each in judged
    )  # fmt: skip


def _asked(judged: Sequence[Diagnosis], tables: ChainTables, city: Region) -> Asked:
    worth = {one.link_code: targets.worth(one) for each in judged for one in each.links}
    supplies = tuple(row for row in tables.supplies if row.supplier in worth)
    as_of = judged[0].as_of
    day = date.fromisoformat(as_of) if as_of else clock.today()
    return Asked(city, day, worth, supplies)


def _scored(
    registry: Path, tables: ChainTables, sheet: AffiliateSheet, asked: Asked, session: Backend
) -> _Scored:
    """Every missing business with its score, and the tables it was read from."""
    standing = firms.standing(firms.kept(registry, session))
    ranked, left = businesses.circles(standing, groups.kept_members(registry, session), asked.city)
    theirs = session.create_table("theirs", ranked, temp=True)
    every = indices.mentions(registry, TermBook(tables.terms), session)
    wanted = every.filter(every.link.isin(sorted(asked.gaps))).semi_join(theirs, "id")
    said = session.create_table("said", wanted, temp=True)
    doing = session.create_table("doing", businesses.doing(theirs, said), temp=True)
    scored = candidates.scored(businesses.valued(businesses.missing(doing, asked), asked), sheet)
    return _Scored(scored, doing, theirs, said, int(left.count().to_pyarrow().as_py()))


def _found(scored: _Scored, enterprises: ir.Table, top: int, session: Backend) -> _Found:
    listed = session.create_table("listed", _numbered(scored.table, top), temp=True)
    shown = listed.join(enterprises.select(*_SHOWN), "id").order_by("chain", "number")
    around = reasons.around(listed, scored.doing, scored.theirs, scored.said)
    return _Found(shown.to_pyarrow().to_pylist(), around, scored.roll_outs)


def _numbered(scored: ir.Table, top: int) -> ir.Table:
    """The first of each chain with their `number` from 1 and how many `candidates` there are."""
    counted = scored.mutate(candidates=scored.count().over(group_by="chain"))
    keys = [ibis.desc("score"), ibis.asc("circle"), ibis.asc("link")]
    place = ibis.row_number().over(group_by="chain", order_by=keys) + 1
    numbered = counted.mutate(number=place)
    return numbered.filter(numbered.number <= top)


def _missing(
    row: Mapping[str, Any], link: str, kind: Kind, sheet: AffiliateSheet, why: tuple[Evidence, ...]
) -> Missing:
    return Missing(
        rank=row["number"],
        group=row["circle"],
        link_code=row["link"],
        link=link,
        registry_id=row["id"],
        code=row["code"],
        name=row["name"],
        city=row["city"],
        province=row["province"],
        role=row["role"],
        existence=row["status"] or "unknown",
        last_sign_on=row["last_sign_on"],
        last_sign_kind=signs.kind(row["last_sign_kind"]),
        local=row["local"],
        places=row["places"],
        since=row["since"],
        confidence=row["confidence"],
        kind=kind,
        score=_working(row, sheet),
        evidence=why,
    )


def _working(row: Mapping[str, Any], sheet: AffiliateSheet) -> Score:
    """The score line by line, from the rulebook; the engine's own sum must be the same."""
    working = score(sheet, {one.code: _share(row[f"value_{one.code}"]) for one in sheet.features})
    assert working.total == _share(row["score"]), (working.total, row["score"])
    return working


def _share(ten_thousandths: int | None) -> Decimal | None:
    return None if ten_thousandths is None else Decimal(ten_thousandths).scaleb(-4)
