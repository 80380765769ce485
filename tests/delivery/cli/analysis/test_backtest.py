"""`yipanqi backtest targets`, as typed in a terminal."""

import json
from pathlib import Path

import pytest
from tests.engine.backtests import small_world

from yipanqi.delivery.cli import main as command


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("registry")
    return str(small_world.registry(folder, small_world.firms(150), {"140000": [2006]}))


def test_the_result_stands_on_the_shelf_of_studies_and_in_the_answer(
    registry: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path))
    words = ["backtest", "targets", "--cities", "长沙，太原", "--windows", "2004:3"]

    assert command.main([*words, "--registry", registry, "--format", "json"]) == 0

    told = json.loads(capsys.readouterr().out)
    (kept,) = (tmp_path / "studies" / "backtests").iterdir()
    assert json.loads((kept / "backtest.json").read_text("utf-8")) == told
    assert {row["city_name"] for row in told["results"]} == {"长沙"}
    assert {"city", "window", "model", "precision_at", "recall_at", "ap", "ratio", "interval"} <= {
        *told["results"][0]
    }
    assert [row["city"] for row in told["skipped"]] == ["140100"]


def test_the_table_names_what_was_skipped_and_the_best_rule(
    registry: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["backtest", "targets", "--cities", "武汉,太原", "--windows", "2004:3"]

    assert command.main([*words, "--registry", registry, "--out", str(tmp_path / "out")]) == 0

    shown = capsys.readouterr().out
    assert "跳过 太原 2004:3：登记数据缺该省 2006 年" in shown
    assert "最好的单行规则" in shown
    assert (tmp_path / "out" / "precision.svg").is_file()


@pytest.mark.parametrize("window", ["2004", "04:3", "2004:0", "2004:99", "two:3"])
def test_a_window_that_is_none_is_refused_with_an_example(
    window: str, registry: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["backtest", "targets", "--windows", window, "--registry", registry]

    assert command.main(words) == 2

    assert "如 2005:3" in capsys.readouterr().err


def test_with_a_pack_the_desks_own_lists_stand_beside_the_rules(
    registry: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path))
    pack = str(Path(__file__).parents[4] / "packs" / "changsha")
    words = ["backtest", "targets", "--cities", "长沙", "--windows", "2004:3", "--pack", pack]

    assert command.main([*words, "--registry", registry, "--out", str(tmp_path / "out")]) == 0

    shown = capsys.readouterr().out
    told = json.loads((tmp_path / "out" / "track_record.json").read_text("utf-8"))
    assert "本榜（changsha/ranking/2026-11-24），每条链前 50 名：来了" in shown
    assert "不计已在本市的，已在几个省：" in shown
    assert len(told) == 22
    # A backtest names what it read by digest alone, so that a folder's name changes no file.
    assert {row["snapshot"].rpartition("-")[2] for rows in told.values() for row in rows} == {
        json.loads((tmp_path / "out" / "backtest.json").read_text("utf-8"))["registry"]
    }
