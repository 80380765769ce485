"""The rows of a registry at the places an index names, read from its files and nothing else."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from yipanqi.engine import indices, sessions
from yipanqi.engine.search.layout import ROW_BITS

_MEMORY, _THREADS = "300MB", 2
_FACTS = (
    "id", "code", "code_kind", "name", "registered", "kind", "capital_text", "capital_wan",
    "capital_currency", "scope", "province", "city_code", "city", "address", "status",
    "last_sign_on", "source",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """What the registry tells of an enterprise; what it does not tell is None."""

    id: str
    code: str | None
    code_kind: str | None
    name: str
    registered: date | None
    kind: str | None
    capital_text: str | None
    capital_wan: Decimal | None
    capital_currency: str | None
    scope: str | None
    province: str | None
    city_code: str | None
    city: str | None
    address: str | None
    status: str
    last_sign_on: date | None
    source: str | None


def at(registry: Path, places: Sequence[int]) -> list[Row]:
    """The rows at the places, in their order."""
    if not places:
        return []
    files = indices.files(registry)
    by_file: dict[int, list[int]] = {}
    for place in places:
        by_file.setdefault(place >> ROW_BITS, []).append(place & ((1 << ROW_BITS) - 1))
    with _session(registry) as session:
        read = _read(session, files, by_file)
    found = {(number << ROW_BITS) + row: Row(*facts) for number, row, *facts in read}
    return [found[place] for place in places]


def _read(
    session: duckdb.DuckDBPyConnection, files: Sequence[Path], by_file: Mapping[int, Sequence[int]]
) -> list[tuple[Any, ...]]:
    """File, row and facts of each row, all files in one question: they are read side by side."""
    columns = ", ".join(_FACTS)
    # Numbers of rows let DuckDB pass over every group of rows but theirs.
    asked = " UNION ALL ".join(
        f"SELECT {number}, file_row_number, {columns} "  # noqa: S608 -- our own names, and numbers
        "FROM read_parquet(?, file_row_number = true) "
        f"WHERE file_row_number IN ({', '.join(map(str, rows))})"
        for number, rows in by_file.items()
    )
    return session.execute(asked, [str(files[number]) for number in by_file]).fetchall()


@contextmanager
def _session(registry: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    spill = registry.parent / f".{registry.name}.spill"
    with sessions.pipeline(spill, memory=_MEMORY, threads=_THREADS) as session:
        yield session
