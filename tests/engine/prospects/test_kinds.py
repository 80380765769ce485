"""What an enterprise may invest in is read from its group's steps, and never guessed."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from tests.engine.small_pack import pack_of
from tests.engine.small_registry import Firm, write

from yipanqi.engine import indices, sessions
from yipanqi.engine.prospects import kinds, steps
from yipanqi.engine.prospects.kinds import Form, Kind, Size
from yipanqi.rulebook.packs import Pack

BUILDER, OPENER, GROUP, LAB = (
    "武汉甲泵业有限公司",
    "武汉乙泵业有限公司",
    "南京丙泵业集团有限公司",
    "上海丁泵业有限公司",
)
FIRMS = (
    Firm(BUILDER, "武汉", "液压件制造", Decimal(20_000)),
    Firm(f"{BUILDER}株洲分公司", "株洲", "液压件制造", Decimal(1)),
    Firm(f"{BUILDER}南昌销售分公司", "南昌", "液压件制造", None),
    Firm(OPENER, "武汉", "液压件制造", Decimal(500)),
    Firm(f"{OPENER}株洲办事处", "株洲", "液压件制造", None),
    Firm(f"{OPENER}武汉分厂", "武汉", "液压件制造", None),
    Firm(GROUP, "南京", "液压件制造", Decimal(300), "USD"),
    Firm("南京丙泵业集团武汉泵业有限公司", "武汉", "餐饮服务", Decimal(50)),
    Firm("南京丙泵业集团南昌泵业有限公司", "南昌", "餐饮服务", Decimal(5_000)),
    Firm(LAB, "上海", "液压件制造", None),
    Firm(f"{LAB}武汉研发中心", "武汉", "液压件的技术开发", None),
    Firm("株洲戊液压件有限公司", "株洲", "液压件制造", Decimal(100)),
)  # fmt: skip


@pytest.fixture(scope="module")
def pack() -> Pack:
    return pack_of("gongcheng-jixie")


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("registry")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YIPANQI_HOME", str(folder / "home"))
        yield write(folder / "registry", FIRMS)


@pytest.fixture(scope="module")
def found(registry: Path, pack: Pack) -> dict[str, Kind]:
    with sessions.measures() as session:
        rows = indices.enterprises(registry, session).select("id", "name").to_pyarrow().to_pylist()
    names = {row["id"]: row["name"] for row in rows}
    told = kinds.kinds(registry, pack, [*names, "nobody"])
    return {names[one]: kind for one, kind in told.items()}


def test_whoever_made_things_elsewhere_may_build_a_plant(found: dict[str, Kind]) -> None:
    kind = found[BUILDER]

    assert kind.form is Form.PLANT
    assert kind.form_reason == "已在外地 2 个城市设有从事生产的机构 1 家、分支机构 1 家"


def test_a_sales_office_that_repeats_its_companys_scope_makes_nothing(
    found: dict[str, Kind],
) -> None:
    kind = found[OPENER]

    assert (kind.form, kind.form_reason) == (Form.BRANCH, "已在外地 1 个城市设有分支机构 1 家")


def test_companies_of_a_group_are_subsidiaries_and_a_laboratory_is_a_function(
    found: dict[str, Kind],
) -> None:
    assert found[GROUP].form is Form.SUBSIDIARY
    assert found[LAB].form is Form.HEADQUARTERS


def test_who_never_left_its_city_shows_nothing(found: dict[str, Kind]) -> None:
    assert found["株洲戊液压件有限公司"].form is Form.UNKNOWN
    assert len(found) == len(FIRMS)


def test_one_works_among_many_branches_makes_nobody_a_builder_of_plants() -> None:
    row = {"places": 9, "plants": 1, "functions": 0, "companies": 0, "branches": 30}

    assert kinds.kind({**row, "capital_wan": None}).form is Form.BRANCH
    assert kinds.kind({**row, "branches": 9, "capital_wan": None}).form is Form.PLANT


def test_size_goes_by_capital_in_yuan_and_a_branch_by_its_companys(found: dict[str, Kind]) -> None:
    sizes = {name: kind.size for name, kind in found.items()}

    assert sizes[BUILDER] is Size.LARGE
    assert sizes[f"{BUILDER}株洲分公司"] is Size.LARGE
    assert sizes[OPENER] is Size.SMALL
    assert sizes["南京丙泵业集团南昌泵业有限公司"] is Size.MIDDLE
    assert sizes["南京丙泵业集团武汉泵业有限公司"] is Size.MICRO
    assert sizes[GROUP] is Size.UNKNOWN
    assert found[BUILDER].size_reason == "注册资本 20000 万元"


def test_the_steps_kept_are_those_counted(
    found: dict[str, Kind], registry: Path, pack: Pack
) -> None:
    with sessions.measures() as session:
        again = steps.kept(registry, pack.chains(on=pack.newest), session)

        assert again.schema() == steps.COLUMNS
        assert again.count().to_pyarrow().as_py() == len(found)
