"""`yipanqi registry` as a user types it."""

import json
from pathlib import Path

import pytest
from tests.engine.registry.conftest import HEADER, row

from yipanqi.delivery.cli import main as commands


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "湖南.csv"
    path.write_text("\n".join([HEADER, row(1), row(1), row(2, province="甲")]), encoding="utf-8")
    return path


def test_the_json_account_adds_up(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "out")
    assert commands.main(["registry", "import", str(file), "--out", out, "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["read"] == 3 == told["accepted"] + told["duplicates"] + told["rejected"]
    assert (told["duplicates"], sum(told["reasons"].values())) == (1, 1)
    assert told["files"][0]["file"] == "湖南.csv"


def test_a_summary_is_printed_and_progress_goes_to_stderr(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.main(["registry", "import", str(file), "--out", str(tmp_path / "out")]) == 0
    printed = capsys.readouterr()
    assert "读入 3 行 = 采用 1 + 重复 1 + 退回 1" in printed.out
    assert "清洗并按省写出" in printed.err


def test_what_cannot_be_imported_ends_in_one_sentence_and_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["registry", "import", str(tmp_path), "--out", str(tmp_path / "out")]
    assert commands.main(arguments) == 2
    said = capsys.readouterr().err.strip().splitlines()[-1]
    assert "是文件夹" in said
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("destination", [[], ["--out", "x", "--publish"]])
def test_one_destination_is_asked_for(file: Path, destination: list[str]) -> None:
    assert commands.main(["registry", "import", str(file), *destination]) == 2


def test_a_generated_registry_says_that_it_is_synthetic(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "out")
    assert commands.main(["registry", "generate", "--rows", "300", "--out", out]) == 0
    assert "合成，不是真实企业" in capsys.readouterr().out


def test_tables_are_prepared_on_this_machine_where_no_cluster_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path / "home"))
    out = str(tmp_path / "out")
    assert commands.main(["registry", "generate", "--rows", "300", "--out", out]) == 0
    assert commands.main(["registry", "prepare", "--registry", out]) == 0
    assert "已备好（本机）" in capsys.readouterr().out
    kept = {file.name for file in (tmp_path / "home").rglob("*.parquet")}
    assert kept == {"firms.parquet", "mentions.parquet", "scopes.parquet", "offers.parquet"}


def test_preparing_nothing_ends_in_one_sentence_and_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.main(["registry", "prepare", "--registry", str(tmp_path)]) == 2
    assert "里没有登记数据" in capsys.readouterr().err
