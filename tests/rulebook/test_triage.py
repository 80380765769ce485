"""The sheet of signals says by when each step is due and what light it shows."""

from datetime import date

import pytest
from tests.rulebook.town import FILES, complaints

from yipanqi.rulebook import packs, triage
from yipanqi.rulebook.library import NotInForce
from yipanqi.rulebook.sheets import parse_sheet
from yipanqi.rulebook.triage import Light
from yipanqi.vocab import workdays

PATH = "signals/2018-01-01.toml"
DAYS = {
    "respond_workdays": 1,
    "judge_workdays": 3,
    "expert_days": 7,
    "reply_days": 7,
    "progress_days": 14,
    "warning_workdays": 1,
}
GOOD = 'id = "town/signals/2018-01-01"\nvalid_from = 2018-01-01\n' + "".join(
    f'\n[{key}]\nvalue = {days}\nsource = "办法"\nbasis = "sample"\n' for key, days in DAYS.items()
)
THURSDAY = date(2018, 3, 1)
WEEK = {"calendar": workdays.week}


@pytest.fixture
def sheet():
    return parse_sheet("signals", GOOD, PATH)


def test_answering_and_judging_are_due_after_working_days(sheet):
    assert sheet.respond_due(THURSDAY, **WEEK) == date(2018, 3, 2)
    assert sheet.judge_due(THURSDAY, **WEEK) == date(2018, 3, 6)


def test_outside_experts_give_a_week(sheet):
    assert sheet.judge_due(THURSDAY, experts=True, **WEEK) == date(2018, 3, 8)


def test_a_week_and_two_weeks_end_on_a_working_day(sheet):
    saturday = date(2018, 3, 3)

    assert sheet.reply_due(saturday, **WEEK) == date(2018, 3, 12)
    assert sheet.progress_due(THURSDAY, **WEEK) == date(2018, 3, 15)


@pytest.mark.parametrize(
    ("due", "light"),
    [
        (date(2018, 2, 28), Light.LATE),
        (THURSDAY, Light.NEAR),
        (date(2018, 3, 2), Light.NEAR),
        (date(2018, 3, 5), Light.GOOD),
        (None, Light.NONE),
    ],
)
def test_the_light_turns_with_the_days_left(sheet, due, light):
    assert sheet.light(due, on=THURSDAY, **WEEK) is light


@pytest.mark.parametrize("value", ["-1", "1.5", "9999"])
def test_days_that_are_none_are_refused_with_the_line(value):
    found = complaints(FILES | {PATH: GOOD.replace("value = 14", f"value = {value}")})

    assert any("进展报告间隔应为" in each and PATH in each for each in found)


@pytest.mark.parametrize("key", triage.TERMS)
def test_a_sheet_without_a_figure_says_which_is_wanting(key):
    found = complaints(FILES | {PATH: GOOD.replace(f"[{key}]", "[stray]")})

    assert any(f"缺少 [{key}]" in each for each in found)


def test_a_pack_without_the_sheet_is_sound_and_has_no_terms():
    with pytest.raises(NotInForce):
        packs.from_texts(FILES).library.signals(on=date(2018, 8, 1))
