"""One enterprise: what is common, and what only some may know."""

import pytest
from django.urls import reverse
from tests import cast

from yipanqi.domain.investors.services import contacts
from yipanqi.domain.ledger.models import Entry
from yipanqi.vocab.labels import Label

pytestmark = pytest.mark.django_db
MOBILE = "13812345678"


@pytest.fixture
def contact(city):
    facts = contacts.ContactFacts(name="王经理", position="副总", mobile=MOBILE)
    return contacts.add(cast.enterprise(), facts, by=cast.clerk_a())


def page(client):
    return client.get(reverse("desk:investor", args=[cast.enterprise().public_id]))


def test_a_telephone_is_masked(as_, contact):
    text = page(as_("clerk_a")).content.decode()

    assert "138****5678" in text
    assert MOBILE not in text


def test_revealing_it_shows_it_and_leaves_a_line(as_, contact):
    answer = as_("clerk_a").post(
        reverse("desk:reveal", args=[contact.public_id]), HTTP_HX_REQUEST="true"
    )

    assert MOBILE in answer.content.decode()
    line = Entry.objects.get(kind="investors.contact_revealed")
    assert MOBILE not in line.body


def test_another_park_does_not_know_of_the_contact(as_, contact):
    client = as_("clerk_b")

    assert "王经理" not in page(client).content.decode()
    assert client.post(reverse("desk:reveal", args=[contact.public_id])).status_code == 404


def test_revealing_too_often_is_refused_with_a_time_to_come_back(as_, contact):
    client, address = as_("clerk_a"), reverse("desk:reveal", args=[contact.public_id])
    for _ in range(30):
        client.post(address, HTTP_HX_REQUEST="true")

    answer = client.post(address, HTTP_HX_REQUEST="true")

    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0


def test_a_contact_without_a_name_is_refused_in_place(as_):
    address = reverse("desk:contact-new", args=[cast.enterprise().public_id])

    answer = as_("clerk_a").post(address, {"contact-mobile": MOBILE, "contact-label": "internal"})

    assert answer.status_code == 422
    assert MOBILE in answer.content.decode()


def test_an_occasion_is_written_down_with_its_next_step(as_):
    given = {
        "occasion-kind": "visit",
        "occasion-held_on": "2018-03-01",
        "occasion-summary": "谈了选址",
        "occasion-next_step": "送规划图",
        "occasion-next_step_on": "2018-03-08",
        "occasion-label": "internal",
    }
    client = as_("clerk_a")

    client.post(reverse("desk:interaction-new", args=[cast.enterprise().public_id]), given)

    text = page(client).content.decode()
    assert "谈了选址" in text
    assert "送规划图" in text


def test_state_secrets_are_refused_at_entry(as_):
    given = {
        "occasion-kind": "visit",
        "occasion-held_on": "2018-03-01",
        "occasion-summary": "机密★10年",
        "occasion-label": "internal",
    }

    answer = as_("clerk_a").post(
        reverse("desk:interaction-new", args=[cast.enterprise().public_id]), given
    )

    assert answer.status_code == 422
    assert "国家秘密" in answer.content.decode()


def test_leads_and_projects_above_ones_clearance_are_not_there(as_):
    cast.project(name="商密的液压项目", label=Label.BUSINESS_SECRET)

    assert "商密的液压项目" in page(as_("clerk_a")).content.decode()
    assert "商密的液压项目" not in page(as_("clerk_b")).content.decode()
