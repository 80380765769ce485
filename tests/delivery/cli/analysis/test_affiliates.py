"""`yipanqi targets affiliates`, as typed in a terminal."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from tests.engine.small_registry import Firm, write

from yipanqi.delivery.cli import main as command

MAKER = "武汉甲泵业有限公司"
FIRMS = (
    Firm(
        MAKER,
        "武汉",
        "液压件制造",
        Decimal(5000),
        registered=date(2003, 4, 5),
        last_sign=(date(2016, 3, 1), "中标"),
    ),
    Firm(f"{MAKER}长沙分公司", "长沙", "餐饮服务", None),
    Firm("长沙空有限公司", "长沙", "餐饮服务"),
)


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("registry")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YIPANQI_HOME", str(folder / "home"))
        yield str(write(folder / "registry", FIRMS))


def words(registry: str, *more: str) -> list[str]:
    return ["targets", "affiliates", "--city", "长沙", "--registry", registry, *more]


def test_the_list_shows_whom_to_approach_and_why(
    registry: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(words(registry, "--chain", "工程机械")) == 0

    shown = capsys.readouterr().out
    assert "长沙 · 工程机械 · 以商招商：候选 1 项，列出 1 项" in shown
    assert f"  1. {MAKER}：" in shown
    assert f"本市已有：{MAKER}长沙分公司（长沙，2010-01-01）" in shown
    assert "权重为示例" in shown


def test_without_a_chain_every_chain_of_the_pack_answers_and_the_working_adds_up(
    registry: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(words(registry, "--format", "json")) == 0

    told = json.loads(capsys.readouterr().out)
    assert len(told) == 22
    for one in (row for chain in told for row in chain["missing"]):
        parts = (Decimal(str(part["contribution"])) for part in one["contributions"])
        assert sum(parts) == Decimal(str(one["score"]))
        assert (one["local"], one["places"], one["since"]) == (1, 1, "2003-04-05")


def test_the_same_lists_as_one_csv(registry: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(words(registry, "--chain", "工程机械", "--format", "csv")) == 0

    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["产业链"], row["集团"], row["所在地"]) == ("工程机械", MAKER, "武汉")
    assert (row["最近一次活动"], row["活动类型"]) == ("2016-03-01", "中标")


def test_a_city_or_chain_that_is_none_is_refused_in_one_sentence(
    registry: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(words(registry, "--chain", "造船")) == 2

    assert "没有产业链“造船”" in capsys.readouterr().err
