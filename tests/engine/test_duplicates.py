"""A batch meets what is held: the join misses no pair that the rule would tell of."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yipanqi.engine import duplicates, sessions
from yipanqi.rulebook import duplicates as rule
from yipanqi.rulebook.claims import ClaimSheet, Term
from yipanqi.rulebook.duplicates import Level, Subject
from yipanqi.rulebook.sources import Basis

BOUNDS = {"similar_name_share": "0.85", "near_name_share": "0.60", "amount_deviation_share": "0.10"}
SHEET = ClaimSheet(
    "town/claims/2018-01-01",
    date(2018, 1, 1),
    {key: Term(key, Decimal(value), "测试", Basis.SOURCE, False) for key, value in BOUNDS.items()},
)


@pytest.fixture(scope="module")
def connection(tmp_path_factory):
    with sessions.pipeline(tmp_path_factory.mktemp("spill")) as made:
        yield made


def told(new, held, connection):
    return duplicates.matches(new, held, under=SHEET, connection=connection)


def test_a_batch_meets_those_held_and_its_own_earlier_rows(connection):
    held = [Subject("液压件生产基地", investor="甲公司"), Subject("无关事项", investor="乙公司")]
    new = [
        Subject("液压件生产基地", investor="甲公司"),
        Subject("液压件生产基地", investor="甲公司"),
    ]

    found = told(new, held, connection)

    assert [(each.at, each.other, each.is_held) for each in found] == [
        (0, 0, True), (1, 0, True), (1, 0, False),
    ]  # fmt: skip
    assert {each.finding.level for each in found} == {Level.SAME}


def test_nothing_alike_tells_nothing(connection):
    assert told([Subject("高空作业平台")], [Subject("生物医药园")], connection) == []
    assert told([], [], connection) == []


subjects = st.builds(
    Subject,
    name=st.text("液压件生产基地项目二期", max_size=9),
    code=st.sampled_from(["", "", "", "SJ1"]),
    investor=st.sampled_from(["", "甲公司", "乙公司"]),
    investor_code=st.sampled_from(["", "", "9" * 18]),
    group=st.sampled_from(["", "", "甲"]),
    amount_fen=st.none() | st.integers(0, 50),
    industry=st.sampled_from(["", "jixie"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(subjects, max_size=12), st.lists(subjects, max_size=12))
def test_the_join_finds_exactly_what_the_rule_finds_pair_by_pair(connection, new, held):
    expected = {
        (at, other, True)
        for at, one in enumerate(new)
        for other, _ in rule.findings(one, held, under=SHEET)
    } | {
        (at, other, False)
        for at, one in enumerate(new)
        for other, _ in rule.findings(one, new[:at], under=SHEET)
    }

    found = told(new, held, connection)

    assert {(each.at, each.other, each.is_held) for each in found} == expected
