"""Counts by year that are worked out once, for any city."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from tests.engine.small_registry import Firm, write

from yipanqi.engine import link_years, sessions
from yipanqi.rulebook import packs
from yipanqi.rulebook.packs import Pack
from yipanqi.vocab import regions

PACK = Path(__file__).parents[2] / "packs" / "changsha"
LINK = "gcjx-yeya"


@cache
def _pack() -> Pack:
    return packs.load(PACK)


def test_one_count_serves_every_city_and_is_made_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path / "home"))
    day = date(2011, 3, 1)
    registry = write(
        tmp_path / "registry",
        [
            Firm(f"{city}液压有限公司", city, "液压件制造", registered=day)
            for city in ("长沙", "株洲")
        ],
    )
    tables = _pack().chains(on=_pack().newest)

    told = {}
    for code in ("430100", "430200", "540100"):
        with sessions.measures() as session:
            city = regions.by_code()[code]
            found = link_years.trends(registry, tables, session, city=city, links=[LINK])
            told[code] = {one.year: (one.here, one.nation) for one in found[LINK].years}[2011]

    assert told == {"430100": (1, 2), "430200": (1, 2), "540100": (0, 2)}
    assert len(list((tmp_path / "home").rglob("years.parquet"))) == 1
