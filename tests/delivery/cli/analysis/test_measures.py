"""`yipanqi measures show`, as typed in a terminal."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from tests.engine.small_registry import Firm, write

from yipanqi.delivery.cli import main as command

PACK = str(Path(__file__).parents[4] / "packs" / "changsha")
FIRMS = (
    Firm("长沙甲液压有限公司", "长沙", "液压件的生产"),
    *(Firm(f"株洲{n}液压件有限公司", "株洲", "液压件制造", Decimal(n + 137)) for n in range(3)),
)


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path / "home"))
    registry = write(tmp_path / "registry", FIRMS)
    return ["--registry", str(registry), "--pack", PACK]


def test_a_link_is_shown_with_its_share_and_standing(
    asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["measures", "show", "--city", "长沙", "--chain", "工程机械", "--format", "json"]

    assert command.main([*words, *asked]) == 0

    told = json.loads(capsys.readouterr().out)
    link = next(row for row in told["links"] if row["link"] == "液压件")
    assert (link["enterprises"], link["share"], link["standing"]) == (1, 0.25, 2)
    assert told["complexity"] is None


def test_classes_of_industry_stand_in_place_of_links(
    asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        command.main(
            ["measures", "show", "--city", "株洲", "--by", "gbt", "--format", "json", *asked]
        )
        == 0
    )

    told = json.loads(capsys.readouterr().out)
    assert {len(row["link_code"]) for row in told["links"]} == {2}
    assert {row["enterprises"] for row in told["links"]} == {3}


def test_an_unknown_city_is_refused_with_the_nearest_names(
    asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["measures", "show", "--city", "长莎", *asked]) == 2

    assert "长沙" in capsys.readouterr().err


def test_the_table_says_which_years_are_missing(
    asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["measures", "show", "--city", "长沙", *asked]) == 0

    assert "缺失的年份" in capsys.readouterr().out


def test_every_rate_says_what_it_is_of_and_growth_where_it_is_unknown(
    asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["measures", "show", "--city", "长沙", "--chain", "工程机械", "--format", "json"]

    assert command.main([*words, *asked]) == 0

    link = next(
        row for row in json.loads(capsys.readouterr().out)["links"] if row["link"] == "液压件"
    )
    share = link["working"]["share"]
    assert (share["numerator"], share["denominator"], share["as_of"]) == (1, 4, "2016-12-31")
    assert "销售" in share["cohort"]
    assert (link["growth"]["yearly"], link["growth"]["denominator"]) == (None, 0)
    assert "2007" in link["growth"]["unknown_because"]
    assert link["trend_interval"] == "2007–2016年"
    assert [row["year"] for row in link["new_by_year"] if row["here"]] == [2010]


def test_two_cities_made_up_alike_do_not_differ(
    asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["measures", "show", "--city", "长沙", "--with", "株洲", "--format", "json"]

    assert command.main([*words, *asked]) == 0

    told = json.loads(capsys.readouterr().out)
    assert (told["beside"], told["difference_beside"]) == ("株洲", 0.0)


def test_the_table_names_growth_entry_and_the_city_beside(
    asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["measures", "show", "--city", "株洲", "--with", "拉萨", *asked]) == 0

    told = capsys.readouterr().out
    for word in ("年均增长", "进退", "最近强供应方", "与拉萨的差异 未知"):
        assert word in told
