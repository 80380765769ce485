"""A registry in force, with its search index, for tests of screens and of the API."""

from collections.abc import Iterable
from pathlib import Path

from tests.engine.small_registry import Firm, write

from yipanqi.engine.search import building

FIRMS = (
    Firm("常州恒立液压件有限公司", "常州", "液压件制造；阀门销售"),
    Firm("长沙机电有限公司", "长沙", "机电设备、液压件的批发"),
    Firm("无锡铸造厂", "无锡", "铸件", status="alive"),
)


def publish(home: Path, *, indexed: bool = True, more: Iterable[Firm] = ()) -> Path:
    """Write the firms, and more, as the registry in force of the home; the folder."""
    place = write(home / "registry" / "r1", (*FIRMS, *more))
    (home / "registry" / "current").symlink_to(place.name)
    if indexed:
        building.build(place)
    return place
