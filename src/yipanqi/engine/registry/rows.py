"""Rows of text on their way into the pipeline: numbered, with their fields marked off."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa

# What parts fields inside a row of text: a control character that no register writes.
MARK = "\x1f"
BATCH_ROWS = 10_000
# One row as it travels: its line, its text (fields parted by MARK, or as it stood), its problem.
SCHEMA = pa.schema([("line", pa.int64()), ("text", pa.string()), ("problem", pa.string())])


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a text file or workbook; with a problem, `text` is what stood there."""

    line: int
    text: str
    problem: str | None = None


def joined(fields: Sequence[str | None]) -> str:
    """The fields as one marked text; quoted, so that a field's own quotation marks survive."""
    return MARK.join("" if one is None else '"' + _plain(one) + '"' for one in fields)


def batches(rows: Iterable[Row]) -> Iterator[pa.RecordBatch]:
    """The rows in record batches of SCHEMA."""
    waiting: list[Row] = []
    for row in rows:
        waiting.append(row)
        if len(waiting) >= BATCH_ROWS:
            yield batch(waiting)
            waiting = []
    if waiting:
        yield batch(waiting)


def batch(rows: Sequence[Row]) -> pa.RecordBatch:
    """The rows as one record batch of SCHEMA."""
    columns = [
        [row.line for row in rows],
        [row.text for row in rows],
        [row.problem for row in rows],
    ]
    arrays = [pa.array(column, one.type) for column, one in zip(columns, SCHEMA, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=SCHEMA)


def _plain(field: str) -> str:
    return field.replace(MARK, " ").replace("\x00", "").replace('"', '""')
