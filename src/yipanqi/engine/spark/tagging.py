"""Enterprises tagged on a cluster: each worker reads its share of the sentences."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import ibis.expr.types as ir
import pyarrow as pa
from ibis import util

from yipanqi.engine import sentences, tagging
from yipanqi.engine.terms import TermBook
from yipanqi.rulebook.chains import RecognitionTerm

if TYPE_CHECKING:
    from ibis.backends.pyspark import Backend

_COLUMNS = ", ".join(
    f"{field.name} {'double' if pa.types.is_floating(field.type) else 'string'}"
    for field in sentences.SPOKEN
)


def mentions(enterprises: ir.Table, book: TermBook, session: "Backend") -> ir.Table:
    """The mentions of the enterprises as tagging.MENTIONS; each sentence is read once.

    The same reader of sentences as everywhere, in Python beside each worker.
    """
    distinct = tagging.sentences(enterprises).select("sentence").distinct()
    frame = session.raw_sql(session.compile(distinct))
    terms = book.terms

    def read(batches: Iterator[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
        return _read(batches, terms)

    name = util.gen_name("spoken")
    frame.mapInArrow(read, _COLUMNS).createOrReplaceTempView(name)
    return tagging.mentions(enterprises, session.table(name))


def _read(
    batches: Iterator[pa.RecordBatch], terms: tuple[RecognitionTerm, ...]
) -> Iterator[pa.RecordBatch]:
    book = TermBook(terms)
    for batch in batches:
        yield from sentences.spoken([batch], book).to_batches()
