"""The tree of units follows the pack's table, however often it is loaded."""

from dataclasses import replace

import pytest
from tests.city import written

from yipanqi.domain.ledger.models import Entry
from yipanqi.domain.people.models import Unit
from yipanqi.domain.people.services import units
from yipanqi.vocab.actors import HOUSE

pytestmark = pytest.mark.django_db


def rows():
    return list(written()[1])


def changed(code, **changes):
    return [replace(row, **changes) if row.code == code else row for row in rows()]


def lines():
    return Entry.objects.filter(stream="people/units").count()


def test_loading_twice_changes_nothing(city):
    before = list(Unit.objects.values_list("code", "path", "name"))
    told = lines()

    again = units.load(rows(), by=HOUSE, chains=written()[3])

    assert again == 0
    assert list(Unit.objects.values_list("code", "path", "name")) == before
    assert lines() == told


def test_a_path_leads_from_the_root_through_every_unit_above(city):
    park = Unit.objects.get(code="liuyang-jingkai")

    assert park.path == f"{park.parent.path}{park.pk}/"
    assert park.parent.path == f"/{park.parent.parent_id}/{park.parent_id}/"


def test_a_renamed_unit_keeps_its_place(city):
    before = Unit.objects.get(code="yuelu").path

    count = units.load(changed("yuelu", name="岳麓区人民政府"), by=HOUSE, chains=written()[3])

    assert count == 1
    assert Unit.objects.get(code="yuelu").name == "岳麓区人民政府"
    assert Unit.objects.get(code="yuelu").path == before


def test_what_stands_below_a_unit_moves_with_it(city):
    units.load(changed("liuyang", parent="bureau"), by=HOUSE, chains=written()[3])

    bureau, park = Unit.objects.get(code="bureau"), Unit.objects.get(code="liuyang-jingkai")
    assert park.path.startswith(bureau.path)


def test_a_parent_nobody_knows_is_refused_and_nothing_is_loaded(db):
    with pytest.raises(units.OutOfOrderError):
        units.load(changed("yuelu", parent="nowhere"), by=HOUSE)

    assert not Unit.objects.exists()
