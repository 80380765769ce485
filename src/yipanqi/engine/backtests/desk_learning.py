"""The desk's features weighed by what came of earlier windows, in place of the sheet's weights.

A contestant only: no list is made by it. A score is the constant and one product per column, so
its contributions add up to it.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from yipanqi.engine.backtests import learning
from yipanqi.engine.backtests.arrays import Flags, Floats
from yipanqi.engine.backtests.desk import Candidates
from yipanqi.engine.backtests.learning import Lesson, Logistic
from yipanqi.engine.backtests.windows import Window

# For each that came so many that did not, and so many in any case.
_PER_HIT, _AT_LEAST = 20, 2000
_UNIT = 10_000


def rows(listed: Candidates) -> Floats:
    """The features of each candidate from 0 to 1, and for each whether it is unknown."""
    unknown = np.isnan(listed.values)
    return np.column_stack([np.nan_to_num(listed.values) / _UNIT, unknown.astype(np.float64)])


def lesson(listed: Candidates, came: Flags, draw: np.random.Generator) -> Lesson:
    """Those of a city's candidates who came, and a weighted draw of the others not there yet.

    `came` has one flag for each candidate.
    """
    hits = np.flatnonzero(came & ~listed.is_here)
    pool = np.flatnonzero(~came & ~listed.is_here)
    size = min(_PER_HIT * len(hits) + _AT_LEAST, len(pool))
    drawn = np.sort(draw.choice(pool, size, replace=False))
    chosen = np.concatenate([hits, drawn])
    weight = np.concatenate([np.ones(len(hits)), np.full(size, len(pool) / max(size, 1))])
    return Lesson(rows(listed)[chosen], came[chosen], weight)


def taught(lessons: Mapping[Window, Sequence[Lesson]], window: Window) -> Logistic | None:
    """The model for a window from those that ended before it begins; None where nobody came."""
    parts = [one for then, those in lessons.items() if then.until <= window.year for one in those]
    if not any(one.came.any() for one in parts):
        return None
    return learning.logistic(
        Lesson(
            np.concatenate([one.signals for one in parts]),
            np.concatenate([one.came for one in parts]),
            np.concatenate([one.weight for one in parts]),
        )
    )
