"""A made-up registry of groups that spread from city to city, the wide ones faster."""

import json
import random
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from tests.engine.small_registry import Firm, write

from yipanqi.engine import indices, sessions
from yipanqi.engine.backtests import histories
from yipanqi.engine.backtests.histories import History
from yipanqi.vocab import regions

CITIES = ("长沙", "株洲", "武汉", "南昌", "太原", "石家庄", "昆明", "兰州")
TRADES = ("银行", "电梯", "水泥", "物流", "软件", "制药")
PROVINCES = {region.province_code for name in CITIES if (region := regions.city(name))}
SCOPES = {trade: "中药材种植" if trade == "制药" else trade for trade in TRADES}
FIRST, LAST = 1990, 2011


def firms(companies: int, *, seed: int = 7) -> list[Firm]:
    """Head companies and their branches, each in a city and on a day."""
    draw = random.Random(seed)  # noqa: S311 -- a made-up world, no secret
    found = []
    for number in range(companies):
        trade, home = draw.choice(TRADES), draw.choice(CITIES)
        head = f"{home}{chr(0x4E00 + 7 * number)}{trade}有限公司"
        since = draw.randint(FIRST, LAST - 4)
        capital = Decimal(draw.randint(50, 20_000)) if draw.random() < 0.8 else None
        found.append(Firm(head, home, SCOPES[trade], capital, registered=_day(draw, since)))
        eager = 0.12 if trade == "银行" else 0.02
        for city in CITIES:
            years = [year for year in range(since + 1, LAST + 1) if draw.random() < eager]
            if city != home and years:
                name = f"{head}{city}分公司"
                found.append(Firm(name, city, trade, None, registered=_day(draw, years[0])))
    return found


def registry(
    folder: Path, listed: Sequence[Firm], gaps: dict[str, list[int]] | None = None
) -> Path:
    """The firms as a registry that holds the provinces of CITIES alone, but for the gaps."""
    write(folder, listed)
    every = {one.code: list(range(1978, 2017)) for one in regions.provinces()}
    told = {code: years for code, years in every.items() if code not in PROVINCES}
    manifest = {"as_of": "2016-12-31", "synthetic": True, "gaps": {**told, **(gaps or {})}}
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return folder


def history(folder: Path) -> History:
    """The history read from a registry."""
    with sessions.measures() as session:
        return histories.read(indices.enterprises(folder, session))


def _day(draw: random.Random, year: int) -> date:
    return date(year, draw.randint(1, 12), draw.randint(1, 28))
