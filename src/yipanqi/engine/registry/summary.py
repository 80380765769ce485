"""The account of an import: every row read is accepted, a duplicate or refused; nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from yipanqi.engine.registry.faults import REASONS, REMARK_TEXTS, Fault
from yipanqi.engine.registry.refusals import ImportRefused
from yipanqi.engine.registry.sources import Source


@dataclass(frozen=True, slots=True)
class FileAccount:
    """What became of the rows of one file."""

    source: Source
    read: int
    duplicates: int
    rejected: int

    @property
    def accepted(self) -> int:
        """Rows kept: read, less duplicates and refused ones."""
        return self.read - self.duplicates - self.rejected

    def as_mapping(self) -> dict[str, Any]:
        """The account as it stands in the manifest and in JSON."""
        return {
            "file": self.source.file.name,
            "layout": self.source.layout.name,
            "sha256": self.source.sha256,
            "read": self.read,
            "accepted": self.accepted,
            "duplicates": self.duplicates,
            "rejected": self.rejected,
        }


@dataclass(frozen=True, slots=True)
class Account:
    """What became of every row of an import, in total and by file."""

    files: tuple[FileAccount, ...]
    reasons: Mapping[str, int]
    warnings: Mapping[str, int]
    written: int

    def as_mapping(self) -> dict[str, Any]:
        """{read, accepted, duplicates, rejected, reasons, warnings, files}."""
        return {
            "read": sum(file.read for file in self.files),
            "accepted": sum(file.accepted for file in self.files),
            "duplicates": sum(file.duplicates for file in self.files),
            "rejected": sum(file.rejected for file in self.files),
            "reasons": dict(self.reasons),
            "warnings": dict(self.warnings),
            "files": [file.as_mapping() for file in self.files],
        }


def drawn_up(
    connection: duckdb.DuckDBPyConnection, sources: tuple[Source, ...], staged: str, out: Path
) -> Account:
    """The account of what is staged and written. Raises ImportRefused when it does not add up."""
    rows = connection.read_parquet(staged, hive_partitioning=False, union_by_name=True)
    by_file = {
        file: (read, rejected)
        for file, read, rejected in rows.aggregate(
            "file, count(*), count(fault)", "file"
        ).fetchall()
    }
    losers = connection.table("losers").aggregate("file, count(*)", "file").fetchall()
    duplicates: dict[int, int] = dict(losers)
    files = tuple(
        FileAccount(
            source,
            read=by_file.get(source.number, (0, 0))[0],
            duplicates=duplicates.get(source.number, 0),
            rejected=by_file.get(source.number, (0, 0))[1],
        )
        for source in sources
    )
    account = Account(files, _reasons(rows), _warnings(connection, rows), _written(connection, out))
    if account.written != sum(file.accepted for file in files):
        raise ImportRefused("写出的行数与读入的行数对不上，导入已停止，原有数据未改动：请重新运行")
    return account


def _reasons(rows: duckdb.DuckDBPyRelation) -> dict[str, int]:
    counted = rows.filter("fault IS NOT NULL").aggregate("fault, count(*)", "fault").fetchall()
    return {REASONS[Fault(fault)]: count for fault, count in sorted(counted)}


def _warnings(
    connection: duckdb.DuckDBPyConnection, rows: duckdb.DuckDBPyRelation
) -> dict[str, int]:
    counts = ", ".join(
        f"count(*) FILTER (WHERE remarks & {remark.value} > 0)" for remark in REMARK_TEXTS
    )
    # Rows that lost to a later duplicate are not in the result, nor are their remarks.
    kept = rows.filter("fault IS NULL").join(connection.table("losers"), "ordinal", how="anti")
    noted = kept.aggregate(counts).fetchall()[0]
    return {text: count for text, count in zip(REMARK_TEXTS.values(), noted, strict=True) if count}


def _written(connection: duckdb.DuckDBPyConnection, out: Path) -> int:
    if not any(out.glob("province_code=*/*.parquet")):
        return 0
    found = connection.read_parquet(f"{out}/*/*.parquet").aggregate("count(*)").fetchall()
    return int(found[0][0])
