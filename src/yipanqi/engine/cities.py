"""The facts of every link in every city of the nation, worked out once and read in an instant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Self

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from ibis.backends.duckdb import Backend

from yipanqi.engine import distances, gaps, indices, once, sessions, stores
from yipanqi.rulebook.chains import ChainTables, Link
from yipanqi.rulebook.verdicts import Status, VerdictSheet
from yipanqi.vocab import regions
from yipanqi.vocab.regions import Region

# Raised when the same facts would be kept otherwise than before.
EDITION = 2
_COUNTS = (
    "local_enterprises", "local_traders", "capital_not_counted", "all_local", "local_customers",
    "local_suppliers",
)  # fmt: skip


class NotKept(Exception):
    """The facts of every city have not been worked out for this registry and these sheets."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What facts of cities rest on: the registry, the chains, the rules, and where they are kept.

    Made once by `of` and asked often: the digest of all chains takes a while.
    """

    registry: Path
    tables: ChainTables
    sheet: VerdictSheet
    folder: Path

    @classmethod
    def of(cls, registry: Path, tables: ChainTables, sheet: VerdictSheet) -> Self:
        """The ground of these; nothing is worked out yet."""
        # The digest of the tables holds that of their terms; mentions have an edition of their own.
        edition = f"{EDITION}.{gaps.EDITION}.{indices.EDITION}"
        name = f"cities-{edition}-{tables.digest[:16]}-{sheet.digest[:16]}"
        snapshot = indices.snapshot(registry)
        return cls(registry, tables, sheet, stores.shelf(stores.Kind.INDEX) / snapshot / name)


def kept(ground: Ground) -> Path:
    """The folder with the facts of every link in every city, a file per chain; made when missing.

    Rows of gaps.COLUMNS with `rule`, the id of the rule that decides each without the facts about
    distances. Raises indices.NoRegistry.
    """
    return once.made(ground.folder, lambda room: _keep(ground, room))


def strong_places(ground: Ground, chain: str) -> Mapping[str, Sequence[str]]:
    """For each link of a chain (by code) the codes of the cities strong in it. Raises NotKept."""
    return _strong(_rows(ground, chain), ground.sheet)


def entries(ground: Ground, chain: str) -> tuple[dict[str, int], int]:
    """Who does something of a chain: each city's enterprises summed over links, and the nation's.

    Cities by code, those with none left out. Raises NotKept.
    """
    table = _rows(ground, chain)
    by_city = table.group_by("place").aggregate([("local_enterprises", "sum")]).to_pylist()
    of_links = table.group_by("link").aggregate([("national_enterprises", "max")]).to_pylist()
    counts = {row["place"]: int(row["local_enterprises_sum"]) for row in by_city}
    whole = sum(int(row["national_enterprises_max"]) for row in of_links)
    return {place: count for place, count in counts.items() if count}, whole


@dataclass(frozen=True, slots=True)
class ChainFacts:
    """The rows of two cities by city and link, the strong places of each link, and the whole."""

    rows: Mapping[tuple[str, str], Mapping[str, Any]]
    strong: Mapping[str, Sequence[str]]
    national: Mapping[str, int]
    leaders: Mapping[str, int]
    all_national: int

    @classmethod
    def read(cls, ground: Ground, chain: str, both: Sequence[Region]) -> Self:
        """The facts of a chain (by code) as `kept` left them. Raises NotKept."""
        table = _rows(ground, chain)
        codes = pa.array([one.code for one in both])
        ours = table.filter(pc.is_in(table["place"], codes)).to_pylist()
        whole = table.group_by("link").aggregate(
            [("national_enterprises", "max"), ("leaders_known", "max"), ("all_national", "max")]
        ).to_pylist()  # fmt: skip
        return cls(
            rows={(row["place"], row["link"]): row for row in ours},
            strong=_strong(table, ground.sheet),
            national={row["link"]: row["national_enterprises_max"] for row in whole},
            leaders={row["link"]: row["leaders_known_max"] for row in whole},
            all_national=max((row["all_national_max"] for row in whole), default=0),
        )

    def total(self, city: Region) -> int:
        """The enterprises of the chain in a city, each in every one of its links."""
        rows = self.rows.items()
        return sum(row["local_enterprises"] for (place, _), row in rows if place == city.code)

    def count(self, city: Region, link: str) -> int:
        """The enterprises of a link in a city."""
        row = self.rows.get((city.code, link))
        return int(row["local_enterprises"]) if row else 0

    def all_local(self, city: Region) -> int:
        """All enterprises that stand in a city."""
        return next((row["all_local"] for (p, _), row in self.rows.items() if p == city.code), 0)

    def of(self, city: Region, link: Link) -> dict[str, Any]:
        """What rules and screens ask of a link in a city; noughts where nothing is registered."""
        row = self.rows.get((city.code, link.link))
        national = self.national.get(link.link, 0)
        nothing = dict.fromkeys(_COUNTS, 0) | {
            "local_capital_wan": Decimal(0),
            "quotient": Decimal(0) if national else None,
            "national_enterprises": national,
            "all_national": self.all_national,
            "leaders_known": self.leaders.get(link.link, 0),
            "position": link.position,
        }
        return {**(row or nothing), **self._outside(city, link)}

    def _outside(self, city: Region, link: Link) -> dict[str, Any]:
        known = regions.by_code()
        strong = [known[code] for code in self.strong.get(link.link, ()) if code in known]
        away = sorted(
            (distances.between(city, one), one.code, one.short_name)
            for one in strong
            if one.code != city.code
        )
        found: dict[str, Any] = {"strong_cities": len(away)}
        if away:
            km, _, name = away[0]
            found |= {"nearest_supplier_km": Decimal(km), "nearest_supplier_city": name}
        return found


def _rows(ground: Ground, chain: str) -> pa.Table:
    file = ground.folder / f"{chain}.parquet"
    if not file.is_file():
        raise NotKept("各市各环节的对照数据尚未算出：请先更新研判，或运行 yipanqi chains compare")
    return pq.read_table(file)


def _strong(rows: pa.Table, sheet: VerdictSheet) -> Mapping[str, Sequence[str]]:
    rules = pa.array([rule.id for rule in sheet.rules if rule.status is Status.STRONG])
    found: dict[str, list[str]] = {}
    for row in rows.filter(pc.is_in(rows["rule"], rules)).select(["link", "place"]).to_pylist():
        found.setdefault(row["link"], []).append(row["place"])
    return found


def _keep(ground: Ground, room: Path) -> None:
    with sessions.measures() as session:
        whole = room / "whole.parquet"
        _judged(ground, session).order_by("link", "place").to_parquet(whole)
        rows = pq.read_table(whole)
        for chain in ground.tables.chains:
            links = pa.array([one.link for one in ground.tables.only(chain.chain).links])
            mine = rows.filter(pc.is_in(rows["link"], links))
            pq.write_table(mine, room / f"{chain.chain}.parquet")
        whole.unlink()


def _judged(ground: Ground, session: Backend) -> ir.Table:
    facts = gaps.kept(ground.registry, ground.tables, session)
    return facts.mutate(rule=gaps.rules_that_decide(facts, ground.sheet))
