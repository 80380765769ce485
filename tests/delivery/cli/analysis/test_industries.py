"""`yipanqi industries`, as typed in a terminal."""

import json
from pathlib import Path

import pytest
from tests.engine.industries import listings
from tests.engine.small_registry import Firm, write

from yipanqi.delivery.cli import main as command

ASKED = ["industries", "tell", "--name", "长沙金甲水泥制品厂", "--scope", "水泥、熟料的生产"]
Said = pytest.CaptureFixture[str]


def test_the_division_is_told_with_its_words(capsys: Said) -> None:
    assert command.main(ASKED) == 0

    told = capsys.readouterr().out
    assert "大类：30 非金属矿物制品业，把握" in told
    assert "水泥" in told.splitlines()[-1]


def test_what_is_not_sure_is_withheld(capsys: Said) -> None:
    asked = ["industries", "tell", "--name", "甲公司", "--scope", "餐饮服务与货物运输"]

    assert command.main([*asked, "--format", "json"]) == 0

    told = json.loads(capsys.readouterr().out)
    assert told["gbt"]["section"]["code"] is None
    assert 0 < told["gbt"]["section"]["confidence"] < 1
    assert told["shenwan"] is None


def test_a_trained_model_tells_the_shenwan_industry(tmp_path: Path, capsys: Said) -> None:
    listed, graph = listings.write(tmp_path)
    model = tmp_path / "model.npz"
    words = ["--listed", str(listed), "--graph", str(graph), "--out", str(model)]

    assert command.main(["industries", "train", *words]) == 0
    assert command.main([*ASKED, "--model", str(model), "--format", "json"]) == 0

    told = json.loads(capsys.readouterr().out.partition("\n")[2])
    assert told["shenwan"]["likeliest"] == "建筑材料"


@pytest.mark.parametrize(
    "words",
    [
        ["train", "--listed", "无.csv", "--graph", "无", "--out", "m.npz"],
        ["tell", "--name", "甲", "--scope", "乙", "--model", "无.npz"],
        ["show", "--city", "无此城", "--registry", "无"],
    ],
)
def test_what_cannot_be_answered_is_said_in_one_sentence(
    words: list[str], capsys: Said, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert command.main(["industries", *words]) == 2

    assert capsys.readouterr().err.count("\n") == 1


def test_a_citys_divisions_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path / "home"))
    firms = (
        Firm("长沙金甲水泥厂", "长沙", "水泥的生产"),
        Firm("长沙金乙公司", "长沙", "子丑寅卯"),
    )
    registry = write(tmp_path / "registry", firms)

    assert command.main(["industries", "show", "--city", "长沙", "--registry", str(registry)]) == 0

    told = capsys.readouterr().out
    assert "非金属矿物制品业" in told
    assert "共 2 家，其中 1 家（50.0%）拿不准，不判" in told
