"""The industries of a registry are told once, kept, and counted with what is left open."""

from pathlib import Path

import pytest
from tests.engine.small_registry import Firm, write

from yipanqi.engine import sessions
from yipanqi.engine.industries import counting, keeping
from yipanqi.vocab import regions

FIRMS = (
    Firm("长沙金甲机械厂", "长沙", "轴承、齿轮的生产"),
    Firm("长沙金乙药房", "长沙", "中成药、化学药制剂零售"),
    Firm("长沙金丙公司", "长沙", "餐饮服务与货物运输"),
    Firm("长沙金丁公司", "长沙", "子丑寅卯"),
    Firm("株洲金戊贸易有限公司", "株洲", "钢材批发"),
)


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path / "home"))
    return write(tmp_path / "registry", FIRMS)


def test_every_enterprise_has_one_row(registry: Path) -> None:
    with sessions.measures() as session:
        rows = keeping.kept(registry, session).to_pyarrow()

    assert rows.num_rows == len(FIRMS)
    assert rows.schema.names == keeping.INDUSTRIES.names
    assert len(set(rows["id"].to_pylist())) == len(FIRMS)


def test_two_hands_tell_what_one_does(registry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with sessions.measures() as session:
        alone = keeping.kept(registry, session).order_by("id").to_pyarrow()
    monkeypatch.setattr(keeping, "_WORTH_SHARING", 1)
    monkeypatch.setattr(keeping, "digest", lambda: "shared")
    with sessions.measures() as session:
        shared = keeping.kept(registry, session).order_by("id").to_pyarrow()

    assert shared.equals(alone)


def test_what_is_not_sure_is_counted_as_open(registry: Path) -> None:
    city = regions.city("长沙")
    assert city

    with sessions.measures() as session:
        found = counting.counts(registry, session, city=city)

    assert found.enterprises == 4
    assert [(one.code, one.enterprises) for one in found.sections] == [("C", 1), ("F", 1)]
    assert found.open_sections == 2
    assert found.as_of == "2016-12-31"
    assert found.enterprises == sum(one.enterprises for one in found.divisions) + (
        found.open_divisions
    )
