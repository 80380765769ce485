"""The list of leads and the page of one."""

import pytest
from django.urls import reverse
from tests import cast

from yipanqi.domain.leads.models import Claim
from yipanqi.vocab.labels import Label

pytestmark = pytest.mark.django_db
LIST = "/investors/leads/"


def test_one_sees_the_leads_one_may_know_of(as_):
    cast.lead(matter="甲方内部的液压线索")

    assert "甲方内部的液压线索" in as_("clerk_a").get(LIST).content.decode()
    assert "甲方内部的液压线索" not in as_("clerk_b").get(LIST).content.decode()


def test_the_address_narrows_the_list(as_):
    cast.lead(matter="高空作业平台")
    client = as_("clerk_a")

    assert "高空作业平台" in client.get(LIST, {"state": "held"}).content.decode()
    assert "没有符合条件" in client.get(LIST, {"state": "pending"}).content.decode()


def test_a_lead_of_another_unit_does_not_exist(as_):
    lead = cast.lead(label=Label.BUSINESS_SECRET)

    assert as_("clerk_b").get(reverse("desk:lead", args=[lead.public_id])).status_code == 404


def test_the_holder_may_give_it_up(as_):
    lead = cast.lead()

    as_("clerk_a").post(reverse("desk:lead-release", args=[lead.public_id]))

    assert Claim.objects.get(lead=lead).state == "released"


def test_giving_up_twice_says_that_it_is_over(as_):
    client, address = as_("clerk_a"), reverse("desk:lead-release", args=[cast.lead().public_id])
    client.post(address)

    assert client.post(address).status_code == 409


def test_a_long_list_costs_no_more_than_twelve_questions(as_, django_assert_max_num_queries):
    for number in range(8):
        cast.lead(matter=f"{'甲乙丙丁戊己庚辛'[number]}方案{number}")
    client = as_("clerk_a")
    client.get(LIST)

    with django_assert_max_num_queries(12):
        client.get(LIST)
