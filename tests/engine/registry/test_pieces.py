"""Files cut into pieces: more threads and other edges change nothing in the result."""

import csv
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet
from tests.engine.registry.conftest import HEADER, row
from tests.engine.registry.test_importing import contents, enterprises, imported, rejected

from yipanqi.engine.registry import pieces
from yipanqi.engine.registry.faults import Remark
from yipanqi.engine.registry.refusals import ImportRefused

Write = Callable[..., Path]


def in_parquet(file: Path, lines: list[str]) -> Path:
    header, *rows = csv.reader([HEADER, *lines])
    columns = {name: [line[at] for line in rows] for at, name in enumerate(header)}
    parquet.write_table(pa.table(columns), file)
    return file


def test_pieces_change_neither_rows_nor_account(
    written: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = [("湖南", "长沙"), ("江苏", "南京"), ("上海", "浦东")]
    alone = [row(number, province="湖南" if number % 2 else "江苏") for number in range(900, 960)]
    lines = [
        row(
            number % 70,
            scope=f"第{number}次",
            province=places[number % 3][0],
            city=places[number % 3][1],
        )
        for number in range(0, 210, 2)
    ]
    files = [
        in_parquet(tmp_path / "一.parquet", [*alone, *lines, row(1, province="普通合伙")]),
        written(lines[:40], name="二.csv"),
        written([*lines[:7], "坏行"], name="三.csv"),
    ]
    whole = imported(tmp_path / "whole", *files)
    monkeypatch.setattr(pieces, "PIECE_ROWS", 16)
    cut = imported(tmp_path / "cut", *files)
    again = imported(tmp_path / "again", *files)
    assert cut.account.as_mapping() == whole.account.as_mapping()
    assert whole.account.as_mapping()["accepted"] == 95
    assert sorted(enterprises(tmp_path / "cut")) == sorted(enterprises(tmp_path / "whole"))
    assert rejected(tmp_path / "cut") == rejected(tmp_path / "whole")
    assert len(list((tmp_path / "cut").rglob("*.parquet"))) > 6
    assert contents(tmp_path / "cut") == contents(tmp_path / "again")
    assert again.manifest == cut.manifest


def test_a_row_can_be_found_again_in_its_file(written: Write, tmp_path: Path) -> None:
    imported(tmp_path / "out", written([row(1), "坏行", row(2, capital="N/A")]))
    found = enterprises(tmp_path / "out", "source, file, line, remarks")
    assert sorted(found) == [("湖南.csv", 1, 2, 0), ("湖南.csv", 1, 4, Remark.NO_CAPITAL)]


def test_a_parquet_file_damaged_inside_is_named(tmp_path: Path) -> None:
    file = in_parquet(tmp_path / "里.parquet", [row(number) for number in range(3000)])
    content = bytearray(file.read_bytes())
    content[200:2000] = bytes(1800)
    file.write_bytes(content)
    with pytest.raises(ImportRefused, match=r"里\.parquet.*损坏"):
        imported(tmp_path / "out", file)
    assert not (tmp_path / "out").exists()
