"""Nothing registered after the day may move a signal, a rule or a stratum."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engine.backtests import small_world

from yipanqi.engine.backtests import rules, standings
from yipanqi.engine.backtests.histories import History
from yipanqi.engine.backtests.signals import NAMES, Signals
from yipanqi.engine.backtests.strata import strata

YEAR = 2004
CITIES = ("430100", "420100", "130100")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> History:
    folder = tmp_path_factory.mktemp("world")
    return small_world.history(small_world.registry(folder, small_world.firms(120)))


def known(history: History, year: int = YEAR) -> dict[tuple[str, str], tuple[float, ...]]:
    """Everything that may be read of each head for each city, under their names."""
    now = standings.standing(history, year)
    signals = Signals(now)
    found = {}
    for code in CITIES:
        place = standings.place_of(now, code)
        heads = now.outside(place)
        columns = [
            signals.matrix(place, heads),
            *(rule(now, place, heads)[:, None] for rule in rules.RULES.values()),
            *(inside[:, None].astype(float) for inside in strata(now, heads).values()),
        ]
        rows = np.hstack(columns)
        names = [history.heads.names[one] for one in now.heads[heads]]
        found |= {(name, code): tuple(row) for name, row in zip(names, rows.tolist(), strict=True)}
    return found


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 2**32), kept=st.floats(0, 1))
def test_rows_after_the_year_may_change_vanish_or_come_without_moving_anything(
    world: History, seed: int, kept: float
) -> None:
    draw = np.random.default_rng(seed)
    later = world.year > YEAR
    stays = ~later | (draw.random(len(world.year)) < kept)
    rows = np.flatnonzero(stays)
    added = draw.choice(np.flatnonzero(later), 40)
    chosen = np.concatenate([rows, added])
    moved = np.where(
        world.year[chosen] > YEAR,
        draw.integers(0, len(world.places), len(chosen)),
        world.place[chosen],
    )
    richer = np.where(world.year[chosen] > YEAR, 9e9, world.capital_wan[chosen])
    changed = replace(
        world,
        head=world.head[chosen],
        place=moved,
        year=world.year[chosen],
        entities=world.entities[chosen] + (world.year[chosen] > YEAR),
        is_seat=world.is_seat[chosen] | (world.year[chosen] > YEAR),
        capital_wan=richer,
    )

    assert known(changed) == known(world)


def test_a_registry_without_the_later_rows_reads_the_same(world: History, tmp_path: Path) -> None:
    before = [
        one for one in small_world.firms(120) if one.registered and one.registered.year <= YEAR
    ]

    cut = small_world.history(small_world.registry(tmp_path, before))

    assert known(cut) == known(world)


def test_the_guard_sees_one_year_of_leakage(world: History) -> None:
    now, then = known(world), known(world, YEAR + 1)
    shared = now.keys() & then.keys()

    moved = {
        name
        for key in shared
        for name, one, two in zip(NAMES, now[key], then[key], strict=False)
        if one != two
    }

    fixed = {"capital", "capital_unknown", "roll_out", "industrial", "city_is_capital", "home_km"}
    assert moved >= set(NAMES) - fixed - {"seat_unknown", "near_cities", "family", "family_here"}
