"""`yipanqi chains compare`, as typed in a terminal."""

import json
from pathlib import Path

import pytest
from tests.engine.small_registry import Firm, write

from yipanqi.delivery.cli import main as command

PACK = str(Path(__file__).parents[4] / "packs" / "changsha")
FIRMS = (
    Firm("长沙甲液压有限公司", "长沙", "液压件的生产"),
    *(Firm(f"株洲{n}液压件有限公司", "株洲", "液压件制造") for n in range(3)),
)


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path / "home"))
    registry = write(tmp_path / "registry", FIRMS)
    chain = ["chains", "compare", "--chain", "工程机械", "--city", "长沙"]
    return [*chain, "--registry", str(registry), "--pack", PACK]


def test_both_cities_are_told_link_by_link_with_their_shares(
    asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main([*asked, "--with", "株洲", "--format", "json"]) == 0

    told = json.loads(capsys.readouterr().out)
    link = next(row for row in told["links"] if row["link"] == "液压件")
    assert (link["city"]["enterprises"], link["with"]["enterprises"]) == (1, 3)
    assert (link["city"]["share_of_nation"], link["national_enterprises"]) == (0.25, 4)
    assert (told["difference"], told["all_national"], told["as_of"]) == (0.0, 4, "2016-12-31")


def test_the_table_names_who_is_strong_where_the_other_has_none(
    asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main([*asked, "--with", "拉萨"]) == 0

    told = capsys.readouterr().out
    assert "长沙强、拉萨缺" in told
    assert "结构差异 未知" in told


def test_a_city_nobody_knows_is_refused(
    asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main([*asked, "--with", "长莎"]) == 2

    assert "长沙" in capsys.readouterr().err
