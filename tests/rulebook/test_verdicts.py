"""Verdicts on links: the first rule that is true."""

from decimal import Decimal

import pytest
from tests.rulebook.town import DIAGNOSIS, complaints, line_of, spoiled

from yipanqi.rulebook.sheets import parse_sheet
from yipanqi.rulebook.verdicts import Action, NoVerdict, Status, VerdictSheet, decide, filled

SHEET = parse_sheet("diagnosis", DIAGNOSIS, "diagnosis/2018-01-01.toml")
FILE = "diagnosis/2018-01-01.toml"


def test_the_first_true_rule_decides_and_fills_its_reason():
    verdict = decide(SHEET, {"local_enterprises": 12})

    assert (verdict.status, verdict.action) == (Status.STRONG, Action.REINFORCE)
    assert (verdict.rule_id, verdict.reason) == ("strong", "本市有 12 家")
    assert verdict.sample is True


def test_an_undecided_rule_does_not_decide():
    assert decide(SHEET, {}).rule_id == "rest"


def test_a_sheet_without_a_last_word_says_so():
    with pytest.raises(NoVerdict):
        decide(VerdictSheet("x", SHEET.valid_from, SHEET.rules[:1]), {})


def test_reasons_show_numbers_plainly_and_the_unknown_as_unknown():
    said = filled("{a} {b} {c} {d!r}", {"a": Decimal("1.50"), "b": True, "d": 1})

    assert said == "1.5 是 未知 {d!r}"


def test_a_rule_without_condition_before_the_last_is_a_fault():
    text = 'when = [{ fact = "local_enterprises", op = "at_least", value = 10 }]\n'

    (said,) = complaints(spoiled(FILE, text, ""))

    assert said.startswith(f"{FILE}:{line_of(FILE, '[[verdict]]')}: “strong”不设条件")


def test_a_reason_may_only_mention_facts_that_exist():
    (said,) = complaints(spoiled(FILE, "{local_enterprises}", "{local_firms}"))

    assert said.startswith(f"{FILE}:{line_of(FILE, 'reason =')}: 没有“local_firms”这项事实")
