"""The groups of a registry, worked out once for each snapshot and kept in its index."""

from pathlib import Path

import ibis.expr.types as ir
import pyarrow.parquet as pq
from ibis.backends.duckdb import Backend

from yipanqi.engine import indices, once, stores
from yipanqi.engine.groups import brands, parsing, places
from yipanqi.engine.groups.membership import Relation, members

# Raised when the same registry would be grouped otherwise than before.
EDITION = 1
_MEMBERS, _PARTS = "members.parquet", "parts.parquet"
_BATCH = 200_000


def kept_members(registry: Path, session: Backend) -> ir.Table:
    """Every enterprise with its company and group, as MEMBERS; made when missing."""
    table: ir.Table = session.read_parquet(_folder(registry, session) / _MEMBERS)
    return table


def kept_parts(registry: Path, session: Backend) -> ir.Table:
    """The pieces of every company's name, as parsing.PARTS; made when missing."""
    table: ir.Table = session.read_parquet(_folder(registry, session) / _PARTS)
    return table


def is_kept(registry: Path) -> bool:
    """Whether the groups of the registry were worked out, so that asking is quick."""
    return _place(registry).is_dir()


def _folder(registry: Path, session: Backend) -> Path:
    return once.made(_place(registry), lambda room: _write(registry, session, room))


def _place(registry: Path) -> Path:
    return stores.shelf(stores.Kind.INDEX) / indices.snapshot(registry) / f"groups-{EDITION}"


def _write(registry: Path, session: Backend, room: Path) -> None:
    enterprises = indices.enterprises(registry, session)
    names, untied = room / "names.parquet", room / "untied.parquet"
    members(enterprises).to_parquet(untied)
    alone: ir.Table = session.read_parquet(untied)
    alone.select("head").distinct().order_by("head").to_parquet(names)
    _write_parts(names, places.counties(session.read_parquet(names)), room / _PARTS)
    companies = _companies(session.read_parquet(room / _PARTS), alone, enterprises)
    tied = session.create_table("ties", brands.ties(companies), temp=True, overwrite=True)
    found = members(enterprises, tied)
    found.order_by("id").to_parquet(room / _MEMBERS)
    names.unlink()
    untied.unlink()


def _write_parts(names: Path, counties: places.PlaceWords, target: Path) -> None:
    with pq.ParquetFile(names) as file, pq.ParquetWriter(target, parsing.PARTS) as writer:
        for batch in file.iter_batches(_BATCH):
            writer.write_table(parsing.parts(batch.column("head").to_pylist(), counties))


def _companies(parts: ir.Table, alone: ir.Table, enterprises: ir.Table) -> ir.Table:
    """The pieces of each company's name and the city it is registered in."""
    own = alone.filter(alone.relation == Relation.ITSELF.value, alone.id == alone.head_id)
    city = enterprises.city_code.coalesce(enterprises.province_code)
    homes = own.join(enterprises.select("id", city=city), "id").select("head", "city")
    return parts.left_join(homes, "head").drop("head_right")
