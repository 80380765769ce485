"""Whether the group of an enterprise already has a place in a province."""

from tests.engine import small_registry
from tests.engine.small_registry import Firm

from yipanqi.engine import indices, sessions
from yipanqi.engine.groups import footing

HUNAN = "430000"


def test_a_group_stands_in_the_province_where_one_of_it_is_registered(tmp_path, monkeypatch):
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path / "home"))
    names = (
        ("云麓集团有限公司", "长沙"),
        ("云麓集团武汉泵业有限公司", "武汉"),
        ("比亚新物流有限公司", "上海"),
    )
    firms = [Firm(name, city, "水泵制造") for name, city in names]
    registry = small_registry.write(tmp_path / "registry", firms)
    with sessions.measures() as session:
        rows = indices.enterprises(registry, session).to_pyarrow().to_pylist()
    ids = {row["name"]: row["id"] for row in rows}

    found = footing.footings(registry, ids.values(), province_code=HUNAN)

    assert found[ids["云麓集团武汉泵业有限公司"]] == footing.Footing("云麓集团有限公司", True)
    assert found[ids["比亚新物流有限公司"]].is_there is False
    assert footing.footings(registry, [], province_code=HUNAN) == {}
