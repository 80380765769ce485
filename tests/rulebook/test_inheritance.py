"""District and park sheets may tighten the city's and never loosen them."""

from datetime import date

import pytest
from tests.rulebook.town import FILES, GATES, SUB_GATES, complaints, spoiled

from yipanqi.rulebook import packs
from yipanqi.rulebook.claims import ClaimSheet
from yipanqi.rulebook.inheritance import loosening, merged
from yipanqi.rulebook.sheets import parse_sheet

CITY = parse_sheet("gates", GATES, "gates/2018-01-01.toml")
SUB = "units/east-park/gates/2018-07-01.toml"
CLAIMS = "units/east-park/claims/2018-07-01.toml"


def park_claims(key, value):
    return (
        'id = "town/units/east-park/claims/2018-07-01"\nvalid_from = 2018-07-01\n'
        'inherits = "town/claims/2018-01-01"\n\n'
        f'[{key}]\nvalue = {value}\nsource = "细则"\nbasis = "sample"\n'
    )


def test_a_tightened_row_takes_the_place_of_the_citys():
    child = parse_sheet("gates", SUB_GATES, SUB)

    sheet = merged(CITY, child)

    assert loosening(CITY, child) == ()
    assert [row.id for row in sheet.requirements] == ["leader", "land"]
    assert sheet.requirements[1].message == "须落实用地10亩"
    assert sheet.digest not in {CITY.digest, child.digest}


def test_a_loosening_is_refused_with_both_articles():
    (said,) = complaints(spoiled(SUB, "value = 10", "value = 0"))

    assert said.startswith(f"{SUB}:5: 放宽了上级规定：要求比上级低")
    assert "上级：“须落实用地”（办法）" in said
    assert "本级：“须落实用地10亩”（办法）" in said


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (
            "needs = {",
            'when = { fact = "needs_land", op = "is", value = true }\nneeds = {',
            "适用范围比上级窄",
        ),
        ('to = "started"', 'to = "built"', "改到了“built”阶段"),
        ('fact = "land_secured_mu"', 'fact = "fixed_investment_fen"', "要求比上级低"),
    ],
)
def test_there_are_several_ways_to_loosen_and_none_passes(old, new, why):
    (said,) = complaints(spoiled(SUB, old, new))

    assert why in said


def test_a_sheet_that_loosens_only_what_comes_later_is_refused_too():
    later = (
        GATES.replace("2018-01-01", "2019-01-01")
        .replace("value = 1 }", "value = 20 }")
        .replace("须落实用地", "须落实用地20亩")
    )

    found = complaints({**FILES, "gates/2019-01-01.toml": later})

    assert any(SUB in said and "须落实用地20亩" in said for said in found)


def test_the_pack_answers_for_a_unit_by_its_own_line_and_day():
    library = packs.from_texts(FILES).library

    def land(on, unit=""):
        sheet = library.gates(on=on, unit=unit)
        return next(row.message for row in sheet.requirements if row.id == "land")

    assert land(date(2018, 6, 30), "east-park") == "须落实用地"
    assert land(date(2018, 7, 1), "east-park") == "须落实用地10亩"
    assert land(date(2018, 7, 1), "east") == "须落实用地"
    assert land(date(2018, 7, 1)) == "须落实用地"


def test_a_park_may_shorten_a_protection_period():
    texts = {**FILES, CLAIMS: park_claims("protection_days", 60)}

    library = packs.from_texts(texts).library

    assert library.claims(on=date(2018, 8, 1), unit="east-park").protection_days == 60
    assert library.claims(on=date(2018, 8, 1), unit="east-park").renewals == 1
    assert library.claims(on=date(2018, 8, 1)).protection_days == 90


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [("protection_days", 120, "比上级的 90 天宽"), ("near_name_share", 0.9, "不得另定")],
)
def test_a_park_may_not_widen_a_figure_or_set_the_citys_own(key, value, why):
    (said,) = complaints({**FILES, CLAIMS: park_claims(key, value)})

    assert said.startswith(f"{CLAIMS}:6:")
    assert why in said
    assert "上级：" in said


def test_a_district_cannot_write_the_citys_own_kinds_of_sheet():
    texts = {**FILES, "units/east/roles/2018-01-01.toml": FILES["roles/2018-01-01.toml"]}

    assert any("区县、园区细则只能有" in said for said in complaints(texts))


def test_a_partial_sheet_of_figures_is_only_for_those_who_inherit():
    sheet = parse_sheet("claims", park_claims("renewals", 0), CLAIMS)

    assert isinstance(sheet, ClaimSheet)
    assert list(sheet.terms) == ["renewals"]
