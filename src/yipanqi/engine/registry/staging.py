"""Pieces cleaned side by side, each by one thread; twins found before, settled after."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from queue import SimpleQueue

import duckdb

from yipanqi.engine import sessions
from yipanqi.engine.registry import cleaning
from yipanqi.engine.registry.pieces import Piece
from yipanqi.engine.registry.refusals import ImportRefused, is_full
from yipanqi.engine.registry.shelving import BATCH_ROWS, CONTESTED, Shelves

# What DuckDB raises where the bytes of a Parquet file are not what its footer promises.
_UNREADABLE = (duckdb.IOException, duckdb.InvalidInputException, duckdb.SerializationException)


def find_contested(
    connection: duckdb.DuckDBPyConnection, wholes: Sequence[Piece], into: Path
) -> None:
    """Write file and line of all rows that may share their enterprise with another row.

    Told by a hash of what identifies an enterprise, so a few strangers may be among them.
    """
    connection.execute("CREATE TABLE heads (file SMALLINT, line BIGINT, head UBIGINT)")
    for whole in wholes:
        with _readable(whole.name):
            cleaning.heads(connection, whole.told(connection)).insert_into("heads")
    heads = connection.table("heads")
    shared = heads.aggregate("head, count(*) AS times", "head").filter("times > 1")
    twins = heads.join(shared.set_alias("shared"), "head", how="semi").project("file, line")
    twins.to_parquet(str(into))
    connection.execute("DROP TABLE heads")


def stage(
    pieces: Sequence[Piece], contested: Path, shelves: Shelves, told: Callable[[Piece], None]
) -> None:
    """Clean all pieces onto the shelves, then the rows that won a contest as one piece more.

    Raises ImportRefused when a file is damaged.
    """
    with _hands(shelves, contested) as hands, ThreadPoolExecutor(len(hands)) as pool:
        free: SimpleQueue[duckdb.DuckDBPyConnection] = SimpleQueue()
        for hand in hands:
            free.put(hand)
        working = [pool.submit(_take, free, piece, shelves) for piece in pieces]
        try:
            for piece, work in zip(pieces, working, strict=True):
                work.result()
                told(piece)
        except BaseException:
            # Whoever waits for the refusal, or pressed Ctrl-C, does not wait for the other pieces.
            pool.shutdown(wait=False, cancel_futures=True)
            for hand in hands:
                hand.interrupt()
            raise
        _shelve_winners(hands[0], shelves, len(pieces) + 1)


@contextmanager
def _hands(shelves: Shelves, contested: Path) -> Iterator[list[duckdb.DuckDBPyConnection]]:
    """As many connections of one thread as work side by side, ready for cleaning."""
    with ExitStack() as stack:
        hands = [stack.enter_context(one) for one in sessions.hands(shelves.stage / "spill")]
        for hand in hands:
            cleaning.settle(hand)
            hand.read_parquet(str(contested)).insert_into("contested")
        yield hands


def _take(free: "SimpleQueue[duckdb.DuckDBPyConnection]", piece: Piece, shelves: Shelves) -> None:
    hand = free.get()
    try:
        with _readable(piece.name):
            cleaned = cleaning.clean(hand, piece.told(hand))
            shelves.put(cleaned.to_arrow_reader(BATCH_ROWS), piece.number)
    finally:
        free.put(hand)


def _shelve_winners(hand: duckdb.DuckDBPyConnection, shelves: Shelves, number: int) -> None:
    """Of the contested rows of an enterprise the latest stands; shelve those as a last piece."""
    files = shelves.files(CONTESTED)
    if not files:
        return
    rivals = hand.read_parquet(files, hive_partitioning=False).set_alias("rivals")
    latest = rivals.aggregate("id, max((file, line)) AS latest", "id").set_alias("winners")
    won = rivals.join(
        latest, "winners.id = rivals.id AND winners.latest = (rivals.file, rivals.line)", how="semi"
    )
    winners = won.project("*, province_code AS part")
    shelves.put(winners.to_arrow_reader(BATCH_ROWS), number)


@contextmanager
def _readable(name: str) -> Iterator[None]:
    try:
        yield
    except _UNREADABLE as fault:
        if is_full(fault):
            raise
        raise ImportRefused(f"“{name}”不能读完，可能已损坏：请重新获取后再导入") from fault
