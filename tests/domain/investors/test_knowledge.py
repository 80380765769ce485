"""What is known of an enterprise: traits, places on lists, and fields with their source."""

from dataclasses import replace
from datetime import date

import pytest
from tests import cast

from yipanqi.domain.investors import knowledge
from yipanqi.domain.investors.models import Enterprise, FieldSource, ListMembership
from yipanqi.domain.investors.services import ranking, refreshing, registering, traits
from yipanqi.domain.investors.services.contacts import Incomplete
from yipanqi.domain.ledger.models import Entry
from yipanqi.vocab.actors import HOUSE, NotAllowed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
CODE = "91320400MA1EXAMPL1"
TEAM = traits.TraitFacts("offer", "team", "拜访时介绍", "院士团队 12 人")
TOLD = registering.EnterpriseFacts(
    name="江苏示例液压科技有限公司",
    source="工商登记数据 2016",
    source_as_of=date(2016, 12, 31),
    city="常州",
    capital_text="5000万人民币",
)


def place(year=2017, rank=321, roll="private500"):
    return ranking.Rank(roll, year, "全国工商联 2017-08-24 发布", rank)


def test_a_note_is_seen_by_its_unit_and_not_by_a_rival():
    traits.note(cast.enterprise(), TEAM, by=cast.clerk_a())

    seen = knowledge.traits(cast.enterprise(), seen_by=cast.clerk_a())

    assert [row.words for row in seen] == ["院士团队 12 人"]
    assert not knowledge.traits(cast.enterprise(), seen_by=cast.clerk_b())


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"about": "tie"}, "种类未选"),
        ({"about": "other"}, "类别未选"),
        ({"source": " "}, "来源未填"),
        ({"words": ""}, "写明带来什么"),
    ],
)
def test_a_note_that_lacks_something_says_what(wrong, says):
    with pytest.raises(Incomplete, match=says):
        traits.note(cast.enterprise(), replace(TEAM, **wrong), by=cast.clerk_a())


def test_a_note_taken_back_is_gone_from_sight_and_stays_in_the_ledger():
    trait = traits.note(cast.enterprise(), TEAM, by=cast.clerk_a())

    traits.withdraw(trait, because="团队已落户外地", by=cast.clerk_a())

    assert not knowledge.traits(cast.enterprise(), seen_by=cast.clerk_a())
    assert Entry.objects.filter(kind__startswith="investors.trait_").count() == 2
    with pytest.raises(traits.AlreadyWithdrawn):
        traits.withdraw(trait, because="再撤一次", by=cast.clerk_a())


def test_another_units_note_is_not_ones_own_to_take_back():
    trait = traits.note(cast.enterprise(), TEAM, by=cast.clerk_a())

    with pytest.raises(NotAllowed):
        traits.withdraw(trait, because="不实", by=cast.dispatcher())


def test_a_place_on_a_list_is_kept_once_a_year_and_can_be_corrected():
    ranking.rank(cast.enterprise(), place(rank=321), by=cast.clerk_a())
    ranking.rank(cast.enterprise(), place(rank=231), by=cast.clerk_a())

    assert ListMembership.objects.get().rank == 231


@pytest.mark.parametrize("wrong", [{"year": 1954}, {"year": 2999}, {"rank": 0}, {"rank": 501}])
def test_an_impossible_place_is_refused(wrong):
    with pytest.raises(Incomplete, match="应在"):
        ranking.rank(cast.enterprise(), place(**wrong), by=cast.clerk_a())


def test_a_whole_list_names_those_not_registered():
    cast.enterprise()
    rows = [(None, "江苏示例液压科技有限公司", place()), (None, "没有登记的公司", place(rank=5))]

    first = ranking.rank_many(rows, by=HOUSE)
    again = ranking.rank_many(rows, by=HOUSE)

    assert (first.new, first.strangers) == (1, ("没有登记的公司",))
    assert (again.new, again.same) == (0, 1)


def test_a_trial_of_a_list_counts_and_changes_nothing():
    told = ranking.rank_many([(None, cast.enterprise().name, place())], by=HOUSE, is_trial=True)

    assert told.new == 1
    assert not ListMembership.objects.exists()
    assert not Entry.objects.filter(kind="investors.ranked").exists()


def test_only_chosen_fields_are_taken_each_with_its_source():
    firm = cast.enterprise()
    found = refreshing.differences(firm, TOLD)

    refreshing.take(firm, TOLD, {"city"}, shown=refreshing.mark(found), by=cast.clerk_a())

    firm.refresh_from_db()
    assert (firm.city, firm.capital_text) == ("常州", "")
    assert knowledge.origins(firm) == {
        "city": knowledge.Origin("工商登记数据 2016", date(2016, 12, 31))
    }


def test_what_the_registry_does_not_know_is_no_difference():
    assert {each.field for each in refreshing.differences(cast.enterprise(), TOLD)} == {
        "city",
        "capital_text",
    }


def test_differences_that_changed_meanwhile_are_refused():
    firm = cast.enterprise()
    shown = refreshing.mark(refreshing.differences(firm, TOLD))
    Enterprise.objects.update(city="无锡")

    with pytest.raises(refreshing.Outdated):
        refreshing.take(firm, TOLD, {"city"}, shown=shown, by=cast.clerk_a())
    assert not FieldSource.objects.exists()


def test_a_code_another_record_holds_is_refused_with_the_remedy():
    firm = cast.enterprise()
    other = registering.EnterpriseFacts(name="另一家有限公司", source="名片", code=CODE)
    registering.register(other, by=cast.clerk_a())
    told = replace(TOLD, code=CODE)
    shown = refreshing.mark(refreshing.differences(firm, told))

    with pytest.raises(Incomplete, match="先合并"):
        refreshing.take(firm, told, {"code"}, shown=shown, by=cast.clerk_a())
