"""Two entries and whether they are one matter (domain facts 1.8)."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yipanqi.rulebook import duplicates
from yipanqi.rulebook.claims import ClaimSheet, Term
from yipanqi.rulebook.duplicates import Kinship, Level, Subject
from yipanqi.rulebook.sources import Basis
from yipanqi.vocab import names

BOUNDS = {"similar_name_share": "0.85", "near_name_share": "0.60", "amount_deviation_share": "0.10"}
SHEET = ClaimSheet(
    "town/claims/2018-01-01",
    date(2018, 1, 1),
    {key: Term(key, Decimal(value), "测试", Basis.SOURCE, False) for key, value in BOUNDS.items()},
)
FIRM, OTHER = "湖南三安半导体有限责任公司", "邦盛新材料有限公司"


def subject(name, investor=FIRM, **more):
    return Subject(name, investor=investor, **more)


def level(one, other):
    found = duplicates.finding(one, other, under=SHEET)
    return found and found.level


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("玉湖冷链长沙交易中心项目", "玉湖冷链(长沙)交易中心", 90),
        ("三安半导体产业园项目二期", "三安半导体产业园项目", 90),
        ("邦盛储能电池材料项目", "邦盛磷酸铁锂项目", 25),
    ],
)
def test_the_published_likenesses_are_met(one, other, expected):
    assert names.likeness(one, other) == expected


def test_one_code_of_the_city_is_one_project_whatever_its_name():
    one, other = (subject(name, code="SJ20260301001") for name in ("甲项目", "毫不相干"))

    assert level(one, other) is Level.SAME


def test_an_identical_name_of_one_investor_is_the_same():
    assert level(subject("液压件（长沙）基地"), subject("液压件长沙基地")) is Level.SAME


def test_a_like_name_of_one_investor_is_alike():
    one, other = "玉湖冷链长沙交易中心项目", "玉湖冷链(长沙)交易中心"

    assert level(subject(one), subject(other)) is Level.ALIKE


def test_a_second_phase_is_no_duplicate_even_at_the_same_amount():
    one = subject("三安半导体产业园项目二期", amount_fen=100)

    assert level(one, subject("三安半导体产业园项目", amount_fen=100)) is None
    assert level(one, subject("三安半导体产业园项目（二期）", amount_fen=100)) is Level.SAME


def test_the_first_phase_is_what_speaks_of_no_phase():
    assert level(subject("产业园一期"), subject("产业园")) is Level.SAME


def test_a_rename_is_met_by_investor_and_amount():
    one = subject("邦盛储能电池材料项目", OTHER, amount_fen=1_000)

    assert level(one, subject("邦盛磷酸铁锂项目", OTHER, amount_fen=900)) is Level.SUSPECT
    assert level(one, subject("邦盛磷酸铁锂项目", OTHER, amount_fen=899)) is None


def test_one_investor_with_one_weak_signal_is_faint_and_names_it():
    one, other = (subject(name, signals={"产业链": "chuneng"}) for name in ("甲方案", "乙工厂"))

    found = duplicates.finding(one, other, under=SHEET)

    assert (found.level, found.reasons) == (Level.FAINT, ("投资主体相同", "产业链相同"))


def test_a_strangers_name_must_be_identical_and_an_unknown_investors_very_like():
    ours, theirs = "玉湖冷链长沙交易中心项目", "玉湖冷链(长沙)交易中心"

    assert level(subject(ours), subject(ours, OTHER)) is Level.SUSPECT
    assert level(subject(ours), subject(theirs, OTHER)) is None
    assert level(subject(ours), Subject(theirs)) is Level.SUSPECT


def test_an_affiliate_counts_but_never_makes_it_the_same():
    one, other = subject("液压基地", group="三安"), subject("液压基地", OTHER, group="三安")

    assert duplicates.kinship(one, other) is Kinship.AFFILIATE
    assert level(one, other) is Level.ALIKE


def test_two_codes_are_two_investors_whatever_the_names():
    one, other = (subject("甲方案", investor_code=code) for code in ("1" * 18, "2" * 18))

    assert duplicates.kinship(one, other) is Kinship.OTHER


def test_before_an_investor_is_known_the_levels_are_weaker():
    one = Subject("液压基地", amount_fen=100, industry="jixie")

    assert level(one, subject("液压基地")) is Level.ALIKE
    assert level(one, subject("毫不相干", amount_fen=95, industry="jixie")) is Level.SUSPECT
    assert level(one, subject("毫不相干", amount_fen=95, industry="")) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("产业园二期", 2), ("产业园第3期工程", 3), ("产业园Ⅱ期", 2), ("产业园十二期", 12),
        ("中长期储能", None), ("生命周期管理", None), ("2018年期货仓库", None), ("产业园", None),
    ],
)  # fmt: skip
def test_a_phase_is_read_where_a_number_stands(name, expected):
    assert duplicates.phase(name) == expected


def test_findings_come_surest_first():
    others = [subject("无关"), subject("液压基地"), subject("液压基地项目")]

    told = duplicates.findings(subject("液压基地"), others, under=SHEET)

    assert [at for at, _ in told] == [1, 2]


texts = st.text("液压件基地项目二期12(）", max_size=12)
subjects = st.builds(
    Subject,
    name=texts,
    code=st.sampled_from(["", "SJ1"]),
    investor=st.sampled_from(["", FIRM, OTHER]),
    group=st.sampled_from(["", "三安"]),
    amount_fen=st.none() | st.integers(0, 1000),
    industry=st.sampled_from(["", "jixie"]),
)


@given(subjects, subjects)
def test_the_level_does_not_depend_on_which_is_asked_first(one, other):
    assert level(one, other) == level(other, one)
