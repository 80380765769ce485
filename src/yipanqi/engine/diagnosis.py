"""The diagnosis of one chain in one city: each link strong, weak or missing, and what to do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from yipanqi.engine import adjoining, distances, gaps, grades, indices, link_years, sessions
from yipanqi.engine.forecasts import links as entries
from yipanqi.engine.forecasts.links import CityForecast, LinkForecast
from yipanqi.engine.measures.link_trends import LinkTrend
from yipanqi.engine.surroundings import Row, Surroundings, surroundings
from yipanqi.rulebook.chains import ChainTables, Link
from yipanqi.rulebook.packs import Pack
from yipanqi.rulebook.verdicts import VerdictSheet, decide
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
    trend: LinkTrend | None = None
    # None with the reason in `forecast_note`; below grade A `grade_note` says what is in the way.
    forecast: LinkForecast | None = None
    forecast_note: str = ""
    grade: str = ""
    grade_note: str = ""


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
    forecast: CityForecast | None = None

    @property
    def model(self) -> Mapping[str, str]:
        """The learned model behind the forecasts, by name with its digest; empty without one."""
        known = self.forecast and self.forecast.digest
        return {entries.MODEL: known} if known else {}

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
    return next(diagnose_every_chain(registry, pack, city=city, chains=(chain,), on=on))


def diagnose_every_chain(
    registry: Path, pack: Pack, *, city: Region, chains: Sequence[str], on: date | None = None
) -> Iterator[Diagnosis]:
    """The diagnoses of chains (by code) in a city, in that order; equal to `diagnose` of each.

    What all chains share is worked out once, when the first is asked for. Raises
    indices.NoRegistry.
    """
    day = on or pack.newest
    tables, sheet = pack.chains(on=day), pack.library.diagnosis(on=day)
    asked = [tables.only(chain) for chain in chains]
    links = [row.link for one in asked for row in one.links]
    with sessions.measures() as session:
        facts = gaps.kept(registry, tables, session)
        around = surroundings(facts, sheet, city=city, links=links)
        years = link_years.trends(registry, tables, session, city=city, links=links)
        ahead = entries.of_city(registry, tables, session, city=city)
    for one, chain in zip(asked, chains, strict=True):
        found = _diagnosis(registry, one, sheet, around, (city, chain, ahead))
        yield replace(
            found, links=tuple(replace(row, trend=years[row.link_code]) for row in found.links)
        )


def _diagnosis(
    registry: Path,
    tables: ChainTables,
    sheet: VerdictSheet,
    around: Surroundings,
    asked: tuple[Region, str, CityForecast],
) -> Diagnosis:
    says = indices.manifest(registry)
    city, chain, ahead = asked
    found = [
        judged(row, city, around, sheet, ahead=ahead.links.get(row.link)) for row in tables.links
    ]
    ground = grades.of_registry(says, city, is_draft=tables.chains[0].status == "draft")
    return Diagnosis(
        city=city.short_name,
        city_code=city.code,
        chain=chain,
        snapshot=indices.snapshot(registry),
        synthetic=bool(says.get("synthetic")),
        as_of=says.get("as_of"),
        sheet=sheet.id,
        sheet_digest=sheet.digest,
        tables_digest=tables.digest,
        links=tuple(_backed(row, found, tables, (ground, ahead)) for row in found),
        forecast=ahead,
    )


def _backed(
    link: LinkDiagnosis,
    every: Sequence[LinkDiagnosis],
    tables: ChainTables,
    backing: tuple[grades.Ground, CityForecast],
) -> LinkDiagnosis:
    """The link with the names of those beside it in its reason, its forecast and its grade."""
    ground, ahead = backing
    beside = adjoining.told(link, every, tables)
    counts = (link.national_enterprises, link.all_local, link.all_national)
    mark, note = grades.grade(ground, *counts)
    return replace(
        link,
        reason=f"{link.reason}；{beside}" if beside else link.reason,
        forecast=ahead.links.get(link.link_code),
        forecast_note=ahead.why_none(link.link_code),
        grade=mark.value,
        grade_note=note,
    )


def judged(
    link: Link,
    city: Region,
    around: Surroundings,
    sheet: VerdictSheet,
    *,
    ahead: LinkForecast | None = None,
) -> LinkDiagnosis:
    """How the link stands in the city, by the first rule of the sheet that holds there."""
    outside = _by_distance(around.strong.get(link.link, ()), city)
    here = around.here(link.link)
    facts = _facts(here, outside)
    if ahead is not None:
        facts |= {"entry_chance": ahead.score, "entry_rank": ahead.rank}
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


def _facts(here: Row, outside: tuple[Supplier, ...]) -> dict[str, Any]:
    known = {name: here[name] for name in LINK_FACTS if name in here}
    known["strong_cities"] = len(outside)
    if outside:
        known["nearest_supplier_km"] = Decimal(outside[0].km)
        known["nearest_supplier_city"] = outside[0].city
    return known


def _by_distance(rows: Sequence[Row], city: Region) -> tuple[Supplier, ...]:
    found = []
    for row in rows:
        region = regions.by_code().get(row["place"])
        if region is None or region.code == city.code:
            continue
        km = distances.between(city, region)
        told = (region.code, region.short_name, row["local_enterprises"], row["quotient"], km)
        found.append(Supplier(*told))
    return tuple(sorted(found, key=lambda one: (one.km, one.code)))
