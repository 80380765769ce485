"""Which enterprises speak of which links of which chains in their registered scopes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from yipanqi.engine import clauses
from yipanqi.engine.terms import Occurrence, TermBook

# One row for each clause that speaks for a link, in one sentence of a scope.
SPOKEN = pa.schema(
    [
        ("sentence", pa.string()),
        ("chain", pa.string()),
        ("link", pa.string()),
        ("term", pa.string()),
        ("clause", pa.string()),
        ("role", pa.string()),
    ]
)
# The same for enterprises. `clauses` counts the clauses of the whole scope outside brackets, so
# that a specialist can be told from an enterprise that lists everything.
MENTIONS = ibis.schema(
    {
        "id": "string",
        "chain": "string",
        "link": "string",
        "term": "string",
        "clause": "string",
        "role": "string",
        "clauses": "int64",
    }
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A sentence with some term in it, and the bytes where each occurs."""

    sentence: bytes
    found: tuple[tuple[int, int, int], ...]


def sentences(registry: ir.Table) -> ir.Table:
    """Each sentence of each enterprise's scope: (id, sentence).

    `registry` has `id` and `scope`.
    """
    return registry.filter(registry.scope.notnull()).select(
        "id", sentence=registry.scope.re_split(clauses.END_PATTERN).unnest()
    )


def spoken(batches: Iterable[pa.RecordBatch], book: TermBook) -> pa.Table:
    """What each sentence says of links, as rows of `SPOKEN`.

    `batches` hold distinct sentences in a string column `sentence`: what repeats is read once.
    """
    return pa.Table.from_batches([_tagged(batch, book) for batch in batches], SPOKEN)


def mentions(registry: ir.Table, spoken: ir.Table) -> ir.Table:
    """Which enterprise speaks of which link, as rows of `MENTIONS`, each once.

    `registry` has `id` and `scope`; `spoken` has the columns of `SPOKEN`.
    """
    said = sentences(registry).join(spoken, "sentence").drop("sentence").distinct()
    counted = registry.select("id", clauses=_clause_count(registry.scope))
    joined = said.join(counted, "id").select(*MENTIONS.names)
    assert joined.schema() == MENTIONS, joined.schema()
    return joined


def _clause_count(scope: ir.StringValue) -> ir.IntegerValue:
    parted = scope.re_replace(clauses.BRACKET_PATTERN, "").re_replace(clauses.CLAUSE_PATTERN, "、")
    trimmed = parted.re_replace("^、|、$", "")
    return (trimmed.length() - trimmed.replace("、", "").length() + 1).cast("int64")


def _tagged(batch: pa.RecordBatch, book: TermBook) -> pa.RecordBatch:
    columns: dict[str, list[str]] = {name: [] for name in SPOKEN.names}
    for row in _rows_with_terms(batch, book):
        sentence = row.sentence.decode()
        for found in book.mentions(sentence, _in_characters(row)):
            told = (sentence, found.chain, found.link, found.term, found.clause, found.role.value)
            for name, value in zip(SPOKEN.names, told, strict=True):
                columns[name].append(value)
    return pa.RecordBatch.from_pydict(columns, SPOKEN)


def _rows_with_terms(batch: pa.RecordBatch, book: TermBook) -> Iterator[_Row]:
    """The sentences that hold a term which recognises a link; all bytes are searched in one go."""
    column = batch.column("sentence").cast(pa.large_string())
    _, bounds_buffer, text_buffer = column.buffers()
    if text_buffer is None:
        return
    bounds = np.frombuffer(bounds_buffer, np.int64)[column.offset :][: len(column) + 1]
    text = memoryview(text_buffer).tobytes()
    # Lower-casing bytes touches Latin letters only, so every position stays where it was.
    found = np.array(book.occurrences(text.lower()), np.int64).reshape(-1, 3)
    first = np.searchsorted(bounds, found[:, 1], "right") - 1
    last = np.searchsorted(bounds, found[:, 2] - 1, "right") - 1
    kept = first == last
    hits = zip(first[kept].tolist(), found[kept].tolist(), strict=True)
    for row, group in groupby(hits, key=lambda hit: hit[0]):
        start, end = int(bounds[row]), int(bounds[row + 1])
        marks = tuple((word, left - start, right - start) for _, (word, left, right) in group)
        yield _Row(text[start:end], marks)


def _in_characters(row: _Row) -> list[Occurrence]:
    """The same occurrences counted in characters, as the sentence is read."""
    return [
        Occurrence(word, len(row.sentence[:start].decode()), len(row.sentence[:end].decode()))
        for word, start, end in row.found
    ]
