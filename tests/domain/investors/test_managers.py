"""Account managers: one at a time in a unit, past ones stay."""

import pytest
from tests import cast

from yipanqi.domain.investors import dealings
from yipanqi.domain.investors.models import AccountManager
from yipanqi.domain.investors.services import account_managers
from yipanqi.domain.investors.services.contacts import Incomplete
from yipanqi.domain.people.models import Officer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]


def colleague():
    return Officer.objects.create(username="second", name="甲园区同事", unit=cast.clerk_a_unit())


def appoint(officer, by=None, because=""):
    return account_managers.appoint(
        cast.enterprise(), officer, by=by or cast.clerk_a(), because=because
    )


def test_naming_the_same_again_changes_nothing():
    first = appoint(cast.officer("clerk_a"))

    assert appoint(cast.officer("clerk_a")) == first
    assert AccountManager.objects.count() == 1


def test_a_hand_over_keeps_who_answered_before():
    appoint(cast.officer("clerk_a"))
    appoint(colleague(), because="岗位调整；规划图待送")

    rows = dealings.managers(cast.enterprise(), seen_by=cast.clerk_a())

    assert sorted((row.officer.name, row.until is None) for row in rows) == [
        ("甲园区同事", True),
        ("甲园区经办", False),
    ]


def test_a_hand_over_without_words_is_refused_and_nothing_ends():
    appoint(cast.officer("clerk_a"))

    with pytest.raises(Incomplete, match="交接请写明"):
        appoint(colleague())
    assert AccountManager.objects.get().until is None


def test_only_an_officer_of_ones_own_unit_can_be_named():
    with pytest.raises(Incomplete, match="本单位在职人员"):
        appoint(cast.officer("clerk_b"))


def test_two_units_each_have_their_own_and_see_only_that():
    appoint(cast.officer("clerk_a"))
    appoint(cast.officer("clerk_b"), by=cast.clerk_b())

    seen = dealings.managers(cast.enterprise(), seen_by=cast.clerk_b())

    assert [row.officer.name for row in seen] == ["乙园区经办"]
    assert list(dealings.managed_by(cast.clerk_b())) == [cast.enterprise()]
