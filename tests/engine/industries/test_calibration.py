"""Confidence is a share of right verdicts, and the threshold keeps what is promised."""

import numpy as np
import pytest

from yipanqi.engine.industries import calibration

SURE = np.array([0.9, 0.9, 0.8, 0.7, 0.6])
RIGHT = np.array([True, True, True, False, True])


def test_the_threshold_is_the_least_that_keeps_the_aim() -> None:
    assert calibration.threshold(SURE, RIGHT, aim=0.9) == 0.8
    assert calibration.threshold(SURE, RIGHT, aim=0.8) == 0.6


def test_equally_sure_verdicts_stand_or_fall_together() -> None:
    right = np.array([True, False, True, True, True])

    assert calibration.threshold(SURE, right, aim=0.9) == 1.01


def test_the_curve_knows_no_precision_where_nothing_is_answered() -> None:
    some, none = calibration.curve(SURE, RIGHT, (0.7, 0.95))

    assert (some.coverage, some.precision) == (0.8, 0.75)
    assert (none.coverage, none.precision) == (0.0, None)


def test_the_error_is_the_gap_between_promise_and_outcome() -> None:
    assert calibration.error(np.array([0.75] * 4), np.array([True] * 3 + [False])) == 0.0
    assert calibration.error(np.array([0.95] * 2), np.array([False] * 2)) == pytest.approx(0.95)


def test_a_wide_lead_is_surer_than_a_narrow_one() -> None:
    chance = np.random.default_rng(1)
    scores = chance.normal(size=(400, 3))
    lead = np.diff(np.sort(scores, axis=1)[:, -2:], axis=1).ravel()

    fitted = calibration.fitted(scores, chance.random(400) < 1 / (1 + np.exp(1 - 2 * lead)))

    narrow, wide = fitted.confidence(np.array([[1.0, 0.9, 0.0], [1.0, -1.0, -1.5]]))
    assert narrow < wide


def test_where_all_were_right_scores_explain_nothing() -> None:
    fitted = calibration.fitted(np.zeros((8, 3)), np.ones(8, bool))

    assert fitted.confidence(np.array([[3.0, 1.0, 0.0]])) == pytest.approx([0.9])
