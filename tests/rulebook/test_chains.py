"""Chains as typed rows."""

from yipanqi.rulebook.chains import Chain
from yipanqi.rulebook.sources import Basis


def chain(status):
    return Chain("pumps", "水泵", "泵|泵阀", "office-pumps", status, "常识", Basis.RECALLED)


def test_results_of_a_draft_are_printed_under_that_word():
    assert chain("draft").title == "水泵（草稿）"
    assert chain("full").title == "水泵"


def test_a_chain_is_found_by_every_name_but_not_by_its_title():
    assert chain("draft").names == ("水泵", "泵", "泵阀")
