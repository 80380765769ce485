"""`yipanqi groups match` and `yipanqi groups lookup`, as typed in a terminal."""

import json
from pathlib import Path

import pytest
from tests.engine.small_registry import Firm, write

from yipanqi.delivery.cli import main as command

FIRMS = (
    Firm("云麓集团有限公司", "长沙", "投资"),
    Firm("云麓集团武汉泵业有限公司", "武汉", "水泵制造"),
    Firm("上海海岚机械制造有限公司", "上海", "机械制造"),
    Firm("上海海岚机械制造有限公司苏州分公司", "苏州", "机械制造"),
)


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Where the registry of a few companies stands."""
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path / "home"))
    return ["--registry", str(write(tmp_path / "registry", FIRMS))]


def _list(folder: Path, text: str) -> str:
    path = folder / "名单.csv"
    path.write_text(text, "utf-8")
    return str(path)


def test_each_name_of_a_list_is_answered_in_its_order(
    asked: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = _list(tmp_path, "list,year,rank,name\n民企,2026,1,云麓集团武汉泵业公司\n,,,龘靐齉爩\n")

    assert command.main(["groups", "match", names, "--format", "json", *asked]) == 0

    first, second = json.loads(capsys.readouterr().out)
    assert (first["list"], first["year"], first["rank"]) == ("民企", "2026", "1")
    best = first["candidates"][0]
    assert (best["name"], best["ground"]) == ("云麓集团武汉泵业有限公司", "same-core")
    assert (best["group"], best["relation"]) == ("云麓集团有限公司", "subsidiary")
    assert second["candidates"] == []


def test_a_branchs_name_gives_its_company_and_how_many_it_has(
    asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["groups", "lookup", "上海海岚机械制造有限公司南京分公司", "--format", "json"]

    assert command.main([*words, *asked]) == 0

    (answer,) = json.loads(capsys.readouterr().out)
    best = answer["candidates"][0]
    assert (best["name"], best["registrations"]) == ("上海海岚机械制造有限公司", 2)
    assert best["confidence"] == 1.0


def test_the_table_for_people_says_what_was_not_found(
    asked: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = _list(tmp_path, "name\n云麓集团\n龘靐齉爩\n")

    assert command.main(["groups", "match", names, *asked]) == 0

    told = capsys.readouterr().out
    assert "云麓集团有限公司" in told
    assert "未找到" in told
    assert "共 2 个名称" in told


def test_a_list_without_names_is_refused_with_its_line(
    asked: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["groups", "match", _list(tmp_path, "rank\n1\n"), *asked]) == 2

    assert "没有 name 列" in capsys.readouterr().err


def test_no_registry_and_no_name_are_said_in_a_sentence(
    asked: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["groups", "lookup", "  ", *asked]) == 2
    assert command.main(["groups", "lookup", "云麓", "--registry", str(tmp_path / "无")]) == 2

    said = capsys.readouterr().err
    assert "名称应为" in said
    assert "没有登记数据目录" in said
