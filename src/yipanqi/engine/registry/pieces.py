"""The rows of an import cut into pieces: each cleaned by one thread, in an order that is its own.

One thread for each piece makes the same input give the same bytes; several pieces at a time keep
all processors at work. A large file is cut, small files of one form are cleaned together.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path

import duckdb
from pyarrow import parquet

from yipanqi.engine.registry import spooling
from yipanqi.engine.registry.layouts import FACTS
from yipanqi.engine.registry.refusals import ImportRefused
from yipanqi.engine.registry.sources import Form, Source

# Three of DuckDB's groups of rows: enough to outweigh planning, few enough to wait in memory when
# the rows of a file name their provinces in turn.
PIECE_ROWS = 368_640
_SPOOLED = ", ".join(("file", "source", "line", "problem", "raw", *FACTS))


@dataclass(frozen=True, slots=True)
class Told:
    """A file whose rows can be read as Parquet: where, the ends of its groups, the facts as SQL."""

    source: Source
    path: Path
    groups: tuple[int, ...]
    facts: str

    @property
    def rows(self) -> int:
        """How many rows it has: where its last group of rows ends."""
        return self.groups[-1]


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows cleaned in one step: some whole files, or the rows first to last of one file."""

    number: int
    files: tuple[Told, ...]
    first: int
    last: int

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return self.last - self.first + 1

    @property
    def name(self) -> str:
        """What it reads, for messages."""
        more = f"等{len(self.files)}个文件" if len(self.files) > 1 else ""
        return f"{self.files[0].source.file.name}{more}"

    def told(self, connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
        """Its rows as told: file, source, line, problem, raw and the facts; nothing is read yet."""
        rows = connection.read_parquet([str(one.path) for one in self.files], file_row_number=True)
        if self.rows < sum(one.rows for one in self.files):
            rows = rows.filter(f"file_row_number BETWEEN {self.first} AND {self.last}")
        return rows.project(self.files[0].facts)


def told(connection: duckdb.DuckDBPyConnection, source: Source, spool: Path) -> Told:
    """A file made readable as Parquet. Raises ImportRefused when it is damaged or has no row."""
    path, facts = source.file, _told_by_columns(source)
    if source.form is not Form.PARQUET:
        path, facts = spool / f"{source.number:05d}.parquet", _SPOOLED
        spooling.spool(connection, source, path)
    told = parquet.read_metadata(path)
    if not told.num_rows:
        raise ImportRefused(f"“{source.file.name}”只有表头、没有数据：请换一个有数据的文件")
    sizes = (told.row_group(number).num_rows for number in range(told.num_row_groups))
    return Told(source, path, tuple(accumulate(sizes)), facts)


def wholes(files: Iterable[Told]) -> tuple[Piece, ...]:
    """All rows uncut, for work that runs on all threads at once."""
    return tuple(
        Piece(number, tuple(group), 0, sum(one.rows for one in group) - 1)
        for number, group in enumerate(_together(files), start=1)
    )


def cut(files: Iterable[Told]) -> tuple[Piece, ...]:
    """All rows in pieces, in the order of the files."""
    spans = [span for group in _together(files) for span in _spans(group)]
    return tuple(
        Piece(number, tuple(group), first, last)
        for number, (group, first, last) in enumerate(spans, start=1)
    )


def _together(files: Iterable[Told]) -> list[list[Told]]:
    """Neighbours that read alike, as long as they do not exceed a piece."""
    groups: list[list[Told]] = []
    for one in files:
        fits = groups and sum(other.rows for other in groups[-1]) + one.rows <= PIECE_ROWS
        if fits and groups[-1][0].facts == one.facts:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _spans(group: Sequence[Told]) -> Iterator[tuple[Sequence[Told], int, int]]:
    """Equal shares of a file, so that no thread is left with a large one at the end."""
    total = sum(one.rows for one in group)
    shares = -(-total // PIECE_ROWS)
    edges = [_edge(group[0], total * share // shares) for share in range(1, shares)]
    for first, after in pairwise((0, *edges, total)):
        yield group, first, after - 1


def _edge(file: Told, row: int) -> int:
    """The end of a group of rows near to a row: a group cut in two is unpacked twice."""
    nearest = min(file.groups, key=lambda end: abs(end - row))
    return nearest if abs(nearest - row) < PIECE_ROWS // 4 else row


def _told_by_columns(source: Source) -> str:
    name = spooling.quoted(source.name, "'")
    head = (
        f"{source.number}::SMALLINT AS file, {name} AS source, file_row_number + 1 AS line, "
        "NULL::VARCHAR AS problem, NULL::VARCHAR AS raw"
    )
    return ", ".join((head, *(f"{_column(source, fact)} AS {fact}" for fact in FACTS)))


def _column(source: Source, fact: str) -> str:
    column = source.layout.columns.get(fact)
    if column is None:
        return spooling.constant(source, fact)
    return f"{spooling.quoted(column, chr(34))}::VARCHAR"
