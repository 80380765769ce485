"""An enterprise's group, read from the kept table."""

from pathlib import Path

import pytest
from tests.engine import small_registry
from tests.engine.small_registry import Firm

from yipanqi.engine import indices, sessions
from yipanqi.engine.groups import keeping, kinship

NAMES = (
    ("云麓集团有限公司", "长沙"),
    ("云麓集团武汉泵业有限公司", "武汉"),
    ("云麓集团武汉泵业有限公司黄石分公司", "黄石"),
    ("比亚新物流有限公司", "上海"),
)


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path / "home"))
    firms = [Firm(name, city, "水泵制造") for name, city in NAMES]
    return small_registry.write(tmp_path / "registry", firms)


def id_of(registry: Path, name: str) -> str:
    (found,) = kinship.registered_as(registry, None, name)
    return found


def keep(registry: Path) -> None:
    with sessions.measures() as session:
        keeping.kept_members(registry, session)


def code_of(registry: Path, name: str) -> str:
    with sessions.measures() as session:
        rows = indices.enterprises(registry, session).to_pyarrow().to_pylist()
    return next(row["city_code"] for row in rows if row["name"] == name)


def test_the_group_is_told_companies_first_and_counted_at_home(registry: Path) -> None:
    keep(registry)
    there = id_of(registry, "云麓集团武汉泵业有限公司")

    found = kinship.kin(registry, there, city_code=code_of(registry, "云麓集团有限公司"))

    assert found is not None
    assert found.group == "云麓集团有限公司"
    assert [each.name for each in found.relatives] == [name for name, _ in NAMES[:3]]
    assert (found.total, found.local) == (3, 1)
    assert found.own.relation == "subsidiary"


def test_a_long_group_is_cut_but_counted_whole(registry: Path) -> None:
    keep(registry)

    found = kinship.kin(registry, id_of(registry, NAMES[0][0]), city_code="430100", most=2)

    assert found is not None
    assert (len(found.relatives), found.total) == (2, 3)


def test_where_groups_are_not_kept_yet_nothing_is_worked_out(registry: Path) -> None:
    there = id_of(registry, NAMES[0][0])

    assert kinship.kin(registry, there, city_code="430100") is None
    assert not keeping.is_kept(registry)


def test_an_id_the_registry_does_not_hold_is_a_fault(registry: Path) -> None:
    keep(registry)

    with pytest.raises(LookupError):
        kinship.kin(registry, "nobody", city_code="430100")


def test_a_name_is_found_however_its_brackets_are_written(registry: Path) -> None:
    assert kinship.registered_as(registry, None, "云麓集团 有限公司")
    assert not kinship.registered_as(registry, None, "云麓集团有限")
