"""How much the evidence behind a verdict bears."""

import pytest

from yipanqi.engine import grades
from yipanqi.engine.grades import Grade, Ground
from yipanqi.vocab import regions

SOUND = Ground(is_synthetic=False, is_draft=False, missing=0)
# 60,000 of 2.7 million stand here: 300 in the nation make 6.7 expected here.
PLENTY = (300, 60_000, 2_700_000)


def test_plenty_of_whole_reviewed_real_data_is_the_best_evidence() -> None:
    assert grades.grade(SOUND, *PLENTY) == (Grade.GOOD, "")


@pytest.mark.parametrize(
    ("ground", "counts", "expected", "words"),
    [
        (Ground(True, False, 0), PLENTY, Grade.POOR, "合成"),
        (Ground(False, True, 0), PLENTY, Grade.POOR, "草稿"),
        (Ground(False, False, 6), PLENTY, Grade.POOR, "有 6 年缺登记"),
        (Ground(False, False, None), PLENTY, Grade.POOR, "没有写明"),
        (SOUND, (29, 60_000, 2_700_000), Grade.POOR, "只认出 29 家"),
        (Ground(False, False, 5), PLENTY, Grade.FAIR, "有 5 年缺登记"),
        (SOUND, (299, 60_000, 2_700_000), Grade.FAIR, "不足 300 家"),
        (SOUND, (300, 40_000, 2_700_000), Grade.FAIR, "应有的不足 5 家"),
    ],
)
def test_each_weakness_lowers_the_grade_and_is_named(
    ground: Ground, counts: tuple[int, int, int], expected: Grade, words: str
) -> None:
    mark, note = grades.grade(ground, *counts)

    assert mark is expected
    assert words in note


def test_missing_years_are_counted_in_the_last_ten_of_the_citys_province() -> None:
    changsha, lhasa = regions.by_code()["430100"], regions.by_code()["540100"]
    says = {"as_of": "2016-12-31", "gaps": {"430000": [2001, 2006, 2007, 2015, 2016]}}

    here = grades.of_registry(says, changsha, is_draft=False)
    unknown_province = grades.of_registry(says, lhasa, is_draft=False)

    assert here.missing == 3
    assert unknown_province.missing == 10
    assert grades.of_registry({"as_of": "2016-12-31"}, changsha, is_draft=False).missing is None
