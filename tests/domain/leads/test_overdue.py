"""A term that passed is told once in the ledger, and again when the next one passes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import Q
from tests import cast

from yipanqi.delivery.jobs import windows
from yipanqi.domain.leads import inbox
from yipanqi.domain.leads.services import overdue, triage
from yipanqi.domain.ledger import queries as ledger
from yipanqi.vocab import clock

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2018, 3, 1, 9, 0, tzinfo=UTC)


def at(days):
    return clock.using(lambda: THURSDAY + timedelta(days=days))


@pytest.fixture
def signal(city):
    with at(0):
        return cast.signal(source="hotline")


def told(signal):
    lines = ledger.timeline(inbox.subject(signal), only=Q())
    return [line.fields["what"] for line in lines if line.kind == "leads.signal_overdue"]


def test_each_term_is_told_once(signal):
    with at(1):
        assert overdue.tell() == 0
    with at(5):
        assert overdue.tell() == 1
        assert overdue.tell() == 0
    with at(9):
        assert overdue.tell() == 1

    assert told(signal) == ["响应", "反馈推荐人"]


def test_the_next_term_is_told_anew(signal):
    with at(5):
        overdue.tell()
        triage.respond(signal, by=cast.clerk_a())
        assert overdue.tell() == 0
    with at(6):
        assert overdue.tell() == 1

    assert told(signal) == ["响应", "研判"]


def test_the_hourly_job_tells(signal):
    with at(5):
        windows.close_ended()

    assert told(signal) == ["响应"]


def test_what_is_closed_and_answered_is_let_be(signal):
    with at(1):
        triage.discard(signal, because="不实", by=cast.clerk_a())
        triage.answer_referrer(signal, "已说明", by=cast.clerk_a())
    with at(30):
        assert overdue.tell() == 0
