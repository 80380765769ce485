"""Handing a lead over on the desk."""

import pytest
from django.urls import reverse
from tests import cast

from yipanqi.domain.leads.models import Transfer

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(as_, evidence_home):
    return cast.lead()


def at(name, *parts):
    return reverse(f"desk:{name}", args=parts)


def proposed(client, lead, **changes):
    given = {
        "receiver": cast.PARK_B, "reason": "对方有现成厂房", "own_part": "5", "receiver_part": "5",
        "years": "5",
    }  # fmt: skip
    return client.post(at("transfer-new", lead.public_id), given | changes)


def test_the_form_offers_the_years_of_the_sheet_and_other_units(as_, lead, pack):
    shown = as_("clerk_a").get(at("transfer-new", lead.public_id)).content.decode()

    assert f'value="{pack.claims().sharing_years}"' in shown
    assert "浏阳经济技术开发区" in shown


def test_a_transfer_is_proposed_agreed_and_moves_the_lead(as_, lead):
    proposed(as_("clerk_a"), lead)
    transfer = Transfer.objects.get()

    waiting = as_("clerk_b").get(at("today")).content.decode()
    as_("clerk_b").post(at("transfer-accept", transfer.public_id))

    assert at("transfer", transfer.public_id) in waiting
    assert as_("clerk_b").get(at("lead", lead.public_id)).status_code == 200
    assert as_("clerk_a").get(at("lead", lead.public_id)).status_code == 404
    kept = as_("clerk_a").get(at("transfer", transfer.public_id)).content.decode()
    assert "利益分享 5:5" in kept
    assert "1/2" in kept
    assert as_("clerk_b").post(at("transfer-accept", transfer.public_id)).status_code == 409


@pytest.mark.parametrize(
    "wrong", [{"receiver": ""}, {"own_part": "0"}, {"third_part": "2"}, {"reason": ""}]
)
def test_an_incomplete_proposal_is_refused(as_, lead, wrong):
    assert proposed(as_("clerk_a"), lead, **wrong).status_code == 422
    assert not Transfer.objects.exists()


def test_a_refusal_needs_a_reason(as_, lead):
    proposed(as_("clerk_a"), lead)
    there = at("transfer-decline", Transfer.objects.get().public_id)

    assert as_("clerk_b").post(there, {"because": " "}).status_code == 422
    as_("clerk_b").post(there, {"because": "产业不符"})

    assert Transfer.objects.get().state == "declined"


def test_a_transfer_of_others_does_not_exist(as_, lead):
    proposed(as_("clerk_a"), lead)

    there = at("transfer", Transfer.objects.get().public_id)
    assert as_("department").get(there).status_code == 404
    assert "还没有流转" in as_("department").get(at("transfers")).content.decode()


def test_a_long_list_costs_no_more_than_twelve_questions(as_, django_assert_max_num_queries):
    for number in range(6):
        lead = cast.lead(matter=f"{'甲乙丙丁戊己'[number]}方案{number}")
        proposed(as_("clerk_a"), lead)
    client = as_("clerk_b")
    client.get(at("transfers"))

    with django_assert_max_num_queries(12):
        client.get(at("transfers"))
