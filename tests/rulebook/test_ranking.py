"""A score cannot hide its working."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rulebook.town import FILES, RANKING, complaints, line_of, spoiled

from yipanqi.rulebook import packs
from yipanqi.rulebook.library import NotInForce
from yipanqi.rulebook.ranking import score
from yipanqi.rulebook.sheets import parse_sheet

SHEET = parse_sheet("ranking", RANKING, "ranking/2018-01-01.toml")
shares = st.one_of(st.none(), st.decimals(0, 1, places=6))


def test_each_line_earns_its_weight_times_its_value():
    result = score(SHEET, {"size": Decimal("0.5"), "near": Decimal(1)})

    assert [(line.feature, line.contribution) for line in result.lines] == [
        ("size", Decimal("30.0000")),
        ("near", Decimal("40.0000")),
    ]
    assert result.total == 70


def test_an_unknown_value_stays_unknown_and_earns_nothing():
    result = score(SHEET, {"size": None, "near": Decimal(1)})

    assert result.lines[0].value is None
    assert result.total == 40


@pytest.mark.parametrize("wrong", [Decimal("-0.1"), Decimal("1.1")])
def test_a_value_outside_nought_and_one_is_refused(wrong):
    with pytest.raises(ValueError, match="0 与 1"):
        score(SHEET, {"size": wrong, "near": None})


def test_a_feature_left_out_is_refused():
    with pytest.raises(KeyError):
        score(SHEET, {"size": None})


@given(shares, shares)
def test_the_lines_add_up_to_the_score_as_printed(size, near):
    result = score(SHEET, {"size": size, "near": near})

    assert sum(line.contribution for line in result.lines) == result.total
    assert 0 <= result.total <= SHEET.total


def test_weights_that_do_not_add_up_are_a_fault_at_the_total():
    file = "ranking/2018-01-01.toml"

    (said,) = complaints(spoiled(file, "weight = 60", "weight = 65"))

    assert said.startswith(f"{file}:{line_of(file, 'total = 100')}: 权重合计 105，不等于 total 100")


def test_a_sheet_of_missing_businesses_is_its_own_kind_and_a_pack_may_do_without():
    day = date(2018, 1, 1)
    text = RANKING.replace("town/ranking", "town/affiliates")

    without = packs.from_texts(FILES)
    owned = packs.from_texts({**FILES, "affiliates/2018-01-01.toml": text})

    with pytest.raises(NotInForce, match="affiliates"):
        without.library.affiliates(on=day)
    assert owned.library.affiliates(on=day).id == "town/affiliates/2018-01-01"
    assert owned.library.ranking(on=day).id == "town/ranking/2018-01-01"
