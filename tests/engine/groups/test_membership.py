"""Branches find their company; a company finds its group; what is unknown is said to be."""

from decimal import Decimal

import ibis
import pytest

from yipanqi.engine import groups
from yipanqi.engine.groups import MEMBERS
from yipanqi.engine.groups.membership import TIES


def _members(*names: str, ties: ibis.Table | None = None) -> dict[str, dict[str, object]]:
    table = ibis.memtable({"id": [str(place) for place, _ in enumerate(names)], "name": names})
    found = groups.members(table, ties).to_pyarrow().to_pylist()
    return {names[int(row["id"])]: row for row in found}


def test_a_branch_is_certain_of_a_company_on_the_register() -> None:
    found = _members("长沙云麓泵业有限公司", "长沙云麓泵业有限公司武汉分公司")

    branch = found["长沙云麓泵业有限公司武汉分公司"]
    assert branch["head"] == branch["group"] == "长沙云麓泵业有限公司"
    assert (branch["head_id"], branch["relation"]) == ("0", "branch")
    assert (branch["confidence"], branch["reason"]) == (Decimal("1.00"), "head-found")


def test_a_branch_of_a_company_that_is_not_registered_says_so() -> None:
    found = _members("长沙云麓泵业有限公司武汉分公司")["长沙云麓泵业有限公司武汉分公司"]

    assert (found["head"], found["head_id"]) == ("长沙云麓泵业有限公司", None)
    assert (found["confidence"], found["reason"]) == (Decimal("0.90"), "head-unknown")


def test_a_branch_that_names_no_company_is_hardly_placed_at_all() -> None:
    found = _members("武汉第一加油站")["武汉第一加油站"]

    assert (found["head_id"], found["relation"], found["reason"]) == (
        None,
        "branch",
        "head-unnamed",
    )


def test_width_of_brackets_does_not_part_a_branch_from_its_company() -> None:
    found = _members("云麓（中国）泵业有限公司", "云麓(中国)泵业有限公司武汉分公司")

    assert found["云麓(中国)泵业有限公司武汉分公司"]["head_id"] == "0"


def test_a_tie_moves_the_company_and_its_branches() -> None:
    ties = ibis.memtable(
        [("云麓泵业有限公司", "云麓集团有限公司", "subsidiary", Decimal("0.80"), "group-brand")],
        schema=TIES,
    )
    found = _members("云麓泵业有限公司", "云麓泵业有限公司武汉分公司", ties=ties)

    own, branch = found["云麓泵业有限公司"], found["云麓泵业有限公司武汉分公司"]
    assert own["group"] == branch["group"] == "云麓集团有限公司"
    assert (own["relation"], branch["relation"]) == ("subsidiary", "branch")
    assert (own["confidence"], branch["confidence"]) == (Decimal("0.80"), Decimal("0.80"))


def test_members_have_the_declared_schema() -> None:
    table = ibis.memtable({"id": ["1"], "name": ["云麓泵业有限公司"]})

    assert groups.members(table).schema() == MEMBERS


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("云麓泵业有限公司武汉分公司", "云麓泵业有限公司"),
        ("云麓集团有限公司", "云麓集团有限公司"),
        ("云麓(集团)股份有限公司宣城连锁店", "云麓(集团)股份有限公司"),
        ("云麓集团第二建筑有限公司", "云麓集团第二建筑有限公司"),
        ("云麓集团山东有限公司烟台分公司", "云麓集团山东有限公司"),
        ("云麓集团销售分公司", "云麓集团"),
        ("长沙县玩具厂有限公司", "长沙县玩具厂有限公司"),
        ("长沙县玩具厂门市部", "长沙县玩具厂"),
        ("连江县供销社第五门市部", "连江县供销社"),
        ("云麓眼科医院和田分院(分公司)", "云麓眼科医院和田分院(分公司)"),
        ("", ""),
    ],
)
def test_the_head_is_the_first_whole_company_named(name: str, head: str) -> None:
    table = ibis.memtable({"name": [name]})

    found = table.select(head=groups.head_name(table.name)).to_pyarrow()["head"].to_pylist()

    assert found == [head]
