"""What is still missing for a stage."""

from hypothesis import given
from hypothesis import strategies as st
from tests.rulebook.town import GATES, complaints, spoiled

from yipanqi.rulebook.gates import Section, answer, facts_missing, unmet
from yipanqi.rulebook.sheets import digest, parse_sheet

SHEET = parse_sheet("gates", GATES, "gates/2018-01-01.toml")


def ids(to, facts):
    return [row.id for row in unmet(SHEET, to, facts)]


def test_a_requirement_not_met_comes_back_whole():
    (row,) = unmet(SHEET, "started", {"land_secured_mu": 0})

    assert (row.message, row.remedy, row.section) == ("须落实用地", "填写面积", Section.LAND)
    assert row.source


def test_an_unknown_need_is_unmet_and_says_which_fact_is_missing():
    (row,) = unmet(SHEET, "started", {})

    assert facts_missing(row, {}) == {"land_secured_mu"}


def test_an_unknown_when_applies_the_row():
    assert ids("signed", {"leader": False}) == ["leader"]


def test_a_when_that_is_false_spares_the_project():
    assert ids("signed", {"leader": False, "total_investment_fen": 999}) == []


def test_only_the_rows_of_the_stage_asked_for_are_asked():
    assert ids("built", {}) == []


def test_a_sheet_carries_the_digest_of_its_text():
    assert SHEET.digest == digest(GATES)
    assert SHEET.id == "town/gates/2018-01-01"


def test_a_waived_row_is_listed_as_waived_and_never_as_met():
    found = answer(SHEET, "started", {}, {"land"})

    assert found.is_open
    assert [row.id for row in found.waived] == ["land"]


def test_a_row_that_is_met_needs_no_waiver():
    assert answer(SHEET, "started", {"land_secured_mu": 5}, {"land"}).waived == ()


def test_what_nobody_may_waive_stays_missing():
    text = GATES.replace('id = "land"', 'id = "land"\nwaivable = false')
    strict = parse_sheet("gates", text, "gates/2018-01-01.toml")

    assert not answer(strict, "started", {}, {"land"}).is_open


def test_a_certifying_unit_the_city_has_not_is_a_fault():
    spoilt = spoiled(
        "gates/2018-01-01.toml", 'id = "land"', 'id = "land"\ncertified_by = ["nobody"]'
    )

    assert any("没有单位“nobody”" in said for said in complaints(spoilt))


def test_a_district_may_not_waive_what_the_city_does_not_let_it():
    spoilt = spoiled("gates/2018-01-01.toml", 'id = "land"', 'id = "land"\nwaivable = false')

    assert any("上级不许豁免" in said for said in complaints(spoilt))


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "leader": st.booleans(),
            "land_secured_mu": st.integers(0, 3),
            "total_investment_fen": st.integers(0, 2000),
        },
    ),
    st.sets(st.sampled_from(["leader", "land"])),
    st.sampled_from(["signed", "started", "built"]),
)
def test_missing_and_waived_together_are_what_is_unmet(facts, waived, to):
    found = answer(SHEET, to, facts, waived)

    assert sorted([*found.missing, *found.waived], key=lambda row: row.id) == sorted(
        unmet(SHEET, to, facts), key=lambda row: row.id
    )
    assert {row.id for row in found.waived} <= waived
