"""What is known of an enterprise claims nothing: only a filing with proof does."""

import pytest
from django.urls import reverse

from yipanqi.domain.industries.models import Link, Supply
from yipanqi.domain.investors.models import Enterprise, Membership
from yipanqi.domain.leads.models import Claim, Lead
from yipanqi.domain.studies.models import Target

pytestmark = pytest.mark.django_db


def taken_in(client):
    target = Target.objects.order_by("rank").first()
    return client.post(reverse("desk:take-in", args=[target.public_id]))


def test_taking_in_a_target_claims_nothing(as_, study):
    taken_in(as_("clerk_a"))

    assert Enterprise.objects.count() == Membership.objects.count() == 1
    assert not Claim.objects.exists()
    assert not Lead.objects.exists()


def test_a_target_of_a_link_that_is_gone_is_taken_in_without_a_place(as_, study):
    Supply.objects.all().delete()
    Link.objects.filter(code="gcjx-yeya").delete()

    answer = taken_in(as_("clerk_a"))

    assert answer.status_code == 303
    assert Enterprise.objects.count() == 1
    assert not Membership.objects.exists()
