"""Cleaned rows put where they belong: one Parquet file for each province, refused rows apart."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
from pyarrow import compute, parquet

# The columns of the tables, in their order; `file` and `line` lead back to the row as it was told.
COLUMNS = (
    "id", "code", "code_kind", "name", "registered", "kind", "capital_wan", "capital_currency",
    "capital_text", "scope", "province_code", "province", "city_code", "city", "address", "status",
    "last_sign_on", "last_sign_kind", "source", "file", "line", "remarks",
)  # fmt: skip
REFUSED, CONTESTED = "refused", "contested"
BATCH_ROWS = 20_480
_REFUSAL = ("file", "line", "refusal")
_GROUP_ROWS = 122_880
# There are fewer parts: more runs mean that rows of several provinces take turns.
_MOST_RUNS = 64
# A dictionary of what hardly repeats never repays its making.
_PLAIN = frozenset({"id", "code", "name", "scope", "address", "line", "refusal"})


@dataclass(frozen=True, slots=True)
class Shelves:
    """Where rows go: provinces into `tables`, refused and contested rows into `stage`."""

    tables: Path
    stage: Path

    def place(self, part: str, piece: int) -> Path:
        """The file of one part of one piece; files of a part sort as the pieces do."""
        if part in {REFUSED, CONTESTED}:
            return self.stage / part / f"{piece:05d}.parquet"
        return self.tables / f"province_code={part}" / f"part-{piece:05d}.parquet"

    def put(self, rows: pa.RecordBatchReader, piece: int) -> None:
        """Write all rows of a piece, each to the file of its `part`, in the order they come.

        Writing runs of one province at a time lets memory be used again while it is still in the
        cache: this takes half the time of DuckDB's own COPY … PARTITION_BY.
        """
        with _files(self, rows.schema, piece) as files:
            for batch in rows:
                for part, run in _runs(batch):
                    files.add(part, run)

    def files(self, part: str) -> list[str]:
        """The files of refused or contested rows written so far."""
        return sorted(str(file) for file in (self.stage / part).glob("*.parquet"))


def _runs(batch: pa.RecordBatch) -> Iterator[tuple[str, pa.RecordBatch]]:
    """Neighbouring rows of one part; most sources list their rows province by province.

    Where they do not, the rows of the batch are brought together first, each part in its order.
    """
    encoded = compute.run_end_encode(batch.column("part"))
    if len(encoded.values) > _MOST_RUNS:
        batch = batch.take(compute.sort_indices(batch.column("part")))
        encoded = compute.run_end_encode(batch.column("part"))
    start = 0
    for part, end in zip(encoded.values.to_pylist(), encoded.run_ends.to_pylist(), strict=True):
        yield part, batch.slice(start, end - start)
        start = end


@contextmanager
def _files(shelves: Shelves, schema: pa.Schema, piece: int) -> Iterator["_Files"]:
    files = _Files(shelves, schema, piece)
    try:
        yield files
        for file in files.opened.values():
            file.flush()
    finally:
        for file in files.opened.values():
            file.writer.close()


@dataclass(slots=True)
class _File:
    """A file being written, and the rows that wait for a full group."""

    writer: parquet.ParquetWriter
    columns: tuple[str, ...]
    waiting: list[pa.RecordBatch] = field(default_factory=list)
    count: int = 0

    def add(self, run: pa.RecordBatch) -> None:
        self.waiting.append(run.select(self.columns))
        self.count += run.num_rows
        if self.count >= _GROUP_ROWS:
            self.flush()

    def flush(self) -> None:
        if self.waiting:
            self.writer.write_table(pa.Table.from_batches(self.waiting))
        self.waiting, self.count = [], 0


class _Files:
    """The open files of one piece."""

    def __init__(self, shelves: Shelves, schema: pa.Schema, piece: int) -> None:
        self._shelves, self._schema, self._piece = shelves, schema, piece
        self.opened: dict[str, _File] = {}

    def add(self, part: str, run: pa.RecordBatch) -> None:
        if part not in self.opened:
            self.opened[part] = self._open(part)
        self.opened[part].add(run)

    def _open(self, part: str) -> _File:
        columns = _REFUSAL if part == REFUSED else COLUMNS
        place = self._shelves.place(part, self._piece)
        place.parent.mkdir(parents=True, exist_ok=True)
        schema = pa.schema([self._schema.field(name) for name in columns])
        repeating = [name for name in columns if name not in _PLAIN]
        writer = parquet.ParquetWriter(
            place, schema, compression="snappy", use_dictionary=repeating
        )
        return _File(writer, columns)
