"""The enterprises behind the counts of a link: the same number, each with its own words."""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from tests.engine.small_registry import Firm, write

from yipanqi.engine import diagnosis, rolls
from yipanqi.engine.doings import Role
from yipanqi.engine.rolls import Asked, Rolls
from yipanqi.rulebook import packs
from yipanqi.rulebook.packs import Pack
from yipanqi.vocab import regions

PACK = Path(__file__).parents[2] / "packs" / "changsha"
CHANGSHA = regions.by_code()["430100"]
CHAIN, HYDRAULICS = "gongcheng-jixie", "gcjx-yeya"
FIRMS = (
    Firm("长沙甲液压有限公司", "长沙", "液压件的生产、销售；轴承制造", Decimal("100.5")),
    Firm("长沙乙有限公司", "长沙", "液压件制造", Decimal(20000), "USD"),
    Firm("长沙大液压有限公司", "长沙", "液压件制造", Decimal(900), registered=date(2011, 4, 1)),
    Firm("长沙丙贸易有限公司", "长沙", "销售液压件"),
    Firm("长沙戊有限公司", "长沙", "液压件制造", status="ceased"),
    Firm("株洲液压件有限公司", "株洲", "液压件制造"),
)


@cache
def _pack() -> Pack:
    return packs.load(PACK)


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path / "home"))
    return write(tmp_path / "registry", FIRMS)


@pytest.fixture
def worked_out(registry: Path) -> Rolls:
    diagnosis.diagnose(registry, _pack(), city=CHANGSHA, chain=CHAIN)
    return Rolls.of(registry, _pack().chains(on=_pack().newest))


def test_the_roll_is_the_very_number_the_diagnosis_counts(
    registry: Path, worked_out: Rolls
) -> None:
    judged = diagnosis.diagnose(registry, _pack(), city=CHANGSHA, chain=CHAIN)
    link = next(one for one in judged.links if one.link_code == HYDRAULICS)

    makers = rolls.roll(worked_out, Asked(HYDRAULICS, CHANGSHA))
    sellers = rolls.roll(worked_out, Asked(HYDRAULICS, CHANGSHA, sellers=True))

    assert (makers.total, sellers.total) == (link.local_enterprises, link.local_traders) == (3, 1)


def test_the_largest_in_yuan_comes_first_and_each_says_its_clause_and_role(
    worked_out: Rolls,
) -> None:
    rows = rolls.roll(worked_out, Asked(HYDRAULICS, CHANGSHA)).rows

    assert [row.name for row in rows] == [
        "长沙大液压有限公司", "长沙甲液压有限公司", "长沙乙有限公司",
    ]  # fmt: skip
    assert (rows[0].role, rows[0].source) == (Role.MAKES, "test.csv")
    assert [one.clause for one in rows[1].said] == ["液压件的生产"]


def test_of_a_year_the_ceased_are_listed_too(worked_out: Rolls) -> None:
    rows = rolls.roll(worked_out, Asked(HYDRAULICS, CHANGSHA, year=2010)).rows

    assert {(row.name, row.existence) for row in rows} == {
        ("长沙甲液压有限公司", "unknown"),
        ("长沙乙有限公司", "unknown"),
        ("长沙戊有限公司", "ceased"),
    }


def test_a_page_beyond_the_last_is_empty_and_still_knows_the_total(worked_out: Rolls) -> None:
    found = rolls.roll(worked_out, Asked(HYDRAULICS, CHANGSHA), page=9)

    assert (list(found.rows), found.total) == ([], 3)


def test_nothing_stands_before_it_was_worked_out(registry: Path) -> None:
    assert not Rolls.of(registry, _pack().chains(on=_pack().newest)).stand
