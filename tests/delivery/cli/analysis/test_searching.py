"""`yipanqi registry index` and `yipanqi registry search`, as typed in a terminal."""

import json
from pathlib import Path

import pytest
from tests.engine.small_registry import Firm, write

from yipanqi.delivery.cli import main as command

FIRMS = (
    Firm("长沙甲液压有限公司", "长沙", "液压件的生产"),
    Firm("常州乙机械有限公司", "常州", "阀门、液压件制造"),
)


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path / "home"))
    return ["--registry", str(write(tmp_path / "registry", FIRMS))]


def test_what_is_indexed_can_be_searched(
    registry: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["registry", "index", *registry]) == 0
    capsys.readouterr()

    words = ["registry", "search", "液压件", "--city", "长沙", "--format", "json"]
    assert command.main([*words, *registry]) == 0

    told = json.loads(capsys.readouterr().out)
    assert told["total"] == 1
    assert told["hits"][0]["name"] == "长沙甲液压有限公司"
    assert told["hits"][0]["field"] == "scope"


def test_the_table_tells_where_it_was_found(
    registry: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    command.main(["registry", "index", *registry])

    assert command.main(["registry", "search", "液压件", *registry]) == 0

    told = capsys.readouterr().out
    assert "找到 2 家，列出 2 家" in told
    assert "阀门、液压件制造" in told


def test_finding_nothing_is_exit_1(registry: list[str]) -> None:
    command.main(["registry", "index", *registry])

    assert command.main(["registry", "search", "航空发动机", *registry]) == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["液压件"], "yipanqi registry index"),
        (["铜"], "请至少输入两个字"),
        (["液压件", "--city", "长少"], "是否指"),
        (["液压件", "--province", "湖难"], "没有省份"),
    ],
)
def test_what_cannot_be_asked_is_said_in_a_sentence(
    words: list[str], says: str, registry: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    if words != ["液压件"]:
        command.main(["registry", "index", *registry])

    assert command.main(["registry", "search", *words, *registry]) == 2

    assert says in capsys.readouterr().err
