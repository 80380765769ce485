"""What is still missing for a stage."""

from tests.rulebook.town import GATES

from yipanqi.rulebook.gates import Section, facts_missing, unmet
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
