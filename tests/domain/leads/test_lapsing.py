"""A claim lasts as long as its window and as long as something real happens."""

from datetime import timedelta

import pytest
from tests import cast

from yipanqi.domain.investors.services import interactions
from yipanqi.domain.leads import progress
from yipanqi.domain.leads.services import lapsing
from yipanqi.domain.ledger.models import Entry
from yipanqi.vocab import clock

pytestmark = pytest.mark.django_db


def after(days):
    """The clock so many days later."""
    moment = clock.now() + timedelta(days=days)
    return clock.using(lambda: moment)


def met(by):
    occasion = interactions.Occasion(kind="visit", held_on=clock.today(), summary="到厂拜访")
    interactions.log(cast.enterprise(), occasion, by=by)


def test_an_idle_claim_lapses_the_day_after_its_idle_days(city, pack):
    claim, idle = cast.lead().claim, pack.claims().idle_days

    with after(idle):
        assert lapsing.lapse() == 0
    with after(idle + 1):
        assert (lapsing.lapse(), lapsing.lapse()) == (1, 0)

    claim.refresh_from_db()
    assert claim.state == "lapsed"
    assert Entry.objects.filter(kind="leads.claim_idle").count() == 1


def test_a_visit_of_the_holder_is_progress_and_a_rivals_is_not(city, pack):
    claim = cast.lead().claim
    with after(20):
        met(by=cast.clerk_b())
    with after(pack.claims().idle_days + 1):
        assert progress.standing(claim).ending.on < clock.today()
    with after(20):
        met(by=cast.clerk_a())

    with after(pack.claims().idle_days + 1):
        assert lapsing.lapse() == 0


def test_the_holder_is_warned_once_before_a_lapse_and_again_when_the_day_moves(city, pack):
    cast.lead()
    sheet = pack.claims()

    with after(sheet.idle_days - sheet.warning_days - 1):
        assert lapsing.warn() == 0
    with after(sheet.idle_days - sheet.warning_days):
        assert (lapsing.warn(), lapsing.warn()) == (1, 0)
        assert [each.ending.is_idle for each in progress.ending_soon(seen_by=cast.clerk_a())]
        met(by=cast.clerk_a())
        assert progress.ending_soon(seen_by=cast.clerk_a()) == []
        assert lapsing.warn() == 0


def test_what_became_a_project_lapses_no_more(city, pack, evidence_home):
    cast.project()

    with after(pack.claims().protection_days + 1):
        assert lapsing.lapse() == 0


def test_a_claim_from_before_progress_was_kept_lasts_its_window(city, pack):
    claim = cast.lead().claim
    claim.progressed_on = None
    claim.save()

    with after(pack.claims().idle_days + 1):
        assert lapsing.lapse() == 0
    with after(pack.claims().protection_days + 1):
        assert lapsing.lapse() == 1
