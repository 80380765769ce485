"""Building the index of a registry: read in batches, written beside, put in place as one."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import tantivy

from yipanqi.engine import indices, once
from yipanqi.engine.search import layout, letters, places
from yipanqi.engine.search.initials import all_initials
from yipanqi.engine.search.layout import ROW_BITS, Field
from yipanqi.engine.search.places import Progress

Telling = Callable[[Progress], None]
# Two threads write; with what is read and cut beside them, memory stays under 1.5 GB.
_THREADS, _HEAP_BYTES = 2, 400_000_000
_BATCH = 10_240
_COLUMNS = ["id", "name", "scope", "address", "code", "city_code", "status", "registered"]
_PROVINCE = "province_code="


def silent(_: Progress) -> None:
    """Tell nobody."""


def build(registry: Path, *, telling: Telling = silent) -> Path:
    """Build the registry's index unless it stands, and give its folder.

    Until the end there is no index, or the one of before; word of the build is left in `places`.
    Raises indices.NoRegistry.
    """
    folder = places.place(registry)
    if places.stands(registry):
        return folder
    files = indices.files(registry)

    def fill(room: Path) -> None:
        for progress in _written(files, room):
            places.tell(registry, progress)
            telling(progress)
        room.chmod(0o755)

    try:
        once.made(folder, fill)
    except Exception as fault:
        places.tell(registry, Progress(0, _total(files), f"{type(fault).__name__}：{fault}"))
        raise
    _forget_older(folder)
    places.forget(registry)
    return folder


def _written(files: Sequence[Path], ready: Path) -> Iterator[Progress]:
    """Write the index into `ready`, telling after each batch how far it is."""
    writer = layout.created(ready).writer(_HEAP_BYTES, _THREADS)
    done, total = 0, _total(files)
    yield Progress(done, total)
    for batch in _batches(files):
        for document in _documents(batch):
            writer.add_document(document)
        done += batch.rows.num_rows
        yield Progress(done, total)
    writer.commit()
    writer.wait_merging_threads()


@dataclass(frozen=True, slots=True)
class _Batch:
    """Rows that follow one another in one file of one province."""

    rows: pa.RecordBatch
    province: str
    first_place: int

    def column(self, name: str) -> list[Any]:
        values: list[Any] = self.rows.column(name).to_pylist()
        return values

    def texts(self, name: str) -> list[str]:
        return [value or "" for value in self.column(name)]


def _batches(files: Sequence[Path]) -> Iterator[_Batch]:
    for number, path in enumerate(files):
        province, row = path.parent.name.removeprefix(_PROVINCE), 0
        with pq.ParquetFile(path) as file:
            for rows in file.iter_batches(_BATCH, columns=_COLUMNS, use_threads=False):
                yield _Batch(rows, province, (number << ROW_BITS) + row)
                row += rows.num_rows


def _documents(batch: _Batch) -> Iterator[tantivy.Document]:
    names = batch.texts("name")
    columns = {
        Field.NAME: letters.cut([letters.marked(name) for name in names], letters.LABEL),
        Field.INITIALS: letters.cut(
            [letters.marked(read) for read in all_initials(names)], letters.LABEL, size=3
        ),
        Field.SCOPE: letters.cut(batch.texts("scope")),
        Field.ADDRESS: letters.cut(batch.texts("address"), letters.LABEL),
        Field.ID: batch.column("id"),
        Field.CODE: batch.column("code"),
        Field.CITY: batch.column("city_code"),
        Field.STATUS: batch.column("status"),
        Field.YEAR: [day and day.year for day in batch.column("registered")],
    }
    kept = [str(field) for field in columns]
    schema = layout.schema()
    for row, values in enumerate(zip(*columns.values(), strict=True)):
        told = {field: value for field, value in zip(kept, values, strict=True) if value}
        told[Field.PROVINCE] = batch.province
        told[Field.PLACE] = batch.first_place + row
        yield tantivy.Document.from_dict(told, schema)


def _forget_older(folder: Path) -> None:
    for older in folder.parent.glob("search-*"):
        if older.is_dir() and older != folder:
            shutil.rmtree(older, ignore_errors=True)


def _total(files: Sequence[Path]) -> int:
    return sum(pq.read_metadata(file).num_rows for file in files)
