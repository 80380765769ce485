"""Merging two records of one firm: everything moves, what cannot is said, and it can be undone."""

import pytest
from tests import cast

from yipanqi.domain.investors import queries
from yipanqi.domain.investors.models import (
    AccountManager,
    Enterprise,
    FieldSource,
    Interaction,
    Membership,
    Merging,
)
from yipanqi.domain.investors.services import (
    account_managers,
    contacts,
    gathering,
    interactions,
    merging,
    ranking,
    registering,
    unmerging,
)
from yipanqi.domain.investors.services.refreshing import Outdated
from yipanqi.domain.leads.models import Claim, Lead
from yipanqi.domain.ledger.models import Entry
from yipanqi.domain.projects.services import registering as projects
from yipanqi.roof.merging import RELATIONS
from yipanqi.vocab import clock
from yipanqi.vocab.actors import HOUSE, NotAllowed
from yipanqi.vocab.labels import Label

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city", "evidence_home")]
KEPT, OTHER = "江苏示例液压科技有限公司", "示例液压科技（江苏）公司"
CODE = "91320400MA1ABCDE0X"


def registered(name, **known):
    facts = registering.EnterpriseFacts(name=name, source=known.pop("source", "测试登记"), **known)
    return registering.register(facts, by=cast.dispatcher())[0]


@pytest.fixture
def pair():
    return registered(KEPT), registered(OTHER, code=CODE, city="常州", source="营业执照")


def previewed(pair, by=None):
    return merging.preview(*pair, RELATIONS, seen_by=by or cast.dispatcher())


def merge(pair, fields=(), by=None):
    by = by or cast.dispatcher()
    decision = merging.Decision(frozenset(fields), "营业执照同为一份", previewed(pair, by).mark)
    return merging.merge(*pair, decision, RELATIONS, by=by)


def undo(done, because="不是同一家"):
    return unmerging.undo(done, RELATIONS, because=because, by=cast.dispatcher())


def fresh(firm):
    return Enterprise.objects.get(pk=firm.pk)


def talk(firm, by=None, label=Label.INTERNAL):
    occasion = interactions.Occasion(
        kind="visit", held_on=clock.today(), summary="谈选址", label=label
    )
    return interactions.log(firm, occasion, by=by or cast.clerk_a())


def test_what_belongs_to_the_second_record_moves_to_the_first(pair):
    kept, absorbed = pair
    lead = cast.lead(firm=absorbed)
    talk(absorbed)
    contacts.add(absorbed, contacts.ContactFacts(name="王工"), by=cast.clerk_a())

    merge(pair)

    assert Lead.objects.get().enterprise == Claim.objects.get().enterprise == kept
    assert lead in kept.leads.all()
    assert (kept.interactions.count(), kept.contacts.count()) == (1, 1)


def test_a_project_and_its_lead_move_together(pair):
    kept, absorbed = pair
    lead = cast.lead(firm=absorbed)
    project = projects.create(lead, projects.Draft(name="示例项目"), by=cast.clerk_a())

    merge(pair)

    project.refresh_from_db()
    assert project.enterprise == project.lead.enterprise == kept


def test_only_the_fields_chosen_are_taken_and_bring_their_source(pair):
    kept, _ = pair
    merge(pair, fields={"code", "city"})

    row = fresh(kept)
    assert (row.name, row.code, row.city) == (KEPT, CODE, "常州")
    sources = dict(FieldSource.objects.filter(enterprise=kept).values_list("field", "source"))
    assert sources == {"code": "营业执照", "city": "营业执照"}


def test_the_preview_offers_what_fills_a_gap_and_counts_what_moves(pair):
    cast.lead(firm=pair[1])

    told = previewed(pair)

    assert {each.field for each in told.choices if each.fills} == {"code", "city"}
    assert {each.field for each in told.choices} == {"name", "code", "city"}
    assert {(part.title, part.moving) for part in told.parts} == {
        ("线索", 1),
        ("首报", 1),
    }
    assert told.obstacles == []


def test_the_preview_counts_only_what_one_may_see(pair):
    talk(pair[1], by=cast.clerk_a(), label=Label.WORK_SECRET)

    assert previewed(pair, cast.dispatcher()).parts == []
    assert [part.moving for part in previewed(pair, cast.arbiter()).parts] == [1]


def test_the_same_place_on_a_list_stays_behind_and_another_year_moves(pair):
    for firm, years in zip(pair, [(2017,), (2017, 2018)], strict=True):
        for year in years:
            place = ranking.Rank("world500", year, "财富杂志", 100)
            ranking.rank(firm, place, by=cast.dispatcher())

    merge(pair)

    kept, absorbed = pair
    assert sorted(kept.listings.values_list("year", flat=True)) == [2017, 2018]
    assert list(absorbed.listings.values_list("year", flat=True)) == [2017]


def test_two_account_managers_of_a_unit_become_one_and_a_past_one(pair):
    for firm in pair:
        account_managers.appoint(firm, cast.officer("clerk_a"), by=cast.clerk_a())

    merge(pair)

    rows = AccountManager.objects.filter(enterprise=pair[0]).order_by("id")
    assert [row.until for row in rows] == [None, clock.today()]


