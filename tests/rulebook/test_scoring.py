"""Scores are exact, show their working, and never count what is not known."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yipanqi.rulebook import packs, scoring
from yipanqi.rulebook.conditions import ALWAYS
from yipanqi.rulebook.scoring import Indicator, Judged, Line, Scheme, Step, Steps
from yipanqi.rulebook.sources import Basis

PACK = Path(__file__).parents[2] / "packs" / "changsha"
DAY = date(2018, 8, 1)
SHEET = packs.load(PACK).library.admission(on=DAY)


BENEFIT = next(each for each in SHEET.schemes if each.code == "benefit")


def scheme_of(rule, fact="tax_per_mu_wan", maximum=10, digits=2):
    grounds = {"source": "办法", "basis": Basis.SOURCE, "sample": False}
    row = Indicator("one", "一项", Decimal(maximum), rule, fact, **grounds)
    return Scheme("s", "评分表", Decimal(maximum), digits, (row,), when=ALWAYS, **grounds)


def points(rule, value, **changes):
    scheme = scheme_of(rule, **changes)
    return scoring.score(scheme, {scheme.indicators[0].fact: value}).lines[0].points


TAX = Line(Decimal(10), off=Decimal("0.1"), per=Decimal(1), floor=Decimal(1))
OUTPUT = Line(Decimal(400), off=Decimal("0.1"), per=Decimal(10), floor=Decimal(1))


@pytest.mark.parametrize(
    ("rule", "maximum", "value", "expected"),
    [
        (TAX, 10, "8", "9.8"),
        (TAX, 10, "10", "10"),
        (TAX, 10, "12.5", "10"),
        (TAX, 10, "-200", "1"),
        (OUTPUT, 5, "320", "4.2"),
        (OUTPUT, 5, "0", "1"),
    ],
)
def test_points_fall_along_the_line_down_to_the_floor(rule, maximum, value, expected):
    assert points(rule, Decimal(value), maximum=maximum) == Decimal(expected)


def test_steps_give_the_points_of_the_highest_one_reached():
    rule = Steps(tuple(Step(Decimal(a), Decimal(b), sample=False) for a, b in ((0, 1), (5, 4))))

    assert [points(rule, Decimal(value)) for value in ("4.99", "5", "900")] == [1, 4, 4]
    assert points(rule, Decimal(-1)) is None


def test_an_intensity_is_exact_until_the_line_is_rounded():
    told = scoring.score(BENEFIT, {"annual_tax_wan": Decimal(100), "land_mu": Decimal(30)})

    # 100/30 = 3⅓ 万元/亩: 10 − 6⅔ × 0.1 = 9.333…
    by_key = {line.indicator.key: line.points for line in told.lines}
    assert by_key["tax_per_mu"] == Decimal("9.33")


def test_what_is_not_known_is_named_and_counts_nowhere():
    told = scoring.score(BENEFIT, {"annual_tax_wan": Decimal(1000)})

    assert (told.total, told.attained_of, told.is_complete) == (10, 10, False)
    wanting = {line.indicator.key: line.working for line in told.unscored}
    assert wanting["output_per_mu"] == "缺少产出强度，未评分"


def test_experts_marks_are_averaged():
    scheme = scheme_of(Judged(), fact="")

    told = scoring.score(scheme, {}, {"one": (Decimal(7), Decimal(8), Decimal(8))})

    assert told.total == Decimal("7.67")


def test_without_a_mark_an_experts_line_is_not_scored():
    assert scoring.score(scheme_of(Judged(), fact=""), {}).lines[0].points is None


@given(st.decimals(-1000, 1000, places=3), st.decimals(0, 1000, places=3))
def test_more_never_scores_less_and_stays_within_bounds(value, more):
    low, high = points(TAX, value), points(TAX, value + more)

    assert Decimal(1) <= low <= high <= Decimal(10)


@given(st.dictionaries(
    st.sampled_from(["annual_output_wan", "annual_tax_wan", "land_mu", "output_per_mu_wan"]),
    st.decimals(1, 10**6, places=2),
))  # fmt: skip
def test_a_score_is_the_sum_of_its_lines_and_one_fact_more_unscores_none(facts):
    told = scoring.score(BENEFIT, facts)
    fuller = scoring.score(BENEFIT, {**facts, "industry_category": "permitted"})

    assert told.total == sum(line.points for line in told.lines if line.points is not None)
    assert len(fuller.unscored) == len(told.unscored) - 1
