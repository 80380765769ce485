"""Registrations imported: files in, one row per enterprise out, every row accounted for."""

import csv
import json
import shutil
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from yipanqi.engine import sessions, stores
from yipanqi.engine.registry import cleaning, layouts, manifest, sources, staging, summary
from yipanqi.engine.registry.faults import COLUMN_OF, REASONS, Fault
from yipanqi.engine.registry.layouts import Layout
from yipanqi.engine.registry.refusals import ImportRefused, one_sentence
from yipanqi.engine.registry.sources import Source
from yipanqi.engine.registry.summary import Account

# The columns of the tables, in their order; `province_code` names the folder.
COLUMNS = (
    "id", "code", "code_kind", "name", "registered", "kind", "capital_wan", "capital_currency",
    "capital_text", "scope", "province_code", "province", "city_code", "city", "address", "status",
    "last_sign_on", "last_sign_kind", "source",
)  # fmt: skip
REJECTED_HEADER = ("文件", "行", "列", "值", "原因")

_TOLD_EVERY = 8
_AT_ONCE = 2

Telling = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Request:
    """What to import, and what is known of it."""

    paths: tuple[Path, ...]
    mapping: Path | None = None
    licence: str | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """A finished import: where it stands, its account and its manifest."""

    place: Path
    account: Account
    manifest: dict[str, Any]


def silent(_: str) -> None:
    """Tell nobody."""


def into_folder(request: Request, out: Path, *, telling: Telling = silent) -> Imported:
    """Import into a folder, whole or not at all: until the end `out` stays what it was.

    Raises ImportRefused with one sentence for the officer.
    """
    _insist_on_a_free_place(out)
    with one_sentence(out):
        out.parent.mkdir(parents=True, exist_ok=True)
        ready = out.parent / f".{out.name}.{uuid.uuid4().hex}.partial"
        try:
            account, content = _prepared(request, ready, telling)
            stores.replace_folder(out, ready=ready)
        finally:
            shutil.rmtree(ready, ignore_errors=True)
    return Imported(out, account, content)


def published(request: Request, *, telling: Telling = silent) -> Imported:
    """Import onto the platform's own shelf and make it the current registry."""
    shelf = stores.shelf(stores.Kind.REGISTRY)
    with one_sentence(shelf):
        shelf.mkdir(parents=True, exist_ok=True)
        ready = shelf / f".{uuid.uuid4().hex}.partial"
        try:
            account, content = _prepared(request, ready, telling)
            place = stores.publish(stores.Kind.REGISTRY, content["snapshot"], ready=ready)
        finally:
            shutil.rmtree(ready, ignore_errors=True)
    return Imported(place, account, content)


def _insist_on_a_free_place(out: Path) -> None:
    if out.is_file():
        raise ImportRefused(f"输出位置“{out}”是文件：请写一个文件夹")
    if out.is_dir() and any(out.iterdir()) and not _is_registry(out):
        raise ImportRefused(f"输出文件夹“{out}”已有别的内容：请换一个空文件夹，以免误删")


def _is_registry(folder: Path) -> bool:
    try:
        return "snapshot" in json.loads((folder / "manifest.json").read_text("utf-8"))
    except (OSError, ValueError):
        return False


def _prepared(request: Request, ready: Path, telling: Telling) -> tuple[Account, dict[str, Any]]:
    described = _described(request)
    telling(f"检查 {len(request.paths)} 个文件")
    files = sources.opened(request.paths, described)
    tables, stage = ready / "enterprises", ready / "stage"
    stage.mkdir(parents=True)
    tables.mkdir()
    with sessions.pipeline(ready / "spill") as connection:
        _stage(connection, files, stage, telling)
        staged = f"{stage}/*/*/*.parquet"
        telling("查找重复登记")
        _find_losers(connection, staged)
        _write_tables(connection, files, stage, tables, telling)
        telling("核对行数，写清单")
        account = summary.drawn_up(connection, files, staged, tables)
        _write_rejected(connection, files, stage, ready / "rejected.csv")
        content = manifest.written(
            connection, account, tables, licence=request.licence, as_of=request.as_of
        )
    shutil.rmtree(stage)
    shutil.rmtree(ready / "spill", ignore_errors=True)
    return account, content


def _described(request: Request) -> Layout | None:
    return layouts.described_by(request.mapping) if request.mapping else None


