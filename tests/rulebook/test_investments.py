"""Fixed investment is not one number: each definition counts its own components."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yipanqi.rulebook import investments, sheets
from yipanqi.rulebook.faults import SheetFaults
from yipanqi.rulebook.sources import Basis
from yipanqi.vocab.project_kinds import COMPONENTS

SHEET = """
id = "town/investments/2018-01-01"
valid_from = 2018-01-01

[[definition]]
code = "with_land"
label = "含土地口径"
counts = ["land", "construction", "equipment"]
source = "沙洋县委托招商办法 2022"
basis = "source"
"""
FILE = "investments/2018-01-01.toml"


def definition(*counts):
    return investments.Definition("x", "口径", counts, "测试", Basis.RECALLED)


def test_what_a_definition_counts_is_summed_and_the_rest_is_left_out():
    known = {"land": 10, "construction": 20, "equipment": 30, "technology": 40, "other": 50}

    counted = investments.fixed_investment(known, by=definition("equipment", "technology"))

    assert (counted.fen, counted.missing) == (70, ())


def test_an_unknown_component_makes_the_sum_unknown_and_is_named():
    counted = investments.fixed_investment(
        {"land": 10, "equipment": None}, by=definition("land", "equipment")
    )

    assert (counted.fen, counted.known_fen, counted.missing) == (None, 10, ("equipment",))


@given(
    st.dictionaries(st.sampled_from([*COMPONENTS]), st.integers(0, 10**15), min_size=1),
    st.sets(st.sampled_from([*COMPONENTS]), min_size=1),
)
def test_no_definition_counts_more_than_the_whole(known, counts):
    counted = investments.fixed_investment(known, by=definition(*sorted(counts)))
    rest = investments.fixed_investment(known, by=definition(*sorted(set(COMPONENTS) - counts)))

    assert counted.known_fen + rest.known_fen == sum(known.values())


def test_a_sheet_is_read_with_its_grounds():
    sheet = sheets.parse_sheet("investments", SHEET, FILE)

    assert sheet.find("with_land").words == "土地＋建筑安装＋设备"
    assert sheet.find("nothing") is None


@pytest.mark.parametrize(
    ("written", "instead", "says"),
    [
        ('"equipment"]', '"gold"]', "没有“gold”这项构成"),
        ('"equipment"]', '"land"]', "写了两次"),
        ('source = "沙洋县委托招商办法 2022"\n', "", "source"),
    ],
)
def test_a_wrong_sheet_is_refused_with_the_line(written, instead, says):
    with pytest.raises(SheetFaults, match=says):
        sheets.parse_sheet("investments", SHEET.replace(written, instead), FILE)
