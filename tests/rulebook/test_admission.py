"""The sheet of admission says who is asked and who decides, and faults are told by line."""

from datetime import date
from pathlib import Path

import pytest
from tests.rulebook.town import FILES, complaints

from yipanqi.rulebook import packs
from yipanqi.vocab.admission import Grade, Outcome

ROOT = Path(__file__).parents[2] / "packs" / "changsha"
PATH, CASES = "admission/2018-01-01.toml", "cases/admission.toml"
SHEET = packs.load(ROOT).library.admission(on=date(2018, 8, 1))
TEXT = (ROOT / PATH).read_text("utf-8")


@pytest.mark.parametrize(
    ("facts", "bodies"),
    [
        ({"project_class": "policy", "total_investment_fen": 1}, "committee executive"),
        ({"project_class": "land", "total_investment_fen": 1}, "committee executive land"),
        (
            {"project_class": "investment", "total_investment_fen": 50_000_000_000},
            "soe committee executive",
        ),
        ({"project_class": "investment", "total_investment_fen": 49_999_999_999}, ""),
        ({}, "soe committee executive land"),
    ],
)
def test_the_bodies_follow_the_class_and_where_it_is_unknown_all_are_asked(facts, bodies):
    assert [body.code for body in SHEET.bodies_for(facts)] == bodies.split()


def test_a_leased_plant_asks_no_land_department():
    asked = {row.unit for row in SHEET.countersigns_for({"site_kind": "leased_plant"})}

    assert "dept-ziran-guihua" not in asked
    assert len(asked) == len(SHEET.countersigns_for({})) - 1


@pytest.mark.parametrize(
    ("grades", "left"),
    [
        ("A B", "passed conditional rejected"),
        ("A C", "conditional rejected"),
        ("A D", "rejected"),
        ("", "passed conditional rejected"),
    ],
)
def test_a_lower_grade_leaves_fewer_outcomes(grades, left):
    given = tuple(Grade(each) for each in grades.split())

    assert SHEET.allowed(given, is_vetoed=False) == {Outcome(each) for each in left.split()}


def test_a_veto_leaves_only_the_rejection():
    assert SHEET.allowed((Grade.A,), is_vetoed=True) == {Outcome.REJECTED}


def faults(old, new):
    assert old in TEXT
    spoilt = TEXT.replace(old, new, 1).replace("changsha/", "town/").replace("dept-", "dept-")
    return complaints(FILES | {PATH: spoilt})


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("total = 40", "total = 100", "各项满分之和是 40"),
        ('fact = "tax_per_mu_wan"', 'fact = "tax"', "没有“tax”这项评审事实"),
        ("per = 10, off", "per = 0, off", "per 应大于 0"),
        ("points = 10 },\n  { value", "points = 11 },\n  { value", "不在 0 与满分 10 之间"),
        ('value = "restricted"', 'value = "forbidden"', "没有“forbidden”这个取值"),
        ("at_least = 10_000", "at_least = 40_000", "由低到高"),
        ("days = 5", "days = 0.5", "会签期限应为正整数"),
        ("value = 0.6", "value = 60", "应在 0 与 1 之间"),
        ('allows = ["rejected"]', 'allows = ["maybe"]', "不认识的结论“maybe”"),
        (
            "judged = true",
            "judged = true\nsteps = [{ at_least = 0, points = 1 }]",
            "只写一种计分办法",
        ),
        ('scheme = "benefit"', 'scheme = "nobody"', "没有评分表“nobody”"),
        ('fact = "site_kind", op', 'fact = "site", op', "没有“site”这项事实"),
        ("[remind_days]", "[remind]", "缺少 [remind_days]"),
    ],
)
def test_a_fault_is_told_with_its_place_and_remedy(old, new, says):
    assert any(says in each and PATH in each for each in faults(old, new))


def test_a_department_that_is_no_unit_is_told():
    assert any("没有单位“dept-fagai”" in each for each in faults("value = 0.6", "value = 0.5"))


def test_a_case_that_does_not_hold_is_told():
    wrong = (
        '[[case]]\nname = "错"\nscheme = "benefit"\nfacts = { tax_per_mu_wan = 8 }\n'
        "points = { tax_per_mu = 9.7 }\nunscored = []\ntotal = 1\nbodies = []\n"
    )
    files = packs.load(ROOT).texts | {CASES: wrong}

    with pytest.raises(packs.SheetFaults) as found:
        packs.from_texts(files)

    told = str(found.value)
    assert all(key in told for key in ("tax_per_mu = 9.8", "category", "committee"))
    assert "应为 1，实为 9.8" in told
