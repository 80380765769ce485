"""The sheet of planned visits says how near is too near."""

from datetime import date

import pytest
from tests.rulebook.town import FILES, complaints

from yipanqi.rulebook import packs
from yipanqi.rulebook.library import NotInForce
from yipanqi.rulebook.sheets import parse_sheet

PATH = "visits/2018-01-01.toml"
GOOD = (
    'id = "town/visits/2018-01-01"\nvalid_from = 2018-01-01\n\n[collision_days]\nvalue = 14\n'
    'source = "示例"\nbasis = "sample"\nsample = true\n'
)


def test_the_window_reaches_as_far_before_as_after():
    sheet = parse_sheet("visits", GOOD, PATH)

    assert sheet.window(date(2018, 3, 15)) == (date(2018, 3, 1), date(2018, 3, 29))


@pytest.mark.parametrize("value", ["-1", "1.5"])
def test_days_that_are_none_are_refused_with_the_line(value):
    found = complaints(FILES | {PATH: GOOD.replace("14", value)})

    assert any("接洽计划撞期应为非负整数" in each and PATH in each for each in found)


def test_a_sheet_without_the_figure_says_which_is_wanting():
    found = complaints(FILES | {PATH: GOOD.split("\n\n", maxsplit=1)[0] + "\n"})

    assert any("缺少 [collision_days]" in each for each in found)


def test_a_pack_without_the_sheet_is_sound_and_has_no_window():
    with pytest.raises(NotInForce):
        packs.from_texts(FILES).library.visits(on=date(2018, 8, 1))
