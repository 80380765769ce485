"""Text files and workbooks on their way in: each row parted into its facts, kept as Parquet."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa

from yipanqi.engine.registry import rows
from yipanqi.engine.registry.layouts import FACTS
from yipanqi.engine.registry.sources import Source


def spool(connection: duckdb.DuckDBPyConnection, source: Source, into: Path) -> None:
    """Write the rows of a text file or workbook into a Parquet file, as told, in their order.

    Columns: file, source, line, problem, raw and the facts. Python reads such a file once, slowly;
    what follows reads its rows twice, quickly. Raises ImportRefused when the file is damaged.
    """
    stream = _Stream(source.batches())
    connection.register("lines_told", pa.RecordBatchReader.from_batches(rows.SCHEMA, stream))
    try:
        connection.execute("SET preserve_insertion_order = true")
        _told(connection, source).to_parquet(str(into), compression="uncompressed")
    except duckdb.Error:
        if stream.fault is not None:
            raise stream.fault from None
        raise
    finally:
        connection.execute("SET preserve_insertion_order = false")
        connection.unregister("lines_told")


def constant(source: Source, fact: str) -> str:
    """A fact that the layout states for all rows of a file, as SQL; null when it states none."""
    said = source.layout.constants.get(fact)
    return "NULL::VARCHAR" if said is None else quoted(said, "'")


def quoted(text: str, mark: str) -> str:
    """A text between marks of SQL, its own marks doubled."""
    return mark + text.replace(mark, mark * 2) + mark


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


def _told(connection: duckdb.DuckDBPyConnection, source: Source) -> duckdb.DuckDBPyRelation:
    connection.execute(
        "CREATE OR REPLACE MACRO unquoted(t) AS CASE WHEN starts_with(t, '\"') "
        "AND ends_with(t, '\"') THEN replace(t[2:-2], '\"\"', '\"') ELSE t END"
    )
    head = f"{source.number}::SMALLINT AS file, {quoted(source.name, chr(39))} AS source"
    facts = (f"{_field(source, fact)} AS {fact}" for fact in FACTS)
    split = connection.view("lines_told").project(
        "line, problem, CASE WHEN problem IS NOT NULL THEN text END AS raw, "
        "CASE WHEN problem IS NULL "
        f"THEN string_split(rtrim(text, chr(10)), chr({ord(rows.MARK)})) END AS fields"
    )
    return split.project(", ".join((head, "line", "problem", "raw", *facts)))


def _field(source: Source, fact: str) -> str:
    column = source.layout.columns.get(fact)
    if column is None:
        return constant(source, fact)
    return f"unquoted(fields[{source.header.index(column) + 1}])"
