"""A matter changes hands when every party agrees, and its benefit is shared to the cent."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import cast, samples

from yipanqi.domain.evidence import queries as evidence
from yipanqi.domain.leads import queries
from yipanqi.domain.leads.services import claims, transfers
from yipanqi.domain.projects.services import following
from yipanqi.vocab import clock, shares
from yipanqi.vocab.actors import NotAllowed

pytestmark = pytest.mark.django_db
FIVE = {cast.PARK_A: 5, cast.PARK_B: 5}
THREE = {cast.PARK_A: 4, cast.PARK_B: 4, "liuyang": 2}


@pytest.fixture
def lead(city, evidence_home):
    return cast.lead()


def proposed(lead, parts=FIVE, by=None, **more):
    proposal = transfers.Proposal(cast.PARK_B, "对方有现成厂房", parts, **more)
    return transfers.propose(lead, proposal, by=by or cast.clerk_a())


def moved(lead, parts=FIVE):
    transfer = proposed(lead, parts)
    transfers.accept(transfer, by=cast.clerk_b())
    transfer.refresh_from_db()
    return transfer


def shared(lead, on=None):
    return queries.shares([lead.pk], on=on or clock.today()).get(lead.pk)


def test_a_proposal_moves_nothing_until_the_receiver_agrees(lead):
    transfer = proposed(lead)

    assert shared(lead) is None
    assert queries.find(lead.public_id, seen_by=cast.clerk_b()) is None
    assert queries.to_agree(seen_by=cast.clerk_b()) == [transfer]
    assert queries.to_agree(seen_by=cast.clerk_a()) == []


def test_what_is_agreed_moves_with_its_files_and_is_shared_for_its_years(lead, pack):
    transfer = moved(lead)

    received = queries.find(lead.public_id, seen_by=cast.clerk_b())
    assert (received.claim.state, received.claim.unit.code) == ("held", cast.PARK_B)
    assert evidence.files(f"leads/{lead.public_id}", seen_by=cast.clerk_b())
    assert transfer.until == transfers._years_on(transfer.since, pack.claims().sharing_years)
    half = Fraction(1, 2)
    assert shared(lead) == {cast.clerk_a_unit().pk: half, cast.clerk_b_unit().pk: half}
    assert shared(lead, on=transfer.until + timedelta(days=1)) is None
    assert shared(lead, on=transfer.since - timedelta(days=1)) is None


def test_the_giver_keeps_sight_of_the_agreement_though_not_of_the_lead(lead):
    transfer = moved(lead)

    assert queries.find(lead.public_id, seen_by=cast.clerk_a()) is None
    assert queries.transfer(transfer.public_id, seen_by=cast.clerk_a()) == transfer
    assert queries.transfer(transfer.public_id, seen_by=cast.department()) is None


def test_a_third_party_has_to_agree_too(lead):
    transfer = proposed(lead, THREE)

    assert transfers.accept(transfer, by=cast.clerk_b()) is False
    assert transfers.accept(transfer, by=cast.district()) is True

    assert sum(shared(lead).values()) == 1
    assert len(shared(lead)) == 3


def test_whoever_shares_cannot_be_left_out_of_the_next_agreement(lead):
    transfers.accept(proposed(lead, THREE), by=cast.district())
    transfers.accept(queries.to_agree(seen_by=cast.clerk_b())[0], by=cast.clerk_b())
    again = transfers.Proposal("liuyang", "转区里", {cast.PARK_B: 5, "liuyang": 5})

    with pytest.raises(transfers.Unshared, match="须把长沙经济技术开发区列入"):
        transfers.propose(lead, again, by=cast.clerk_b())


def test_declined_or_taken_back_the_matter_stays(lead):
    declined = proposed(lead)
    transfers.decline(declined, because="产业不符", by=cast.clerk_b())
    back = proposed(lead)
    transfers.decline(back, because="另行安排", by=cast.clerk_a())

    declined.refresh_from_db()
    back.refresh_from_db()
    assert (declined.state, back.state) == ("declined", "withdrawn")
    lead.claim.refresh_from_db()
    assert lead.claim.unit.code == cast.PARK_A
    with pytest.raises(transfers.NothingToAgree):
        transfers.accept(back, by=cast.clerk_b())


def test_the_receivers_own_waiting_filing_is_settled_by_it(lead):
    filing = claims.Filing("液压件生产基地", "visit", samples.pdf(salt=b"b"))
    waiting = claims.file(cast.enterprise(), filing, by=cast.clerk_b()).lead.claim

    moved(lead)

    waiting.refresh_from_db()
    assert waiting.state == "released"


def test_a_project_goes_with_its_lead(city, evidence_home):
    project = cast.project()
    transfer = proposed(project.lead)

    transfers.accept(transfer, by=cast.clerk_b(), followers=(following.follow,))

    before = project.version
    project.refresh_from_db()
    assert (project.unit.code, project.version) == (cast.PARK_B, before + 1)


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({cast.PARK_B: 5}, "本单位的份额未填"),
        ({cast.PARK_A: 5}, "承接单位未选"),
        ({**FIVE, "nowhere": 1}, "没有代码为“nowhere”的单位"),
        ({**FIVE, cast.PARK_B: 0}, "1 至"),
    ],
)
def test_a_ratio_that_makes_no_whole_is_refused(lead, parts, says):
    with pytest.raises(transfers.Unshared, match=says):
        proposed(lead, parts)


def test_only_the_holder_proposes_and_once_at_a_time(lead):
    proposed(lead)

    with pytest.raises(transfers.NotTransferable, match="待各方同意"):
        proposed(lead)
    with pytest.raises(transfers.NotTransferable, match="本单位持有"):
        proposed(lead, by=cast.clerk_b())
    with pytest.raises(NotAllowed):
        proposed(lead, by=cast.auditor())


def test_the_last_day_is_the_eve_of_the_anniversary():
    assert transfers._years_on(date(2018, 3, 1), 5) == date(2023, 2, 28)
    assert transfers._years_on(date(2020, 2, 29), 1) == date(2021, 2, 28)


@given(st.lists(st.integers(0, 10**14), max_size=20), st.lists(st.integers(1, 99), min_size=2))
def test_what_is_split_by_an_agreement_is_conserved_over_any_list_of_projects(amounts, ratio):
    parts = shares.fractions(ratio)

    split = [shares.split(amount, parts) for amount in amounts]

    assert sum(sum(each) for each in split) == sum(amounts)
