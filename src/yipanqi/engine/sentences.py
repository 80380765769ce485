"""What each distinct sentence of a registry says of links, read by two processes side by side."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import current_process, get_context
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from yipanqi.engine.terms import TermBook
from yipanqi.rulebook.chains import RecognitionTerm

# One row for each clause that speaks for a link, in one sentence of a scope.
SPOKEN = pa.schema(
    [
        ("sentence", pa.string()),
        ("chain", pa.string()),
        ("link", pa.string()),
        ("term", pa.string()),
        ("clause", pa.string()),
        ("role", pa.string()),
        ("confidence", pa.float64()),
    ]
)
HANDS = 2
# Below this many sentences one process is done before a second would have started.
_WORTH_SHARING = 300_000
# What is searched at a time: its occurrences are Python tuples until they are counted.
_AT_ONCE = 50_000


def spoken(batches: Iterable[pa.RecordBatch], book: TermBook) -> pa.Table:
    """What each sentence says of links, as rows of `SPOKEN` in the order of the sentences.

    `batches` hold distinct sentences in a string column `sentence`: what repeats is read once.
    """
    return pa.Table.from_batches([_tagged(batch, book) for batch in batches], SPOKEN)


def write_spoken(sentences: Path, book: TermBook, said: Path) -> None:
    """Write what the sentences of one Parquet file say as another, in the same order.

    `sentences` has a string column `sentence`.
    """
    with pq.ParquetFile(sentences) as file:
        rows, groups = file.metadata.num_rows, file.num_row_groups
    with pq.ParquetWriter(said, SPOKEN) as writer:
        for table in _shared(sentences, book, groups, shared=rows > _WORTH_SHARING):
            writer.write_table(table)


def _shared(sentences: Path, book: TermBook, groups: int, *, shared: bool) -> Iterator[pa.Table]:
    # A worker of a queue is a daemon, which may have no children: it reads alone.
    if not shared or current_process().daemon:
        yield from (_group(sentences, number, book) for number in range(groups))
        return
    # Spawned, never forked: the caller holds threads of its own.
    with ProcessPoolExecutor(HANDS, get_context("spawn"), _open, (sentences, book.terms)) as pool:
        yield from pool.map(_turn, range(groups))


_AT_HAND: list[tuple[Path, TermBook]] = []


def _open(sentences: Path, terms: tuple[RecognitionTerm, ...]) -> None:
    _AT_HAND.append((sentences, TermBook(terms)))


def _turn(number: int) -> pa.Table:
    sentences, book = _AT_HAND[-1]
    return _group(sentences, number, book)


def _group(sentences: Path, number: int, book: TermBook) -> pa.Table:
    with pq.ParquetFile(sentences) as file:
        return spoken(file.iter_batches(_AT_ONCE, row_groups=[number], columns=["sentence"]), book)


def _tagged(batch: pa.RecordBatch, book: TermBook) -> pa.RecordBatch:
    columns: list[list[str | float]] = [[] for _ in SPOKEN.names]
    told = batch.column("sentence").filter(pa.array(_with_terms(batch, book)))
    for sentence in told.to_pylist():
        for mention in book.mentions(sentence):
            for column, value in zip(columns, (sentence, *mention), strict=True):
                column.append(value)
    return pa.RecordBatch.from_arrays(
        [pa.array(one, field.type) for one, field in zip(columns, SPOKEN, strict=True)],
        schema=SPOKEN,
    )


def _with_terms(batch: pa.RecordBatch, book: TermBook) -> npt.NDArray[np.bool_]:
    """Which sentences hold a term that recognises a link; all bytes are searched in one go."""
    column = batch.column("sentence").cast(pa.large_string())
    holds = np.zeros(len(column), np.bool_)
    _, bounds_buffer, text_buffer = column.buffers()
    if text_buffer is None:
        return holds
    bounds = np.frombuffer(bounds_buffer, np.int64)[column.offset :][: len(column) + 1]
    # Lower-casing bytes touches Latin letters only, so every position stays where it was.
    found = book.occurrences(memoryview(text_buffer).tobytes().lower())
    places = np.fromiter((place for _, place, _ in found), np.int64, len(found))
    holds[np.searchsorted(bounds, places, "right") - 1] = True
    return holds
