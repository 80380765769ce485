"""The groups of a registry are worked out once and then read."""

from pathlib import Path

import pytest
from tests.engine import small_registry
from tests.engine.small_registry import Firm

from yipanqi.engine import sessions
from yipanqi.engine.groups import keeping
from yipanqi.engine.groups.membership import MEMBERS


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three companies of one group, one of them with a branch."""
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path / "home"))
    names = (
        ("云麓集团有限公司", "长沙"),
        ("云麓集团武汉泵业有限公司", "武汉"),
        ("云麓集团武汉泵业有限公司黄石分公司", "黄石"),
        ("比亚新物流有限公司", "上海"),
    )
    firms = [Firm(name, city, "水泵制造") for name, city in names]
    return small_registry.write(tmp_path / "registry", firms)


def test_a_branch_stands_in_the_group_of_its_company(registry: Path) -> None:
    with sessions.measures() as session:
        found = keeping.kept_members(registry, session).to_pyarrow().to_pylist()

    groups = {row["head"]: row["group"] for row in found}
    assert groups == {
        "云麓集团有限公司": "云麓集团有限公司",
        "云麓集团武汉泵业有限公司": "云麓集团有限公司",
        "比亚新物流有限公司": "比亚新物流有限公司",
    }
    assert sorted(row["relation"] for row in found) == ["branch", "itself", "itself", "subsidiary"]


def test_kept_groups_have_the_declared_schema_and_are_not_made_twice(registry: Path) -> None:
    with sessions.measures() as session:
        table = keeping.kept_members(registry, session)
        (kept,) = (registry.parent / "home" / "index").rglob("members.parquet")
        made = kept.stat().st_mtime_ns
        keeping.kept_parts(registry, session)

    assert dict(table.schema().items()) == dict(MEMBERS.items())
    assert kept.stat().st_mtime_ns == made
