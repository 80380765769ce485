"""What both engines are given: a registry, the pack of Changsha, the pipeline as expressions."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import ibis.expr.types as ir
from ibis.backends import BaseBackend

from yipanqi.engine import candidates, concentration, firms, gaps, offers
from yipanqi.engine.measures import advantage, herfindahl, krugman, link_trends, shares
from yipanqi.engine.registry import generating
from yipanqi.engine.registry.generating import Recipe
from yipanqi.engine.terms import TermBook
from yipanqi.rulebook import packs
from yipanqi.rulebook.packs import Pack
from yipanqi.vocab import regions

ROWS = 4000
AS_OF = date(2023, 12, 31)


@cache
def pack() -> Pack:
    return packs.load(Path(__file__).parents[2] / "packs/changsha")


def book() -> TermBook:
    return TermBook(pack().chains(on=pack().newest).terms)


def made(folder: Path) -> Path:
    terms: dict[str, dict[str, list[str]]] = {}
    for row in pack().chains(on=pack().newest).terms:
        terms.setdefault(row.chain, {}).setdefault(row.link, []).append(row.term)
    return generating.into_folder(Recipe(ROWS, 7, terms), folder / "registry").place


def pipeline(engine: BaseBackend, told: ir.Table, mentions: Path) -> Mapping[str, ir.Table]:
    """Every step from mentions to scored candidates, as tables of one engine.

    `told` are the enterprises of the registry.
    """
    tables, newest = pack().chains(on=pack().newest), pack().newest
    said = engine.read_parquet(str(mentions))
    standing = firms.standing(firms.slim(told))
    members = gaps.members(said, standing)
    offered = offers.offers(said, standing)
    facts = gaps.link_facts(gaps.offering(offered), standing, tables)
    rule = gaps.rules_that_decide(facts, pack().library.diagnosis(on=newest))
    asked = candidates.Asked(
        regions.by_code()["430100"], AS_OF, {link.link: 0.7 for link in tables.links}
    )
    featured = candidates.offered(offered, standing, facts, asked)
    places = standing.group_by("place").agg(enterprises=standing.count())
    here = members.filter(members.place.notnull())
    counts = here.group_by("place", "link").agg(
        enterprises=here.count(), capital_wan=here.capital_wan.sum()
    )
    return {
        "standing": standing,
        "members": members,
        "offers": offered,
        "facts": facts,
        "verdict rules": facts.select("place", "link", rule=rule),
        "scored candidates": candidates.scored(featured, pack().library.ranking(on=newest)),
        "location quotients": concentration.location_quotients(counts, places),
        "market shares": shares.market_shares(counts),
        "counts by year": link_trends.counted(
            link_trends.doing(said), firms.slim(told), span=range(2000, 2024)
        ),
        "advantages": advantage.revealed_advantages(counts),
        "Herfindahl of places": herfindahl.of_places(counts),
        "Herfindahl of links": herfindahl.of_links(counts),
        "Krugman against the rest": krugman.from_the_rest(counts),
        "Krugman against Changsha": krugman.from_place(counts, "430100"),
    }
