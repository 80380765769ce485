"""The account of an import: every row read is accepted, a duplicate or refused; nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from yipanqi.engine.registry.faults import REASONS, REMARK_TEXTS, Fault
from yipanqi.engine.registry.pieces import Told
from yipanqi.engine.registry.refusals import ImportRefused
from yipanqi.engine.registry.shelving import CONTESTED, REFUSED, Shelves
from yipanqi.engine.registry.sources import Source


@dataclass(frozen=True, slots=True)
class FileAccount:
    """What became of the rows of one file."""

    source: Source
    read: int
    accepted: int
    rejected: int

    @property
    def duplicates(self) -> int:
        """Rows that a later row of the same enterprise replaced."""
        return self.read - self.accepted - self.rejected

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
    connection: duckdb.DuckDBPyConnection, told: Sequence[Told], shelves: Shelves
) -> Account:
    """The account of what is staged and written. Raises ImportRefused when it does not add up.

    Rows read are counted at the source, rows accepted and refused where they were written, and
    duplicates among the contested: three counts that do not know of one another.
    """
    written = _rows(connection, sorted(map(str, shelves.tables.glob("*/*.parquet"))))
    refused = _rows(connection, shelves.files(REFUSED))
    accepted, rejected = _by_file(written), _by_file(refused)
    files = tuple(
        FileAccount(
            one.source,
            read=one.rows,
            accepted=accepted.get(one.source.number, 0),
            rejected=rejected.get(one.source.number, 0),
        )
        for one in told
    )
    if sum(file.duplicates for file in files) != _lost(_rows(connection, shelves.files(CONTESTED))):
        raise ImportRefused("写出的行数与读入的行数对不上，导入已停止，原有数据未改动：请重新运行")
    return Account(files, _reasons(refused), _warnings(written))


def _rows(
    connection: duckdb.DuckDBPyConnection, files: list[str]
) -> duckdb.DuckDBPyRelation | None:
    return connection.read_parquet(files, hive_partitioning=False) if files else None


def _by_file(rows: duckdb.DuckDBPyRelation | None) -> dict[int, int]:
    return dict(rows.aggregate("file, count(*)", "file").fetchall()) if rows else {}


def _lost(contested: duckdb.DuckDBPyRelation | None) -> int:
    """How many rows another row of their enterprise replaced."""
    if contested is None:
        return 0
    return int(contested.aggregate("count(*) - count(DISTINCT id)").fetchall()[0][0])


def _reasons(refused: duckdb.DuckDBPyRelation | None) -> dict[str, int]:
    if refused is None:
        return {}
    counted = refused.project("refusal.fault").aggregate("fault, count(*)", "fault").fetchall()
    return {REASONS[Fault(fault)]: count for fault, count in sorted(counted)}


def _warnings(written: duckdb.DuckDBPyRelation | None) -> dict[str, int]:
    """Rows that lost to a later duplicate are not in the tables, nor are their remarks here."""
    if written is None:
        return {}
    counts = ", ".join(
        f"count(*) FILTER (WHERE remarks & {remark.value} > 0)" for remark in REMARK_TEXTS
    )
    noted = written.aggregate(counts).fetchall()[0]
    return {text: count for text, count in zip(REMARK_TEXTS.values(), noted, strict=True) if count}
