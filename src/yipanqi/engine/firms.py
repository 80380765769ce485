"""The enterprises of a registry as studies need them: without long texts, with their company."""

from pathlib import Path

import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from yipanqi.engine import groups, indices, once, stores

# Raised when the same registry would be kept otherwise than before.
EDITION = 2
_FILE = "firms.parquet"
ORDER = "id"
STANDING = ("alive", "unknown")
# Read whole for every chain of every study, so nothing is kept that no study asks for.
_KEPT = (
    "id", "code", "name", "registered", "capital_wan", "capital_currency", "capital_text",
    "province_code", "province", "city_code", "city", "status", "last_sign_on",
    "last_sign_kind", "source",
)  # fmt: skip


def kept(registry: Path, session: Backend) -> ir.Table:
    """Every enterprise with the name of its company as `head`; made when missing.

    Raises indices.NoRegistry.
    """
    enterprises = indices.enterprises(registry, session)
    file = place(registry)
    once.made(file.parent, lambda room: _write(enterprises, room))
    table: ir.Table = session.read_parquet(file)
    return table


def place(registry: Path) -> Path:
    """The file the enterprises belong in, whether or not they are kept yet."""
    folder = stores.shelf(stores.Kind.INDEX) / indices.snapshot(registry)
    return folder / f"firms-{EDITION}" / _FILE


def slim(enterprises: ir.Table) -> ir.Table:
    """What is kept of the enterprises."""
    return headed(enterprises.select(*_KEPT))


def headed(enterprises: ir.Table) -> ir.Table:
    """The enterprises with the name of their company as `head`."""
    return enterprises.mutate(head=groups.head_name(enterprises.name))


def standing(enterprises: ir.Table) -> ir.Table:
    """The enterprises not known to have ceased, with their city as `place`."""
    lives = enterprises.status.fill_null("unknown").isin(STANDING)
    return enterprises.filter(lives).rename(place="city_code")


def _write(enterprises: ir.Table, room: Path) -> None:
    slim(enterprises).order_by(ORDER).to_parquet(room / _FILE)
