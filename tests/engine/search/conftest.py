"""A small registry with its search index, in a home of its own."""

from datetime import date

import pytest
from tests.engine.small_registry import Firm, write

from yipanqi.engine.search import building

FIRMS = (
    Firm("三一液压件（长沙）有限公司", "长沙", "液压件、密封件制造", registered=date(2003, 5, 1)),
    Firm("长沙三一液压件有限公司", "长沙", "机械销售", registered=date(2011, 5, 1)),
    Firm("常州恒力机械有限公司", "常州", "高压柱塞泵及液压件的研发；PVC管、3D打印服务"),
    Firm("苏州精密铸造有限公司", "苏州", "液压，件杂货装卸", status="alive"),
    Firm("重庆厦门路酒店", "重庆", "住宿", registered=None),
)


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path / "home"))
    return tmp_path


@pytest.fixture
def bare(home):
    """A registry without an index."""
    return write(home / "registry", FIRMS)


@pytest.fixture
def registry(bare):
    """A registry with its index."""
    building.build(bare)
    return bare
