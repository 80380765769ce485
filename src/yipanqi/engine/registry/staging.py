"""Each file cleaned into a stage of its own: Parquet parted by province, refused rows apart."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa

from yipanqi.engine.registry import cleaning, rows
from yipanqi.engine.registry.layouts import FACTS
from yipanqi.engine.registry.refusals import ImportRefused, is_full
from yipanqi.engine.registry.sources import Form, Source

# What DuckDB raises where the bytes of a Parquet file are not what its footer promises.
_UNREADABLE = (duckdb.IOException, duckdb.InvalidInputException, duckdb.SerializationException)
REFUSED = "part=refused"


def stage(connection: duckdb.DuckDBPyConnection, source: Source, into: Path) -> None:
    """Clean every row of a file into `into`. Raises ImportRefused when the file is damaged."""
    place = into / f"{source.number:04d}"
    if source.form is Form.PARQUET:
        _stage_parquet(connection, source, place)
        return
    stream = _Stream(source.batches())
    reader = pa.RecordBatchReader.from_batches(rows.SCHEMA, stream)
    connection.register("lines_told", reader)
    try:
        _write(connection, _told_by_lines(connection, source), source, place)
    except duckdb.Error:
        if stream.fault is not None:
            raise stream.fault from None
        raise
    finally:
        connection.unregister("lines_told")


class _Stream:
    """Batches on their way into DuckDB, keeping the fault that ended them, if one did."""

    def __init__(self, batches: Iterator[pa.RecordBatch]) -> None:
        self._batches = batches
        self.fault: Exception | None = None

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        try:
            yield from self._batches
        except Exception as fault:
            # DuckDB would report it as its own and lose the sentence.
            self.fault = fault
            raise


def _stage_parquet(connection: duckdb.DuckDBPyConnection, source: Source, place: Path) -> None:
    try:
        told = connection.read_parquet(str(source.file), file_row_number=True)
        _write(connection, _told_by_columns(told, source), source, place)
    except _UNREADABLE as fault:
        if is_full(fault):
            raise
        raise ImportRefused(
            f"“{source.file.name}”不能读完，可能已损坏：请重新获取后再导入"
        ) from fault


def _write(
    connection: duckdb.DuckDBPyConnection,
    told: duckdb.DuckDBPyRelation,
    source: Source,
    place: Path,
) -> None:
    cleaning.clean(connection, told)
    kept = connection.view("cleaned").project(
        f"{source.number}::SMALLINT AS file, (({source.number}::BIGINT << 40) | line) AS ordinal, *"
    )
    kept.create_view("kept", replace=True)
    # A dictionary of names, codes and scopes never repays its making in a file read once.
    connection.execute(
        f"COPY (FROM kept) TO {_quoted(str(place), chr(39))} (FORMAT parquet, "
        "COMPRESSION uncompressed, DICTIONARY_SIZE_LIMIT 1, PARTITION_BY (part), OVERWRITE)"
    )


def _told_by_columns(told: duckdb.DuckDBPyRelation, source: Source) -> duckdb.DuckDBPyRelation:
    facts = (f"{_column(source, fact)} AS {fact}" for fact in FACTS)
    head = "file_row_number + 1 AS line, NULL::VARCHAR AS problem, NULL::VARCHAR AS raw"
    return told.project(", ".join((head, *facts)))


def _column(source: Source, fact: str) -> str:
    column = source.layout.columns.get(fact)
    if column is None:
        return _constant(source, fact)
    return f"{_quoted(column, chr(34))}::VARCHAR"


def _told_by_lines(
    connection: duckdb.DuckDBPyConnection, source: Source
) -> duckdb.DuckDBPyRelation:
    connection.execute(
        "CREATE OR REPLACE MACRO unquoted(t) AS CASE WHEN starts_with(t, '\"') "
        "AND ends_with(t, '\"') THEN replace(t[2:-2], '\"\"', '\"') ELSE t END"
    )
    facts = (f"{_field(source, fact)} AS {fact}" for fact in FACTS)
    split = connection.view("lines_told").project(
        "line, problem, CASE WHEN problem IS NOT NULL THEN text END AS raw, "
        "CASE WHEN problem IS NULL "
        f"THEN string_split(rtrim(text, chr(10)), chr({ord(rows.MARK)})) END AS fields"
    )
    return split.project(", ".join(("line", "problem", "raw", *facts)))


def _field(source: Source, fact: str) -> str:
    column = source.layout.columns.get(fact)
    if column is None:
        return _constant(source, fact)
    return f"unquoted(fields[{source.header.index(column) + 1}])"


def _constant(source: Source, fact: str) -> str:
    said = source.layout.constants.get(fact)
    return "NULL::VARCHAR" if said is None else _quoted(said, "'")


def _quoted(text: str, mark: str) -> str:
    return mark + text.replace(mark, mark * 2) + mark
