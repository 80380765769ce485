"""The mentions of a snapshot: those of unchanged enterprises carried over, all others tagged."""

from pathlib import Path

import ibis
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from yipanqi.engine import sentences, tagging
from yipanqi.engine.terms import TermBook

MENTIONS = "mentions.parquet"
SCOPES = "scopes.parquet"
# What a scope said when it was read: sixteen hexadecimal digits of its MD5. An enterprise is
# compared with itself only, so two texts would have to meet in 64 bits by chance.
READ = ibis.schema({"id": "string", "digest": "string"})
_DIGITS = 16
_ORDER = ("chain", "link", "id", "term", "clause", "role", "confidence")


def last(shelf: Path, name: str) -> Path | None:
    """Of the folders of that name, one for each snapshot, the one made last; None without any.

    A folder counts when it says which scopes were read.
    """
    found = [file for file in shelf.glob(f"*/{name}/{SCOPES}") if file.is_file()]
    newest = max(found, key=lambda file: (file.stat().st_mtime_ns, str(file)), default=None)
    return newest.parent if newest else None


def write(
    enterprises: ir.Table, book: TermBook, session: Backend, room: Path, *, before: Path | None
) -> None:
    """Write MENTIONS, rows of tagging.MENTIONS, and SCOPES, rows of READ, into the room.

    `enterprises` has `id`, each once, and `scope`; `before` is such a folder that the same book
    made of an earlier snapshot. The mentions are those that tagging every enterprise would find: an
    enterprise's mentions follow from its scope and the book alone.
    """
    told = enterprises.filter(enterprises.scope.notnull())
    digest = told.scope.hexdigest("md5").substr(0, _DIGITS)
    told.select("id", digest=digest).cast(READ).to_parquet(room / SCOPES, compression="zstd")
    rest, carried = told, None
    if before is not None:
        now, then = (session.read_parquet(place / SCOPES) for place in (room, before))
        same = now.semi_join(then, ["id", "digest"]).select("id")
        rest = told.anti_join(same, "id")
        carried = session.read_parquet(before / MENTIONS).semi_join(same, "id")
    found = _tagged(rest, book, session, room)
    whole = found if carried is None else found.union(carried)
    whole.order_by(*_ORDER).to_parquet(room / MENTIONS)
    for file in (_sentences(room), _spoken(room)):
        file.unlink()


def _tagged(enterprises: ir.Table, book: TermBook, session: Backend, room: Path) -> ir.Table:
    """The mentions of the enterprises; each sentence is read once, however many say it."""
    tagging.sentences(enterprises).select("sentence").distinct().to_parquet(_sentences(room))
    sentences.write_spoken(_sentences(room), book, _spoken(room))
    return tagging.mentions(enterprises, session.read_parquet(_spoken(room)))


def _sentences(room: Path) -> Path:
    return room / "sentences.parquet"


def _spoken(room: Path) -> Path:
    return room / "spoken.parquet"
