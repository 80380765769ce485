"""Registrations imported: files in, one row per enterprise out, every row accounted for."""

import csv
import json
import shutil
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from yipanqi.engine import sessions, stores
from yipanqi.engine.registry import (
    cleaning,
    layouts,
    manifest,
    pieces,
    sources,
    staging,
    summary,
)
from yipanqi.engine.registry.faults import COLUMN_OF, REASONS, Fault
from yipanqi.engine.registry.layouts import Layout
from yipanqi.engine.registry.pieces import Piece, Told
from yipanqi.engine.registry.refusals import ImportRefused, one_sentence
from yipanqi.engine.registry.shelving import REFUSED, Shelves
from yipanqi.engine.registry.sources import Form, Source
from yipanqi.engine.registry.summary import Account

REJECTED_HEADER = ("文件", "行", "列", "值", "原因")

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
    shelves = Shelves(ready / "enterprises", ready / "stage")
    shelves.stage.mkdir(parents=True)
    shelves.tables.mkdir()
    with sessions.pipeline(ready / "spill") as connection:
        told = _told(connection, files, shelves.stage, telling)
        _stage(connection, told, shelves, telling)
        telling("核对行数，写清单")
        account = summary.drawn_up(connection, told, shelves)
        _write_rejected(connection, files, shelves, ready / "rejected.csv")
        content = manifest.written(
            connection, account, shelves.tables, licence=request.licence, as_of=request.as_of
        )
    shutil.rmtree(shelves.stage)
    shutil.rmtree(ready / "spill", ignore_errors=True)
    return account, content


def _described(request: Request) -> Layout | None:
    return layouts.described_by(request.mapping) if request.mapping else None


def _told(
    connection: duckdb.DuckDBPyConnection, files: Sequence[Source], stage: Path, telling: Telling
) -> list[Told]:
    told = []
    for file in files:
        if file.form is not Form.PARQUET:
            telling(f"读取 {file.number}/{len(files)}：{file.file.name}")
        told.append(pieces.told(connection, file, stage))
    return told


def _stage(
    connection: duckdb.DuckDBPyConnection, told: Sequence[Told], shelves: Shelves, telling: Telling
) -> None:
    contested = shelves.stage / "contested.parquet"
    telling("查找重复登记")
    cleaning.settle(connection)
    staging.find_contested(connection, pieces.wholes(told), contested)
    total, done = sum(one.rows for one in told), 0

    def tell(piece: Piece) -> None:
        nonlocal done
        done += piece.rows
        telling(f"清洗并按省写出 {done:,}/{total:,} 行：{piece.name}")

    staging.stage(pieces.cut(told), contested, shelves, tell)


def _write_rejected(
    connection: duckdb.DuckDBPyConnection, files: Sequence[Source], shelves: Shelves, into: Path
) -> None:
    """Write each refused row: file, line, column, value, reason; in the order of the files."""
    with into.open("w", encoding="utf-8-sig", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(REJECTED_HEADER)
        refused = shelves.files(REFUSED)
        if not refused:
            return
        connection.read_parquet(refused).create_view("refused", replace=True)
        told = connection.execute(
            "SELECT file, line, refusal.fault, refusal.problem, refusal.value "
            "FROM refused ORDER BY file, line"
        )
        while batch := told.fetchmany(10_000):
            for number, line, fault, problem, value in batch:
                source = files[number - 1]
                fact = COLUMN_OF.get(Fault(fault))
                column = source.layout.label(fact) if fact else ""
                reason = problem or REASONS[Fault(fault)]
                table.writerow([source.file.name, line, column, value, reason])
