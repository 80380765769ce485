"""The forecast of entries: nothing from later years, the same twice, and silence across gaps."""

from decimal import Decimal

import ibis
import numpy as np
import pytest
from tests.engine.measures import worked

from yipanqi.engine.forecasts import entry, panels, signals
from yipanqi.engine.forecasts.panels import Panel
from yipanqi.engine.measures.matrices import advantages
from yipanqi.vocab import regions

HUNAN = [one for one in regions.cities() if one.province_code == "430000"]
PROVINCES = ("420000", "430000", "360000", "130000")
CITIES = [one for one in regions.cities() if one.province_code in PROVINCES]
NO_GAPS: dict[str, list[int]] = {code: [] for code in PROVINCES}


def _registered(until: int = 2010) -> ibis.Table:
    draw = np.random.default_rng(3)
    rows = [
        (city.code, f"link-{link:02}", year, int(draw.poisson(1 + (link + number) % 5)))
        for number, city in enumerate(CITIES)
        for link in range(25)
        for year in range(1990, until + 1)
    ]
    place, link, year, count = zip(*rows, strict=True)
    return ibis.memtable({"place": place, "link": link, "year": year, "enterprises": count}).cast(
        panels.ROWS
    )


def _panel() -> Panel:
    return panels.panel(_registered(), since=1978, until=2010, within=PROVINCES)


def test_signals_do_not_move_when_later_rows_change() -> None:
    panel = _panel()
    later = panel.until_year.copy()
    later[2006 - panel.since :] *= 17
    changed = Panel(panel.since, panel.places, panel.links, later)

    before, after = (signals.signals(one, year=2005) for one in (panel, changed))

    assert np.array_equal(before.values, after.values)
    earlier = signals.signals(panel, year=2004)
    assert before.values.shape != earlier.values.shape or (before.values != earlier.values).any()


def test_only_links_that_are_no_speciality_yet_are_candidates() -> None:
    panel = _panel()

    now = signals.signals(panel, year=2005)

    assert (entry.entries(panel, now, year=2005) == 0).all()


def test_a_forecast_ranks_by_chance_gives_reasons_and_is_the_same_twice() -> None:
    city = HUNAN[0]

    first, second = (entry.likely(_registered(), NO_GAPS, city=city, until=2010) for _ in range(2))

    assert first == second
    assert (first.as_of, first.learned_from) == (2010, 2005)
    chances = [row.probability for row in first.rows]
    assert chances
    assert chances == sorted(chances, reverse=True)
    assert all(Decimal(0) <= one <= Decimal(1) for one in chances)
    assert all(len(row.reasons) == 3 and row.place == city.code for row in first.rows)


def test_a_forecast_is_made_at_the_end_of_the_last_whole_decade_of_the_province() -> None:
    gaps = {**NO_GAPS, "430000": [2009]}

    found = entry.likely(_registered(), gaps, city=HUNAN[0], until=2010)

    assert found.as_of == 2008


def test_a_province_never_whole_for_ten_years_has_no_forecast() -> None:
    gaps = {**NO_GAPS, "430000": list(range(1980, 2011, 5))}

    with pytest.raises(entry.CannotForecast, match="2005"):
        entry.likely(_registered(), gaps, city=HUNAN[0], until=2010)


def test_candidates_and_entries_are_those_of_the_page() -> None:
    told = worked.rows("entry-forecast", "## 例")
    where = [(row["城市"], row["环节"]) for row in told]
    names = [sorted(set(column)) for column in zip(*where, strict=True)]
    cells = [(names[0].index(place), names[1].index(link)) for place, link in where]
    then, later = np.zeros((2, len(names[0]), len(names[1])))
    for cell, row in zip(cells, told, strict=True):
        then[cell], later[cell] = float(row["年底家数"]), float(row["五年后家数"])
    panel = Panel(1995, tuple(names[0]), tuple(names[1]), np.stack([*[then] * 6, *[later] * 5]))

    before = signals.signals(panel, year=2000)
    entered = entry.entries(panel, before, year=2005)

    candidates = list(zip(before.place.tolist(), before.link.tolist(), strict=True))
    came = [cell for cell, one in zip(candidates, entered, strict=True) if one]
    for cell, row in zip(cells, told, strict=True):
        assert row["年底优势"] == f"{advantages(then)[cell]:.4f}"
        assert row["五年后优势"] == f"{advantages(later)[cell]:.4f}"
        assert (row["候选"] == "是", row["进入"] == "是") == (cell in candidates, cell in came)
