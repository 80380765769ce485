"""The mentions of a snapshot: those of unchanged enterprises carried over, all others tagged."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import ibis
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from yipanqi.engine import portions, sentences, tagging
from yipanqi.engine.terms import TermBook

MENTIONS = "mentions.parquet"
SCOPES = "scopes.parquet"
# What a scope said when it was read: sixteen hexadecimal digits of its MD5. An enterprise is
# compared with itself only, so two texts would have to meet in 64 bits by chance.
READ = ibis.schema({"id": "string", "digest": "string"})
_DIGITS = 16
_ORDER = ("chain", "link", "id", "term", "clause", "role", "confidence")


def last(folder: Path) -> Path | None:
    """Of the folders of the same name, one for each snapshot, the one made last; None without any.

    `folder` is where the next will stand. A folder counts when it says which scopes were read.
    """
    found = folder.parent.parent.glob(f"*/{folder.name}/{SCOPES}")
    newest = max(found, key=lambda file: (file.stat().st_mtime_ns, str(file)), default=None)
    return newest.parent if newest else None


@dataclass(frozen=True, slots=True)
class Engine:
    """How an engine reads a file, writes one, and tags enterprises as tagging.MENTIONS."""

    read: Callable[[Path], ir.Table]
    write: Callable[[ir.Table, Path], None]
    tag: Callable[[ir.Table], ir.Table]


def write(enterprises: ir.Table, engine: Engine, room: Path, *, before: Path | None) -> None:
    """Write MENTIONS, rows of tagging.MENTIONS, and SCOPES, rows of READ, into the room.

    `enterprises` has `id`, each once, and `scope`; `before` is such a folder that the same book
    made of an earlier snapshot. The mentions are those that tagging every enterprise would find: an
    enterprise's mentions follow from its scope and the book alone.
    """
    told = enterprises.filter(enterprises.scope.notnull())
    digest = told.scope.hexdigest("md5").substr(0, _DIGITS)
    engine.write(told.select("id", digest=digest).cast(READ), room / SCOPES)
    rest, carried = told, None
    if before is not None:
        now, then = (engine.read(place / SCOPES) for place in (room, before))
        same = now.semi_join(then, ["id", "digest"]).select("id")
        rest = told.anti_join(same, "id")
        carried = engine.read(before / MENTIONS).semi_join(same, "id")
    found = engine.tag(rest)
    whole = found if carried is None else found.union(carried)
    engine.write(whole.order_by(*_ORDER), room / MENTIONS)


@contextmanager
def embedded(session: Backend, book: TermBook, room: Path) -> Iterator[Engine]:
    """DuckDB and the processes of `sentences`; the room holds what they hand one another."""
    between = room / "between"
    repeated, said = between / "sentences.parquet", between / "spoken.parquet"

    def tag(enterprises: ir.Table) -> ir.Table:
        # Each sentence is read once, however many enterprises say it.
        tagging.sentences(enterprises).select("sentence").distinct().to_parquet(repeated)
        sentences.write_spoken(repeated, book, said)
        spoken = session.read_parquet(said)
        for number, portion in enumerate(portions.portions(enterprises, "id")):
            found = tagging.mentions(portion, spoken)
            found.to_parquet(between / f"found-{number:03}.parquet")
        return session.read_parquet(between / "found-*.parquet")

    def put(table: ir.Table, file: Path) -> None:
        table.to_parquet(file, compression="zstd")

    between.mkdir()
    try:
        yield Engine(session.read_parquet, put, tag)
    finally:
        shutil.rmtree(between)
