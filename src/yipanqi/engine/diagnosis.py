"""The diagnosis of one chain in one city: each link strong, weak or missing, and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import ibis.expr.types as ir

from yipanqi.engine import distances, firms, gaps, indices, sessions
from yipanqi.engine.terms import TermBook
from yipanqi.rulebook.chains import ChainTables, Link
from yipanqi.rulebook.packs import Pack
from yipanqi.rulebook.verdicts import Status, VerdictSheet, decide
from yipanqi.vocab import regions
from yipanqi.vocab.facts import LINK_FACTS
from yipanqi.vocab.regions import Region

NEAREST = 3


@dataclass(frozen=True, slots=True)
class Supplier:
    """A strong city outside: how many of the link it has, how specialised, how far away."""

    code: str
    city: str
    enterprises: int
    quotient: Decimal
    km: int


@dataclass(frozen=True, slots=True)
class LinkDiagnosis:
    """How one link stands in the city, by which rule; capital in 万元, of those in yuan only."""

    link_code: str
    link: str
    position: str
    local_enterprises: int
    local_traders: int
    local_capital_wan: Decimal
    capital_not_counted: int
    national_enterprises: int
    all_local: int
    all_national: int
    quotient: Decimal | None
    local_customers: int
    local_suppliers: int
    strong_cities: int
    suppliers: tuple[Supplier, ...]
    status: str
    action: str
    reason: str
    rule: str
    source: str
    sample: bool


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All links of a chain, in the pack's order, and what they were judged from."""

    city: str
    city_code: str
    chain: str
    snapshot: str
    synthetic: bool
    as_of: str | None
    sheet: str
    sheet_digest: str
    tables_digest: str
    links: tuple[LinkDiagnosis, ...]

    @property
    def sheets(self) -> Mapping[str, str]:
        """What it rests on: the rules and the chain's own rows, each with its digest."""
        return sheets(self.sheet, self.sheet_digest, self.chain, self.tables_digest)


def sheets(sheet: str, sheet_digest: str, chain: str, tables_digest: str) -> Mapping[str, str]:
    """The digests a diagnosis rests on, by id of the sheet and by `chains/<code>`."""
    return {sheet: sheet_digest, f"chains/{chain}": tables_digest}


def diagnose(
    registry: Path, pack: Pack, *, city: Region, chain: str, on: date | None = None
) -> Diagnosis:
    """The diagnosis of a chain (by code) in a city, by the sheets in force on the day.

    `on` is by default the newest day of the pack. Raises indices.NoRegistry.
    """
    day = on or pack.newest
    tables, sheet = pack.chains(on=day), pack.library.diagnosis(on=day)
    book = TermBook(tables.terms)
    with sessions.measures() as session:
        standing = gaps.standing(firms.kept(registry, session))
        mentions = indices.mentions(registry, book, session)
        members = gaps.members(mentions.filter(mentions.chain == chain), standing)
        rows = _judged_everywhere(members, standing, tables.only(chain), sheet)
    says = indices.manifest(registry)
    return Diagnosis(
        city=city.short_name,
        city_code=city.code,
        chain=chain,
        snapshot=indices.snapshot(registry),
        synthetic=bool(says.get("synthetic")),
        as_of=says.get("as_of"),
        sheet=sheet.id,
        sheet_digest=sheet.digest,
        tables_digest=tables.only(chain).digest,
        links=tuple(
            _link(row, city, [r for r in rows if r["link"] == row.link], sheet)
            for row in tables.only(chain).links
        ),
    )


def _judged_everywhere(
    members: ir.Table, firms: ir.Table, tables: ChainTables, sheet: VerdictSheet
) -> list[dict[str, Any]]:
    """The facts of every link in every city, with the rule that decides each.

    Other cities are judged by the same sheet, without the facts about distances, so a city is
    strong outside by the same measure as at home.
    """
    facts = gaps.link_facts(members, firms, tables)
    judged = facts.mutate(rule=gaps.rules_that_decide(facts, sheet))
    found: list[dict[str, Any]] = judged.order_by("link", "place").to_pyarrow().to_pylist()
    return found


def _link(
    link: Link, city: Region, rows: list[dict[str, Any]], sheet: VerdictSheet
) -> LinkDiagnosis:
    strong = {rule.id for rule in sheet.rules if rule.status is Status.STRONG}
    outside = _by_distance([row for row in rows if row["rule"] in strong], city)
    here = next((row for row in rows if row["place"] == city.code), None) or _empty(rows, link)
    facts = _facts(here, outside)
    verdict = decide(sheet, facts)
    counts = (
        "local_enterprises", "local_traders", "capital_not_counted", "national_enterprises",
        "all_local", "all_national", "local_customers", "local_suppliers",
    )  # fmt: skip
    return LinkDiagnosis(
        link_code=link.link,
        link=link.name,
        position=link.position,
        local_capital_wan=here["local_capital_wan"],
        quotient=here["quotient"],
        strong_cities=len(outside),
        suppliers=outside[:NEAREST],
        status=verdict.status.value,
        action=verdict.action.value,
        reason=verdict.reason,
        rule=verdict.rule_id,
        source=verdict.source,
        sample=verdict.sample,
        **{name: here[name] for name in counts},
    )


def _facts(here: Mapping[str, Any], outside: tuple[Supplier, ...]) -> dict[str, Any]:
    known = {name: here[name] for name in LINK_FACTS if name in here}
    known["strong_cities"] = len(outside)
    if outside:
        known["nearest_supplier_km"] = Decimal(outside[0].km)
        known["nearest_supplier_city"] = outside[0].city
    return known


def _by_distance(rows: list[dict[str, Any]], city: Region) -> tuple[Supplier, ...]:
    found = []
    for row in rows:
        region = regions.by_code().get(row["place"])
        if region is None or region.code == city.code:
            continue
        km = distances.between(city, region)
        told = (region.code, region.short_name, row["local_enterprises"], row["quotient"], km)
        found.append(Supplier(*told))
    return tuple(sorted(found, key=lambda one: (one.km, one.code)))


def _empty(rows: list[dict[str, Any]], link: Link) -> dict[str, Any]:
    """The facts of a city of which the registry has not a single enterprise."""
    known = {name: row for row in rows[:1] for name, row in row.items()}
    nought = dict.fromkeys(
        (
            "local_enterprises", "local_traders", "capital_not_counted", "national_enterprises",
            "all_local", "all_national", "local_customers", "local_suppliers", "leaders_known",
        ),
        0,
    )  # fmt: skip
    national = ("national_enterprises", "all_national", "leaders_known")
    kept = {name: known[name] for name in national if name in known}
    unmeasured = {"quotient": None, "local_capital_wan": Decimal(0), "position": link.position}
    return {**nought, **kept, **unmeasured}
