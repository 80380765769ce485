"""The desk's own lists as they would have been at the end of a year: its features, its sheet.

Only what was registered by that day is read: enterprises, branches, the strength of every city
and what ours lacked. Whether an enterprise has ceased since is not looked at.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from ibis.backends.duckdb import Backend

from yipanqi.engine import candidates, diagnosis, firms, gaps, indices, offers, targets
from yipanqi.engine.backtests.arrays import Flags, Floats, Integers
from yipanqi.engine.candidates import Asked
from yipanqi.engine.surroundings import surroundings
from yipanqi.engine.terms import TermBook
from yipanqi.rulebook.chains import ChainTables
from yipanqi.rulebook.packs import Pack
from yipanqi.rulebook.ranking import RankingSheet
from yipanqi.rulebook.verdicts import VerdictSheet
from yipanqi.vocab.regions import Region

# The desk keeps so many of each link, and shows a chain's in the order of their scores.
A_LINK = 50


@dataclass(frozen=True, slots=True)
class Sheets:
    """The rules the lists are made by: the newest of a pack."""

    tables: ChainTables
    verdicts: VerdictSheet
    ranking: RankingSheet

    @classmethod
    def of(cls, pack: Pack) -> "Sheets":
        """Those of a pack."""
        library = pack.library
        return cls(
            pack.chains(on=pack.newest),
            library.diagnosis(on=pack.newest),
            library.ranking(on=pack.newest),
        )

    @property
    def chains(self) -> tuple[str, ...]:
        """The codes of the chains, in their order."""
        return tuple(one.chain for one in self.tables.chains)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known at the end of a year: who stands, what they offer, how each link stood.

    `speakers` has the number of each enterprise's company, its place in `heads`. Establishments of
    one company are one: a bank's thousand offices would else be a thousand hits.
    """

    day: date
    standing: ir.Table
    offers: ir.Table
    facts: ir.Table
    speakers: ir.Table
    heads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Every company outside a city that speaks of a chain, once per chain, at its best link.

    `chain` numbers Sheets.chains, `speaker` Known.heads; `score` in ten-thousandths; `values` has
    a column for each feature of the sheet, NaN where unknown. The rows stand by chain and speaker.
    `shown` has for each chain the speakers in the order the desk shows them.
    """

    chain: Integers
    speaker: Integers
    score: Integers
    is_here: Flags
    values: Floats
    shown: Mapping[str, Integers]


def known(registry: Path, sheets: Sheets, year: int, session: Backend) -> Known:
    """What is known at the end of the year. Raises indices.NoRegistry."""
    day = date(year, 12, 31)
    every = firms.kept(registry, session)
    then = every.filter(every.registered <= day).mutate(status=ibis.null("string"))
    standing = session.create_table("then", firms.standing(then), temp=True, overwrite=True)
    said = indices.mentions(registry, TermBook(sheets.tables.terms), session)
    offered = session.create_table(
        "offered", offers.offers(said, standing), temp=True, overwrite=True
    )
    told = gaps.link_facts(gaps.offering(offered), standing, sheets.tables)
    facts = session.create_table("facts", told, temp=True, overwrite=True)
    first = offered.group_by("head").agg(first=offered.id.min())
    numbered = first.mutate(speaker=ibis.row_number().over(order_by="first"))
    companies = session.create_table("companies", numbered, temp=True, overwrite=True)
    heads = companies.order_by("speaker").select("head").to_pyarrow()["head"].to_pylist()
    return Known(day, standing, offered, facts, companies.select("head", "speaker"), tuple(heads))


def listed(known: Known, sheets: Sheets, city: Region, session: Backend) -> Candidates:
    """The candidates of every chain for the city, scored as the desk scores them."""
    asked = Asked(city, known.day, _worth(known.facts, sheets, city))
    featured = candidates.offered(known.offers, known.standing, known.facts, asked)
    scored = candidates.scored(featured, sheets.ranking)
    values = [f"value_{one.code}" for one in sheets.ranking.features]
    named = scored.select("id", "head", "chain", "link", "is_here", "score", *values)
    joined = named.join(known.speakers, "head").drop("head")
    table = session.create_table("scored", joined, temp=True, overwrite=True)
    found = _best(table).order_by("chain", "speaker").to_pyarrow()
    order = {code: number for number, code in enumerate(sheets.chains)}
    return Candidates(
        chain=_numbers(found["chain"], order),
        speaker=found["speaker"].to_numpy(),
        score=found["score"].to_numpy(),
        is_here=found["is_here"].to_numpy(zero_copy_only=False).astype(bool),
        values=np.column_stack([_floats(found[name]) for name in values]),
        shown=_shown(table, sheets.chains),
    )


def _best(table: ir.Table) -> ir.Table:
    """Each speaker once per chain, at the link of its highest score."""
    keys = [ibis.desc("score"), ibis.asc("link"), ibis.asc("id")]
    place = ibis.row_number().over(group_by=["chain", "speaker"], order_by=keys)
    numbered = table.mutate(place_in=place)
    return numbered.filter(numbered.place_in == 0).drop("place_in", "link", "id")


def _shown(table: ir.Table, chains: tuple[str, ...]) -> dict[str, Integers]:
    """The speakers of each chain as its page shows them: the first of each link, by score."""
    keys = [ibis.desc("score"), ibis.asc("id")]
    numbered = table.mutate(place_in=ibis.row_number().over(group_by="link", order_by=keys))
    kept = numbered.filter(numbered.place_in < A_LINK)
    ordered = kept.order_by("chain", ibis.desc("score"), "link", "id")
    rows = ordered.select("chain", "speaker").to_pyarrow()
    found: dict[str, dict[int, None]] = {code: {} for code in chains}
    for code, speaker in zip(rows["chain"].to_pylist(), rows["speaker"].to_pylist(), strict=True):
        found[code][speaker] = None
    return {code: np.fromiter(each, np.int64, len(each)) for code, each in found.items()}


def _worth(facts: ir.Table, sheets: Sheets, city: Region) -> dict[str, float]:
    """How much the city lacked each link then, as the diagnosis of that day says."""
    links = sheets.tables.links
    around = surroundings(facts, sheets.verdicts, city=city, links=[one.link for one in links])
    judged = (diagnosis.judged(one, city, around, sheets.verdicts) for one in links)
    return {one.link_code: targets.worth(one) for one in judged}


def _numbers(column: pa.ChunkedArray, order: Mapping[str, int]) -> Integers:
    found = column.combine_chunks().dictionary_encode()
    by_code = np.array([order[code] for code in found.dictionary.to_pylist()], np.int64)
    return by_code[found.indices.to_numpy()] if len(found) else np.empty(0, np.int64)


def _floats(column: pa.ChunkedArray) -> Floats:
    found: Floats = column.cast(pa.float64()).to_numpy(zero_copy_only=False)
    return found
