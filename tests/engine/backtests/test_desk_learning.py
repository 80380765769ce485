"""Weights learnt in place of the sheet's: from windows that had ended, adding up to the score."""

import numpy as np
import pytest

from yipanqi.engine.backtests import desk_learning
from yipanqi.engine.backtests.arrays import Flags
from yipanqi.engine.backtests.desk import Candidates
from yipanqi.engine.backtests.learning import Lesson
from yipanqi.engine.backtests.windows import Window

EARLY, LATE = Window(2002, 3), Window(2005, 3)
COUNT = 6000


def candidates() -> tuple[Candidates, Flags]:
    """Candidates of whom those with a high first feature came; the second is often unknown."""
    draw = np.random.default_rng(7)
    values = draw.integers(0, 10_001, (COUNT, 2)).astype(np.float64)
    came = (values[:, 0] > 9_500) & (draw.random(COUNT) < 0.5)
    values[draw.random(COUNT) < 0.3, 1] = np.nan
    numbers = np.arange(COUNT)
    here = np.arange(COUNT) % 10 == 0
    listed = Candidates(numbers * 0, numbers, numbers * 0, here, values, {})
    return listed, came


def lesson() -> Lesson:
    listed, came = candidates()
    return desk_learning.lesson(listed, came, np.random.default_rng(7))


def test_a_lesson_holds_all_who_came_and_weighs_the_rest_up_to_those_left_out() -> None:
    listed, came = candidates()

    found = lesson()

    new = ~listed.is_here
    assert found.came.sum() == (came & new).sum() > 50
    assert found.weight.sum() == pytest.approx(new.sum())


def test_a_window_learns_only_from_those_that_ended_before_it() -> None:
    assert desk_learning.taught({EARLY: [lesson()]}, EARLY) is None
    assert desk_learning.taught({LATE: [lesson()]}, Window(2007, 3)) is None
    assert desk_learning.taught({EARLY: [lesson()]}, LATE) is not None


def test_where_nobody_came_nothing_is_learnt() -> None:
    listed, came = candidates()
    empty = desk_learning.lesson(listed, came & False, np.random.default_rng(7))

    assert desk_learning.taught({EARLY: [empty]}, LATE) is None


def test_contributions_add_up_to_the_score_and_find_what_brought_them() -> None:
    listed, came = candidates()
    model = desk_learning.taught({EARLY: [lesson()]}, LATE)
    assert model is not None
    rows = desk_learning.rows(listed)

    scores = model.scores(rows)

    assert rows.shape == (COUNT, 4)
    assert [sum(parts) for parts in model.contributions(rows).tolist()] == scores.tolist()
    assert came[np.argsort(-scores)[:100]].mean() > 5 * came.mean()
