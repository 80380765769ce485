"""The industries of a registry, told once for each snapshot and kept in its index."""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq
from ibis.backends.duckdb import Backend

from yipanqi.engine import indices, once, stores
from yipanqi.engine.industries import gbt, gbt_words

# One row per enterprise. Codes are the likeliest; null where no word is known. `…_told` says
# whether it is sure enough to say; confidence is from 0 to 1, three digits. `words` decided it.
INDUSTRIES = pa.schema(
    [
        ("id", pa.string()),
        ("section", pa.string()),
        ("section_confidence", pa.float64()),
        ("section_told", pa.bool_()),
        ("division", pa.string()),
        ("division_confidence", pa.float64()),
        ("division_told", pa.bool_()),
        ("words", pa.list_(pa.string())),
    ]
)
HANDS = 2
_FILE = "industries.parquet"
_ROWS = 20_000
# Below this many enterprises one process is done before a second would have started.
_WORTH_SHARING = 60_000
_HAND = (
    sys.executable,
    "-c",
    "from yipanqi.engine.industries import keeping; keeping.take_turns()",
)


def kept(registry: Path, session: Backend) -> ir.Table:
    """Every enterprise with its section and division, as INDUSTRIES; made when missing.

    Raises indices.NoRegistry, and ChildProcessError when a hand breaks off.
    """
    enterprises = indices.enterprises(registry, session)
    place = stores.shelf(stores.Kind.INDEX) / indices.snapshot(registry)
    folder = once.made(
        place / f"industries-{gbt_words.EDITION}-{digest()}",
        lambda room: _write(enterprises, room),
    )
    table: ir.Table = session.read_parquet(folder / _FILE)
    return table


def digest() -> str:
    """Eight hex digits of the tables and constants the answers come from."""
    here = resources.files(__package__)
    tables = [here.joinpath(one).read_bytes() for one in ("gbt_words.csv", "gbt_divisions.csv")]
    told = b"".join(tables) + repr((gbt.SECTION, gbt.DIVISION)).encode()
    return sha256(told).hexdigest()[:8]


def told(rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """The industry of each row (id, name, scope), as INDUSTRIES in the order given."""
    return pa.Table.from_pylist([_row(row) for row in rows], INDUSTRIES)


def take_turns() -> None:
    """Tell the row groups that standard input names, each into a file of its own."""
    turn = json.load(sys.stdin)
    asked = Path(turn["asked"])
    for number in turn["groups"]:
        pq.write_table(_group(asked, number), _part(asked, number))


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    verdict = gbt.tell(row["name"], row["scope"])
    if verdict is None:
        return {"id": row["id"], "section_told": False, "division_told": False}
    open_ = verdict.division.code not in gbt_words.divisions()
    return {
        "id": row["id"],
        "section": verdict.section.code,
        "section_confidence": verdict.section.confidence,
        "section_told": verdict.section.told,
        "division": None if open_ else verdict.division.code,
        "division_confidence": None if open_ else verdict.division.confidence,
        "division_told": verdict.division.told,
        "words": list(verdict.reasons),
    }


def _write(enterprises: ir.Table, room: Path) -> None:
    asked = room / "asked.parquet"
    # Neighbours by scope: what repeats is still remembered when it comes again.
    wanted = enterprises.select("id", "name", "scope").order_by("scope", "id")
    wanted.to_parquet(asked, row_group_size=_ROWS)
    with pq.ParquetFile(asked) as file:
        groups, rows = file.num_row_groups, file.metadata.num_rows
    with pq.ParquetWriter(room / _FILE, INDUSTRIES) as writer:
        if rows > _WORTH_SHARING:
            tables = _shared(asked, groups)
        else:
            tables = (_group(asked, number) for number in range(groups))
        for table in tables:
            writer.write_table(table)
    asked.unlink()


def _shared(asked: Path, groups: int) -> Iterator[pa.Table]:
    # Neither forked (the caller holds threads) nor spawned (that would import its main module).
    hands = [subprocess.Popen(_HAND, stdin=subprocess.PIPE, text=True) for _ in range(HANDS)]  # noqa: S603
    try:
        for number, hand in enumerate(hands):
            assert hand.stdin
            json.dump(
                {"asked": str(asked), "groups": list(range(number, groups, HANDS))}, hand.stdin
            )
            hand.stdin.close()
        for hand in hands:
            if hand.wait():
                raise ChildProcessError(
                    f"一个判断行业的进程中断（代码 {hand.returncode}），请重新运行"
                )
    finally:
        for hand in hands:
            hand.kill()
            hand.wait()
    for number in range(groups):
        yield pq.read_table(_part(asked, number))
        _part(asked, number).unlink()


def _part(asked: Path, number: int) -> Path:
    return asked.with_name(f"told.{number:05}.parquet")


def _group(asked: Path, number: int) -> pa.Table:
    with pq.ParquetFile(asked) as file:
        return told(file.read_row_group(number).to_pylist())
