"""The index of a registry: which enterprise speaks of which link, worked out once and kept."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from yipanqi.engine import once, retagging, stores
from yipanqi.engine.terms import TermBook

# Raised when the same book would find other mentions than before.
EDITION = 2


class NoRegistry(Exception):
    """The folder holds no registry; the message says what to do."""


def files(registry: Path) -> list[Path]:
    """The Parquet files of the registry, in an order that is always the same. Raises NoRegistry."""
    found = sorted(registry.glob("enterprises/*/*.parquet"))
    if not found:
        raise NoRegistry(
            f"{registry} 里没有登记数据，请先运行 yipanqi registry import … --publish，"
            "或用 --registry 指定目录"
        )
    return found


def enterprises(registry: Path, session: Backend) -> ir.Table:
    """Every enterprise of the registry. Raises NoRegistry."""
    files(registry)
    table: ir.Table = session.read_parquet(
        f"{registry}/enterprises/*/*.parquet", hive_partitioning=True, hive_types_autocast=False
    )
    return table


def manifest(registry: Path) -> Mapping[str, Any]:
    """What the registry says of itself (as_of, synthetic, …); empty when it says nothing."""
    file = registry / "manifest.json"
    return json.loads(file.read_bytes()) if file.is_file() else {}


def mentions(registry: Path, book: TermBook, session: Backend) -> ir.Table:
    """The mentions of all links of the book, as rows of tagging.MENTIONS; made when missing.

    Where another snapshot was tagged with the same book, only enterprises whose scope is new or
    changed are tagged.
    """
    file = mentions_place(registry, book)

    def make(room: Path) -> None:
        told = enterprises(registry, session)
        with retagging.embedded(session, book, room) as engine:
            retagging.write(told, engine, room, before=retagging.last(file.parent))

    once.made(file.parent, make)
    table: ir.Table = session.read_parquet(file)
    return table


def mentions_place(registry: Path, book: TermBook) -> Path:
    """The file the mentions of the book belong in, whether or not they were worked out."""
    folder = f"{EDITION}-{book.digest[:16]}"
    return stores.shelf(stores.Kind.INDEX) / snapshot(registry) / folder / retagging.MENTIONS


def snapshot(registry: Path) -> str:
    """The registry's name and a digest of its manifest (of its files' sizes where it has none)."""
    place = registry.resolve()
    manifest = place / "manifest.json"
    if manifest.is_file():
        told = manifest.read_bytes()
    else:
        files = sorted(place.glob("enterprises/*/*.parquet"))
        told = repr(
            [(one.name, one.stat().st_size, one.stat().st_mtime_ns) for one in files]
        ).encode()
    return f"{place.name}-{hashlib.sha256(told).hexdigest()[:12]}"
