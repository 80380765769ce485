"""两主一特 and 一主一特."""

import pytest
from tests.rulebook.town import FOCUS, complaints, line_of, spoiled

from yipanqi.rulebook.focus import NoSuchPark, Standing, fit
from yipanqi.rulebook.sheets import parse_sheet

FILE = "focus/2018-01-01.toml"
WEST = (
    '\n[[focus]]\npark = "west"\nleading = ["食品"]\nspecial = "纺织"\n'
    'source = "x"\nbasis = "sample"\n'
)
ZONE = '\n[[focus]]\npark = "zone"\nexempt = "保税区"\nsource = "x"\nbasis = "sample"\n'
SHEET = parse_sheet("focus", FOCUS + WEST + ZONE, FILE)


@pytest.mark.parametrize(
    ("industry", "park", "standing", "home"),
    [
        ("pumps", "east-park", Standing.LEADING, True),
        ("食品", "east-park", Standing.SPECIAL, True),
        ("纺织", "east-park", Standing.ELSEWHERE, False),
        ("造船", "east-park", Standing.NOWHERE, False),
        ("造船", "zone", Standing.EXEMPT, True),
    ],
)
def test_an_industry_is_at_home_or_competes_with_a_neighbour(industry, park, standing, home):
    found = fit(SHEET, industry, park)

    assert (found.standing, found.at_home) == (standing, home)


def test_the_answer_names_every_park_where_the_industry_is_at_home():
    assert fit(SHEET, "食品", "zone").homes == ("east-park", "west")


def test_a_park_the_sheet_does_not_know_is_refused():
    with pytest.raises(NoSuchPark):
        fit(SHEET, "pumps", "moon")


def test_a_provincial_park_has_one_leading_industry():
    (said,) = complaints(spoiled(FILE, '["pumps"]', '["pumps", "泵站"]'))

    assert said.startswith(f"{FILE}:{line_of(FILE, 'leading')}: 省级园区应为一主一特")


def test_a_chain_code_that_does_not_exist_is_a_fault():
    (said,) = complaints(spoiled(FILE, '["pumps"]', '["pumpz"]'))

    assert "没有产业链“pumpz”" in said
