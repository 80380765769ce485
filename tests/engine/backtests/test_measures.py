"""The measures of a list, against figures worked by hand and by a plainer way."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score

from yipanqi.engine.backtests import intervals, measures


def test_precision_and_recall_count_those_that_came_among_the_first() -> None:
    placed = measures.placing(np.array([5.0, 4, 3, 2]), np.array([True, False, True, False]))

    assert placed.average_precision() == pytest.approx((1 / 1 + 2 / 3) / 2)
    assert (placed.precision(1), placed.precision(2), placed.precision(100)) == (1.0, 0.5, 0.5)
    assert (placed.recall(1), placed.recall(3)) == (0.5, 1.0)


def test_a_list_of_which_nobody_came_has_no_average_precision() -> None:
    placed = measures.placing(np.array([1.0, 2.0]), np.array([False, False]))

    assert np.isnan(placed.average_precision())
    assert np.isnan(placed.recall(1))
    assert placed.precision(1) == 0


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.booleans()), min_size=1, max_size=50))
def test_average_precision_is_that_of_scikit_learn(rows: list[tuple[float, bool]]) -> None:
    scores = np.array([score for score, _ in rows]) + np.arange(len(rows)) * 1e-3
    came = np.array([flag for _, flag in rows])
    if came.any() and len(set(scores)) == len(scores):
        ours = measures.placing(scores, came).average_precision()

        assert ours == pytest.approx(average_precision_score(came, scores))


@given(
    st.lists(st.tuples(st.integers(0, 5), st.booleans(), st.booleans()), min_size=1, max_size=50)
)
def test_a_kind_is_ranked_as_if_it_stood_alone(rows: list[tuple[int, bool, bool]]) -> None:
    scores = np.array([float(row[0]) for row in rows])
    came, inside = (np.array([row[place] for row in rows]) for place in (1, 2))

    together = measures.placings(scores, came, {"kind": inside})["kind"]
    alone = measures.placing(scores[inside], came[inside])

    assert together.candidates == alone.candidates
    assert together.ranks.tolist() == alone.ranks.tolist()


def test_drawing_one_that_came_twice_is_having_two_of_it() -> None:
    placed = measures.placing(np.array([3.0, 2, 1]), np.array([False, True, True]))
    doubled = measures.placing(np.array([3.0, 2, 2, 1]), np.array([False, True, True, True]))

    weighted = placed.average_precision(np.array([2.0, 1.0]))

    # The copies stand side by side: both are counted at the place of the second.
    assert weighted == pytest.approx((2 * 2 / 3 + 3 / 4) / 3)
    assert weighted == pytest.approx(doubled.average_precision(), abs=0.1)


def test_a_model_twice_as_good_everywhere_has_a_ratio_of_two_without_doubt() -> None:
    rule = [np.array([0.1, 0.2]), np.array([0.3]), np.array([0.05, 0.1, 0.2])]

    _, ratio = intervals.over_cities([2 * one for one in rule], rule, seed=7)

    assert (ratio.value, ratio.low, ratio.high) == pytest.approx((2, 2, 2))


def test_one_city_gives_a_ratio_but_no_interval() -> None:
    _, ratio = intervals.over_cities([np.array([0.2])], [np.array([0.1])], seed=7)

    assert ratio.value == pytest.approx(2)
    assert np.isnan(ratio.low)


def test_calibration_counts_everyone_once() -> None:
    chances = np.array([0.0, 1e-6, 0.02, 0.5, 1.0])
    rows = measures.calibration(chances, np.array([False, False, True, True, True]))

    assert sum(row["candidates"] for row in rows) == len(chances)
    assert sum(row["came"] for row in rows) == 3
