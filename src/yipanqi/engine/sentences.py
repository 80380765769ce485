"""What each distinct sentence of a registry says of links, read by two processes side by side."""

import pickle
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

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
_HAND = (sys.executable, "-c", "from yipanqi.engine import sentences; sentences.take_turns()")
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

    `sentences` has a string column `sentence`. Raises ChildProcessError when a hand breaks off.
    """
    with pq.ParquetFile(sentences) as file:
        rows, groups = file.metadata.num_rows, file.num_row_groups
    with pq.ParquetWriter(said, SPOKEN) as writer:
        if rows > _WORTH_SHARING:
            tables = _shared(sentences, book, groups, said)
        else:
            tables = (_group(sentences, number, book) for number in range(groups))
        for table in tables:
            writer.write_table(table)


def take_turns() -> None:
    """Tag the row groups that standard input names, each into a file of its own."""
    turn: _Turn = pickle.load(sys.stdin.buffer)  # noqa: S301 -- written by our own parent
    book = TermBook(turn.terms)
    for number in turn.groups:
        pq.write_table(_group(turn.sentences, number, book), _part(turn.said, number))


class _Turn(NamedTuple):
    sentences: Path
    terms: tuple[RecognitionTerm, ...]
    groups: tuple[int, ...]
    said: Path


def _shared(sentences: Path, book: TermBook, groups: int, said: Path) -> Iterator[pa.Table]:
    # Neither forked (the caller holds threads) nor spawned (that would import its main module).
    turns = [
        _Turn(sentences, book.terms, tuple(range(hand, groups, HANDS)), said)
        for hand in range(HANDS)
    ]
    hands = [subprocess.Popen(_HAND, stdin=subprocess.PIPE) for _ in turns]  # noqa: S603
    try:
        for hand, turn in zip(hands, turns, strict=True):
            assert hand.stdin
            pickle.dump(turn, hand.stdin)
            hand.stdin.close()
        for hand in hands:
            if hand.wait():
                raise ChildProcessError(f"一个标注进程中断（代码 {hand.returncode}），请重新运行")
    finally:
        for hand in hands:
            hand.kill()
            hand.wait()
    for number in range(groups):
        yield pq.read_table(_part(said, number))
        _part(said, number).unlink()


def _part(said: Path, number: int) -> Path:
    return said.with_name(f"{said.name}.{number:05}")


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