def _stage(
    connection: duckdb.DuckDBPyConnection, files: Sequence[Source], stage: Path, telling: Telling
) -> None:
    cleaning.settle(connection)
    for file in files:
        telling(f"读取并清洗 {file.number}/{len(files)}：{file.file.name}")
        staging.stage(connection, file, stage)
        if not any((stage / f"{file.number:04d}").glob("*/*.parquet")):
            raise ImportRefused(f"“{file.file.name}”只有表头、没有数据：请换一个有数据的文件")


def _find_losers(connection: duckdb.DuckDBPyConnection, staged: str) -> None:
    """Create `losers`: the file and ordinal of each row that a later one of its id replaces."""
    rows = connection.read_parquet(staged, hive_partitioning=False, union_by_name=True)
    kept = rows.filter("fault IS NULL").project("id, file, ordinal")
    counted = kept.aggregate("id, max(ordinal) AS latest, count(*) AS times", "id")
    repeated = counted.filter("times > 1").set_alias("repeated")
    losers = kept.set_alias("kept").join(repeated, "id").filter("ordinal < latest")
    connection.execute("DROP TABLE IF EXISTS losers")
    losers.project("file, ordinal").create("losers")


def _write_tables(
    connection: duckdb.DuckDBPyConnection,
    files: Sequence[Source],
    stage: Path,
    tables: Path,
    telling: Telling,
) -> None:
    """Write one sorted Parquet file for each province."""
    parts = sorted({folder.name for folder in stage.glob("*/part=*")} - {staging.REFUSED})
    names = _source_names(files)
    # A province is sorted and written by one thread: two at a time keep both processors at work.
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        writing = [
            pool.submit(_write_table, connection.cursor(), stage, tables, part, names)
            for part in parts
        ]
        for number, each in enumerate(writing, start=1):
            if number % _TOLD_EVERY == 1:
                telling(f"按省排序写出 {number}/{len(parts)}")
            each.result()


def _write_table(
    cursor: duckdb.DuckDBPyConnection, stage: Path, tables: Path, part: str, names: str
) -> None:
    with cursor:
        # A setting belongs to its cursor, and the order of rows makes the bytes.
        cursor.execute("SET preserve_insertion_order = true")
        rows = cursor.read_parquet(
            f"{stage}/*/{part}/*.parquet", hive_partitioning=False, union_by_name=True
        )
        kept = rows.join(cursor.table("losers").project("ordinal"), "ordinal", how="anti")
        place = tables / part.replace("part=", "province_code=")
        place.mkdir()
        kept.project(_columns(part.removeprefix("part="), names)).order("id").to_parquet(
            str(place / "part-0.parquet"), compression="snappy"
        )


def _columns(province_code: str, names: str) -> str:
    """The columns of the tables; what all rows of a part share is not kept in the stage."""
    shared = {
        "province_code": f"'{province_code}'",
        "province": f"place_name('{province_code}')",
        "source": names,
    }
    return ", ".join(f"{shared.get(column, column)} AS {column}" for column in COLUMNS)


def _source_names(files: Sequence[Source]) -> str:
    """The name of a row's file, as an expression of its number."""
    texts = ", ".join("'" + _name(file).replace("'", "''") + "'" for file in files)
    return f"[{texts}][file]"


def _name(file: Source) -> str:
    return "synthetic" if file.synthetic else file.file.name


def _write_rejected(
    connection: duckdb.DuckDBPyConnection, files: Sequence[Source], stage: Path, into: Path
) -> None:
    """Write each refused row: file, line, column, value, reason; in the order of the files."""
    with into.open("w", encoding="utf-8-sig", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(REJECTED_HEADER)
        if not any(stage.glob(f"*/{staging.REFUSED}/*.parquet")):
            return
        rows = connection.read_parquet(f"{stage}/*/{staging.REFUSED}/*.parquet")
        rows.create_view("refused", replace=True)
        told = connection.execute(
            "SELECT file, line, fault, problem, value FROM refused ORDER BY file, line"
        )
        while batch := told.fetchmany(10_000):
            for number, line, fault, problem, value in batch:
                source = files[number - 1]
                fact = COLUMN_OF.get(Fault(fault))
                column = source.layout.label(fact) if fact else ""
                reason = problem or REASONS[Fault(fault)]
                table.writerow([source.file.name, line, column, value, reason])
