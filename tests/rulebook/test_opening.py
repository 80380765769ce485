"""The sheet of opening balances says by when what came in must be proved."""

from datetime import date

import pytest
from tests.rulebook.town import FILES, complaints

from yipanqi.rulebook.sheets import parse_sheet

PATH = "opening/2018-01-01.toml"
GOOD = (
    'id = "town/opening/2018-01-01"\nvalid_from = 2018-01-01\n\n[evidence_days]\nvalue = 90\n'
    'source = "示例"\nbasis = "sample"\nsample = true\n'
)


def test_evidence_is_due_so_many_days_after_coming_in():
    sheet = parse_sheet("opening", GOOD, PATH)

    assert sheet.due(date(2018, 3, 15)) == date(2018, 6, 13)


@pytest.mark.parametrize("value", ["0", "1.5"])
def test_days_that_are_none_are_refused_with_the_line(value):
    found = complaints(FILES | {PATH: GOOD.replace("90", value)})

    assert any("存量项目补证期限应为正整数" in each and PATH in each for each in found)


def test_a_sheet_without_the_figure_says_which_is_wanting():
    found = complaints(FILES | {PATH: GOOD.split("\n\n", maxsplit=1)[0] + "\n"})

    assert any("缺少 [evidence_days]" in each for each in found)
