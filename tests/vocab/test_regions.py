"""Regions: codes, spellings and where a name stays ambiguous."""

from yipanqi.vocab import regions
from yipanqi.vocab.regions import Level


def test_every_province_and_city_has_its_own_code_and_a_centre_in_china() -> None:
    everywhere = list(regions.by_code().values())
    assert len(regions.provinces()) == 34
    assert len([one for one in everywhere if one.level is Level.CITY]) == 333
    assert all(73 < one.lon < 136 and 3 < one.lat < 54 for one in everywhere)


def test_every_city_lies_in_a_province() -> None:
    codes = {one.code for one in regions.provinces()}
    assert {one.province_code for one in regions.cities()} <= codes


def test_a_city_is_found_by_any_of_its_names() -> None:
    found = {regions.city(word) for word in ("长沙", "长沙市")}
    assert [one.code for one in found if one] == ["430100"]
    former = regions.city("襄樊")
    assert former is not None
    assert former.short_name == "襄阳"


def test_a_municipality_is_its_own_city() -> None:
    city = regions.city("上海")
    assert city is not None
    assert city.code == city.province_code == "310000"


def test_a_name_that_names_nothing_is_none() -> None:
    assert regions.province("普通合伙") is None
    assert regions.city("长沙", within="320000") is None
