"""The pack as it was at a moment: neither what was approved later nor what begins later."""

from datetime import UTC, datetime, timedelta

import pytest

from yipanqi.domain.rules import queries as rules
from yipanqi.domain.rules.models import Sheet
from yipanqi.domain.rules.services import loading
from yipanqi.rulebook.library import NotInForce
from yipanqi.vocab import clock
from yipanqi.vocab.actors import HOUSE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
NAME = "diagnosis/2018-01-01.toml"


def test_a_revision_approved_later_does_not_reach_back():
    moment = clock.now()
    before = rules.pack_at(moment).texts[NAME]
    loading.revise({NAME: before + "\n# 另一修订\n"}, by=HOUSE)

    assert rules.pack_at(moment).texts[NAME] == before
    assert rules.pack_at(clock.now()).texts[NAME] != before


def test_a_sheet_that_begins_later_is_not_asked_yet():
    text = rules.pack().texts[NAME].replace("2018-01-01", "2999-01-01")
    loading.revise({"diagnosis/2999-01-01.toml": text}, by=HOUSE)

    assert rules.pack().newest.year == 2999
    assert rules.pack_at(clock.now()).newest.year < 2999


def test_before_the_first_pack_nothing_is_in_force():
    with pytest.raises(NotInForce, match="尚未装入规则包"):
        rules.pack_at(datetime(2000, 1, 1, tzinfo=UTC))


def test_the_last_approval_is_known():
    last = Sheet.objects.order_by("-created_at").first().created_at

    assert rules.approved_at() == last
    assert clock.now() - last < timedelta(minutes=10)
