"""A waiver lets a project pass a requirement for a time: listed as waived, never as met."""

from datetime import timedelta

import pytest
from tests import cast
from tests.domain.projects.road import attach, change, make_signable, verified

from yipanqi.domain.ledger.models import Entry
from yipanqi.domain.projects import life
from yipanqi.domain.projects.services import stages, waivers
from yipanqi.vocab import clock
from yipanqi.vocab.actors import NotAllowed

pytestmark = pytest.mark.django_db
ROW = "signed-fixed"


@pytest.fixture
def project(city):
    """Ready to be signed but for its fixed investment."""
    found = cast.project()
    make_signable(found)
    change(found, fixed_investment_fen=None)
    return found


def grounds(days=30, reason="市政府专题会议纪要〔2018〕5号"):
    return waivers.Grounds(reason, clock.today() + timedelta(days=days))


def gate(project):
    return life.gate(project, "signed")


def test_a_waived_requirement_is_listed_as_waived_and_the_gate_opens(project):
    waivers.grant(project, ROW, grounds(), by=cast.arbiter())

    answer = gate(project)
    move = stages.advance(project, to="signed", by=cast.clerk_a())

    assert answer.is_open
    assert [row.id for row in answer.waived] == [ROW] == move.waived
    assert Entry.objects.filter(kind="projects.gate_waived").exists()


def test_once_it_is_met_it_is_waived_no_more(project):
    waivers.grant(project, ROW, grounds(), by=cast.arbiter())

    change(project, fixed_investment_fen=1_000_000)

    assert gate(project).waived == ()


def test_the_day_after_its_last_it_is_missing_again(project):
    waivers.grant(project, ROW, grounds(days=5), by=cast.arbiter())

    now = clock.now()
    with clock.using(lambda: now + timedelta(days=6)):
        answer = gate(project)

    assert [row.id for row in answer.missing] == [ROW]


def test_a_revoked_waiver_opens_nothing(project):
    waiver = waivers.grant(project, ROW, grounds(), by=cast.arbiter())

    waivers.revoke(waiver, by=cast.arbiter())

    assert [row.id for row in gate(project).missing] == [ROW]
    with pytest.raises(waivers.NothingToRevoke):
        waivers.revoke(waiver, by=cast.arbiter())


def test_a_move_that_rests_on_a_revoked_waiver_cannot_be_verified(project):
    waiver = waivers.grant(project, ROW, grounds(), by=cast.arbiter())
    move = stages.advance(project, to="signed", by=cast.clerk_a())
    waivers.revoke(waiver, by=cast.arbiter())

    with pytest.raises(stages.GateClosed):
        verified(move)


def test_what_law_asks_for_is_waived_by_nobody(project):
    with pytest.raises(waivers.Unwaivable, match="依法必备"):
        waivers.grant(project, "started-filing-code", grounds(), by=cast.arbiter())


def test_what_is_met_or_unknown_needs_no_waiver(project):
    attach(project, "contact_proof")

    for requirement in ("review-contact", "no-such-row"):
        with pytest.raises(waivers.Unwaivable):
            waivers.grant(project, requirement, grounds(), by=cast.arbiter())


@pytest.mark.parametrize("given", [grounds(reason=" "), grounds(days=-1)])
def test_a_waiver_needs_a_reason_and_a_day_to_come(project, given):
    with pytest.raises(waivers.Unclear):
        waivers.grant(project, ROW, given, by=cast.arbiter())


def test_only_the_role_may_waive(project):
    with pytest.raises(NotAllowed):
        waivers.grant(project, ROW, grounds(), by=cast.clerk_a())


def test_the_same_waiver_given_twice_is_one(project):
    first = waivers.grant(project, ROW, grounds(), by=cast.arbiter())

    assert waivers.grant(project, ROW, grounds(), by=cast.arbiter()) == first
    longer = waivers.grant(project, ROW, grounds(days=60), by=cast.arbiter())
    assert longer != first
    assert list(life.standing_waivers(project)) == [longer]
