"""`yipanqi chains diagnose` and `yipanqi targets rank`, as typed in a terminal."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from tests.engine.small_registry import Firm, write

from yipanqi.delivery.cli import main as command
from yipanqi.rulebook import packs

PACK = str(Path(__file__).parents[4] / "packs" / "changsha")
FIRMS = (
    Firm("长沙甲液压有限公司", "长沙", "液压件的生产"),
    *(Firm(f"株洲{n}液压件有限公司", "株洲", "液压件制造", Decimal(n + 137)) for n in range(9)),
)


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path / "home"))
    registry = write(tmp_path / "registry", FIRMS)
    return ["--registry", str(registry), "--pack", PACK]


@pytest.mark.parametrize("city", ["长沙", "长沙市", "430100"])
def test_a_city_goes_by_any_of_its_names(
    city: str, asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["chains", "diagnose", "--city", city, "--chain", "工程机械", "--format", "json"]

    assert command.main([*words, *asked]) == 0

    rows = json.loads(capsys.readouterr().out)
    link = next(row for row in rows if row["link"] == "液压件")
    assert link["local_enterprises"] == 1
    assert {"position", "local_capital_wan", "quotient", "status", "action", "reason", "rule"} <= {
        *link
    }


def test_contributions_read_as_decimals_add_up_to_the_score(
    asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["targets", "rank", "--city", "长沙", "--chain", "工程机械", "--link", "液压件"]

    assert command.main([*words, "--top", "4", "--format", "json", *asked]) == 0

    rows = json.loads(capsys.readouterr().out, parse_float=Decimal)
    assert [row["rank"] for row in rows] == [1, 2, 3, 4]
    for row in rows:
        assert sum(line["contribution"] for line in row["contributions"]) == row["score"]
        assert row["evidence"]


def test_the_tables_for_people_name_what_was_found(
    asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        command.main(["chains", "diagnose", "--city", "长沙", "--chain", "工程机械", *asked]) == 0
    )
    assert command.main(["targets", "rank", "--city", "长沙", "--chain", "工程机械", *asked]) == 0

    shown = capsys.readouterr().out
    assert "液压件" in shown
    assert "株洲8液压件有限公司" in shown
    assert "示例" in shown
    assert "合成数据" in shown


@pytest.mark.parametrize("city", ["长沙", "株洲", "拉萨"])
def test_without_a_chain_all_chains_are_diagnosed_and_ranked_for_any_city(
    city: str, asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    tables = packs.load(PACK)
    chains = {one.chain for one in tables.chains(on=tables.newest).chains}

    assert command.main(["chains", "diagnose", "--city", city, "--format", "json", *asked]) == 0
    judged = json.loads(capsys.readouterr().out)
    assert command.main(["targets", "rank", "--city", city, "--format", "json", *asked]) == 0
    ranked = json.loads(capsys.readouterr().out)

    assert {row["chain"] for row in judged} == chains
    assert all(row["grade"] in "ABC" and row["forecast"]["note"] for row in judged)
    # 锂电 and others are not made anywhere here; hydraulics stand in one chain.
    assert {row["chain"] for row in ranked} == {"gongcheng-jixie"}
    places = [row["city"] for row in ranked]
    assert len(places) == {"长沙": 9, "株洲": 1, "拉萨": 10}[city]


def test_a_link_alone_is_found_in_its_chain(
    asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["targets", "rank", "--city", "长沙", "--link", "液压件", "--format", "json"]

    assert command.main([*words, *asked]) == 0

    rows = json.loads(capsys.readouterr().out)
    assert {row["link"] for row in rows} == {"液压件"}


def test_the_table_says_why_there_is_no_forecast_and_grades_the_evidence(
    asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        command.main(["chains", "diagnose", "--city", "长沙", "--chain", "工程机械", *asked]) == 0
    )

    shown = capsys.readouterr().out
    assert "证据C级" in shown
    assert "缺失年份，不作预测" in shown


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["chains", "diagnose", "--city", "长莎", "--chain", "工程机械"], "长沙"),
        (["chains", "diagnose", "--city", "长沙", "--chain", "工程机戒"], "工程机械"),
        (["targets", "rank", "--city", "长沙", "--chain", "工程机械", "--link", "液压"], "液压件"),
    ],
)
def test_an_unknown_name_is_answered_in_one_sentence_with_the_nearest(
    words: list[str], hint: str, asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main([*words, *asked]) == 2

    said = capsys.readouterr()
    assert said.out == ""
    assert hint in said.err
    assert said.err.count("\n") == 1


def test_without_a_registry_the_remedy_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path))
    words = ["chains", "diagnose", "--city", "长沙", "--chain", "工程机械", "--pack", PACK]

    assert command.main(words) == 2

    assert "yipanqi registry import" in capsys.readouterr().err
