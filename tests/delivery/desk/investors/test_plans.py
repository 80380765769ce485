"""Planning visits on the page of an enterprise."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests import cast

from yipanqi.domain.investors.models import Interaction, PlannedVisit
from yipanqi.domain.investors.services import planning
from yipanqi.vocab import clock
from yipanqi.vocab.labels import Label

pytestmark = pytest.mark.django_db
MORE = "另一单位近期有接洽计划，请联系招商主管部门"


def day(days=3):
    return clock.today() + timedelta(days=days)


def planned(by, days=3, label=Label.INTERNAL):
    asked = planning.Plan("visit", day(days), "考察选址", "常州总部", "王处长", label)
    return planning.plan(cast.enterprise(), asked, by=by)


def sent(client, **changes):
    given = {
        "plan-kind": "visit",
        "plan-planned_on": day().isoformat(),
        "plan-purpose": "谈供地",
        "plan-label": "internal",
    } | changes
    address = reverse("desk:plan-new", args=[cast.enterprise().public_id])
    return client.post(address, given, follow=True)


def test_a_rival_park_reads_one_sentence_and_nothing_of_the_plan(as_):
    planned(cast.clerk_a())

    text = sent(as_("clerk_b")).content.decode()

    assert MORE in text
    for secret in ("考察选址", "常州总部", "王处长", "长沙经"):
        assert secret not in text


def test_who_may_see_the_other_plan_reads_whose_it_is(as_):
    plan = planned(cast.clerk_a())

    text = sent(as_("dispatcher")).content.decode()

    assert f"{plan.unit.short_name}计划" in text
    assert MORE not in text


def test_no_warning_without_a_plan_of_others(as_):
    planned(cast.clerk_b())

    assert (
        MORE not in sent(as_("clerk_b"), **{"plan-planned_on": day(4).isoformat()}).content.decode()
    )


def test_a_plan_without_a_purpose_stays_open_with_what_was_typed(as_):
    answer = sent(as_("clerk_a"), **{"plan-purpose": "", "plan-place": "常州"})

    assert answer.status_code == 422
    assert "常州" in answer.content.decode()
    assert not PlannedVisit.objects.exists()


def test_a_plan_that_took_place_becomes_an_interaction(as_):
    plan = planned(cast.clerk_a(), days=0)
    given = {"held-held_on": clock.today().isoformat(), "held-summary": "看了厂房"}

    client = as_("clerk_a")
    client.get(reverse("desk:plan", args=[plan.public_id]))
    client.post(reverse("desk:plan", args=[plan.public_id]), given)

    assert Interaction.objects.get().planned_visit == plan
    again = client.post(reverse("desk:plan", args=[plan.public_id]), given)
    assert again.status_code == 409


def test_a_cancelled_plan_leaves_the_page(as_):
    plan = planned(cast.clerk_a())
    client, address = as_("clerk_a"), reverse("desk:plan-cancel", args=[plan.public_id])

    assert client.post(address).status_code == 422
    text = client.post(address, {"because-because": "企业改期"}, follow=True).content.decode()

    assert "计划已取消" in text
    assert "考察选址" not in text


@pytest.mark.parametrize("name", ["plan", "plan-cancel"])
def test_a_rivals_plan_has_no_address(as_, name):
    plan = planned(cast.clerk_a())

    address = reverse(f"desk:{name}", args=[plan.public_id])

    assert as_("clerk_b").post(address, {"because-because": "x"}).status_code == 404
