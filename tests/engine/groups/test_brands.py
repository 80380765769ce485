"""A group's name ties for sure, a rare brand somewhat, an everyday brand never."""

from decimal import Decimal
from typing import Any

import ibis

from yipanqi.engine.groups import brands, parsing
from yipanqi.engine.groups.membership import TIES

_CITIES = ("430100", "420100", "110000", "310000")


def _ties(*firms: tuple[str, str | None]) -> dict[str, dict[str, Any]]:
    parts = ibis.memtable(parsing.parts([name for name, _ in firms]))
    placed = ibis.memtable(
        {"head": [name for name, _ in firms], "city": [city for _, city in firms]},
        schema={"head": "string", "city": "string"},
    )
    found = brands.ties(parts.left_join(placed, "head").drop("head_right"))
    return {row["head"]: row for row in found.to_pyarrow().to_pylist()}


def test_a_company_with_the_groups_whole_name_is_its_subsidiary() -> None:
    found = _ties(("云麓集团有限公司", "430100"), ("云麓集团武汉泵业有限公司", "420100"))

    tie = found["云麓集团武汉泵业有限公司"]
    assert (tie["group"], tie["relation"], tie["reason"], tie["confidence"]) == (
        "云麓集团有限公司",
        "subsidiary",
        "group-name",
        Decimal("0.95"),
    )


def test_what_branches_leave_of_a_groups_name_leads_to_the_group() -> None:
    found = _ties(("云麓集团", None), ("云麓集团有限公司", "430100"))

    assert {head: row["group"] for head, row in found.items()} == {"云麓集团": "云麓集团有限公司"}


def test_a_group_is_not_tied_to_itself() -> None:
    found = _ties(("云麓集团有限公司", "430100"), ("云麓泵业有限公司", "430100"))

    assert set(found) == {"云麓泵业有限公司"}


def test_a_brand_of_one_group_is_surer_in_the_groups_city() -> None:
    found = _ties(
        ("云麓集团有限公司", "430100"),
        ("长沙云麓泵业有限公司", "430100"),
        ("武汉云麓泵业有限公司", "420100"),
    )

    here, there = found["长沙云麓泵业有限公司"], found["武汉云麓泵业有限公司"]
    assert here["group"] == there["group"] == "云麓集团有限公司"
    assert here["confidence"] > there["confidence"]
    assert here["reason"] == "group-brand"


def test_a_brand_that_two_groups_bear_ties_nothing() -> None:
    found = _ties(
        ("云麓集团有限公司", "430100"),
        ("武汉云麓集团有限公司", "420100"),
        ("云麓泵业有限公司", "430100"),
    )

    assert found == {}


def test_a_rare_brand_in_two_cities_makes_a_brand_group() -> None:
    found = _ties(("长沙比亚新泵业有限公司", "430100"), ("武汉比亚新汽车有限公司", "420100"))

    assert {row["group"] for row in found.values()} == {"字号：比亚新"}
    assert {row["relation"] for row in found.values()} == {"brand"}


def test_a_brand_of_one_city_alone_makes_no_group() -> None:
    found = _ties(("长沙比亚新泵业有限公司", "430100"), ("长沙比亚新汽车有限公司", "430100"))

    assert found == {}


def test_an_everyday_brand_makes_no_group() -> None:
    trades = ("机械", "贸易", "汽车", "食品", "物流", "广告")
    firms = [
        (f"华夏{trade}{number}有限公司", city)
        for trade in trades
        for number, city in enumerate(_CITIES)
    ]

    assert _ties(*firms) == {}


def test_a_place_is_no_brand() -> None:
    found = _ties(("沈阳市园林集团有限公司", "210100"), ("沈阳市第二园林有限公司", "210100"))
    bare = parsing.parts(["沈阳市园林集团有限公司"])["brand"].to_pylist()

    assert found == {}
    assert bare == [""]


def test_a_number_is_no_brand() -> None:
    found = _ties(("长沙市第一机械厂", "430100"), ("武汉市第一机械厂", "420100"))

    assert found == {}


def test_ties_have_the_declared_schema_and_confidences_never_rise_with_spread() -> None:
    empty = ibis.memtable(parsing.parts([])).mutate(city=ibis.null("string"))
    alone = [level.alone or Decimal(0) for level in brands.LEVELS if level.length == 2]

    assert brands.ties(empty).schema() == TIES
    assert alone == sorted(alone, reverse=True)