def test_two_held_claims_on_one_matter_are_refused_with_the_remedy(pair):
    cast.lead(firm=pair[0])
    rival = Claim.objects.get()
    lead = cast.lead(by=cast.clerk_b(), firm=pair[1])
    if lead.claim.state != "held":
        # Alike names wait for a ruling; here both hold, as after a ruling on each.
        lead.claim.state, lead.claim.protected_until = "held", rival.protected_until
        lead.claim.save()

    with pytest.raises(merging.Obstructed, match=r"首报“液压件生产基地”.*裁定，或由一方放弃"):
        merge(pair)
    assert fresh(pair[1]).merged_into is None


def test_two_whole_codes_are_two_firms(pair):
    Enterprise.objects.filter(pk=pair[0].pk).update(code="91430100MA4ABCDE0X")

    with pytest.raises(merging.Obstructed, match="是两家企业"):
        merge([fresh(each) for each in pair])


def test_a_clerk_of_a_park_may_not_merge(pair):
    with pytest.raises(NotAllowed, match="合并客商档案"):
        merge(pair, by=cast.clerk_a())


def test_rows_that_came_after_the_preview_are_not_moved_unseen(pair):
    decision = merging.Decision(frozenset(), "同一家", previewed(pair).mark)
    talk(pair[1])

    with pytest.raises(Outdated, match="对照新的预览"):
        merging.merge(*pair, decision, RELATIONS, by=cast.dispatcher())


def test_both_records_have_a_line_and_neither_says_why(pair):
    merge(pair)

    lines = Entry.objects.filter(
        kind__in=("investors.enterprises_merged", "investors.enterprise_absorbed")
    )
    assert {line.stream for line in lines} == {f"investors/{each.public_id}" for each in pair}
    assert not any("营业执照" in line.body for line in lines)


def test_the_old_address_name_and_code_lead_to_the_survivor(pair):
    kept, absorbed = pair
    merge(pair)

    assert queries.find(absorbed.public_id, seen_by=cast.clerk_a()) == kept
    assert queries.same(CODE, "随便什么名称") == kept
    assert queries.same(None, OTHER) == kept
    assert registered(OTHER) == kept
    assert queries.listing(queries.Filters(), seen_by=cast.clerk_a()).total == 1


def test_a_name_given_up_is_not_lent_to_a_firm_of_another_code(pair):
    merge(pair, fields={"code"})

    assert queries.same("91430100MA4ABCDE0X", OTHER) is None


def test_a_survivor_merged_again_leads_to_the_last(pair):
    merge(pair)
    last = registered("示例液压集团有限公司")
    merge((last, fresh(pair[0])))

    assert queries.find(pair[1].public_id, seen_by=cast.clerk_a()) == last


def test_undoing_gives_back_rows_fields_and_sources(pair):
    kept, absorbed = pair
    lead = cast.lead(firm=absorbed)
    for firm in pair:
        account_managers.appoint(firm, cast.officer("clerk_a"), by=cast.clerk_a())
    done = merge(pair, fields={"name", "code", "city"})

    restored = undo(done)

    lead.refresh_from_db()
    assert restored == lead.enterprise == absorbed
    assert (fresh(kept).name, fresh(kept).code, fresh(kept).city) == (KEPT, None, "")
    assert (fresh(absorbed).code, fresh(absorbed).merged_into) == (CODE, None)
    assert not FieldSource.objects.exists()
    assert AccountManager.objects.filter(until=None).count() == 2


def test_what_was_registered_since_stays_with_the_survivor(pair):
    done = merge(pair)
    later = talk(pair[0])

    undo(done)

    assert Interaction.objects.get(pk=later.pk).enterprise == pair[0]


def test_a_field_changed_since_stands_against_undoing(pair):
    done = merge(pair, fields={"city"})
    Enterprise.objects.filter(pk=pair[0].pk).update(city="无锡")

    with pytest.raises(unmerging.Irreversible, match="“所在城市”在合并后又改过"):
        undo(Merging.objects.get(pk=done.pk))


def test_a_project_grown_since_from_a_lead_that_moved_stands_against_undoing(pair):
    lead = cast.lead(firm=pair[1])
    done = merge(pair)
    lead.refresh_from_db()
    projects.create(lead, projects.Draft(name="示例项目"), by=cast.clerk_a())

    with pytest.raises(unmerging.Irreversible, match="由转来的线索新建了项目 1 条"):
        undo(done)
    assert fresh(pair[1]).merged_into == pair[0]


def test_a_merging_is_undone_once_and_in_order(pair):
    done = merge(pair)
    last = registered("示例液压集团有限公司")
    second = merge((last, fresh(pair[0])))

    with pytest.raises(unmerging.Irreversible, match="先撤销那一次"):
        undo(done)
    undo(second)
    undo(done)
    with pytest.raises(unmerging.Irreversible, match="已经撤销"):
        undo(done)


def test_the_link_of_a_chain_both_are_placed_in_is_kept_once(pair):
    for firm in pair:
        Membership.objects.create(enterprise=firm, chain="gongcheng-jixie", link="gcjx-yeya")

    merge(pair)

    assert pair[0].memberships.count() == pair[1].memberships.count() == 1


def test_what_was_written_to_the_old_record_meanwhile_comes_after_and_goes_back(pair):
    done = merge(pair)
    # As a form sent by who had read the page before the merging.
    late = talk(pair[1])

    assert gathering.gather(RELATIONS, by=HOUSE) == 1
    assert gathering.gather(RELATIONS, by=HOUSE) == 0

    late.refresh_from_db()
    assert late.enterprise == pair[0]
    undo(Merging.objects.get(pk=done.pk))
    late.refresh_from_db()
    assert late.enterprise == pair[1]
