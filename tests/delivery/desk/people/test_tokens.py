"""A person's own keys to the API: shown once, listed, revoked."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from tests import cast

from yipanqi.domain.people.services import tokens
from yipanqi.vocab import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(city, client, settings):
    settings.REQUIRE_TOTP = False
    client.force_login(cast.officer("clerk_a"))
    return client


def issue(client, name="报表系统"):
    ends = clock.today() + timedelta(days=30)
    fields = {"name": name, "expires_on": ends.isoformat()}
    return client.post(reverse("account_token_issue"), fields)


def test_a_key_is_shown_this_once_and_works(clerk):
    plain = re.search(r"ypq_[\w-]+", issue(clerk).content.decode())[0]

    assert tokens.authenticate(plain) == cast.officer("clerk_a")
    assert plain not in clerk.get(reverse("account_tokens")).content.decode()


def test_a_key_without_a_purpose_is_refused(clerk):
    assert issue(clerk, name=" ").status_code == 422


def test_a_key_is_revoked_by_its_owner_alone(clerk):
    issue(clerk)
    other, plain = tokens.issue(
        "别人的", expires_on=clock.today() + timedelta(days=1), by=cast.clerk_b()
    )

    clerk.post(reverse("account_token_revoke", args=[other.pk]))

    assert tokens.authenticate(plain) is not None


def test_nobody_unknown_has_keys(city, client):
    assert client.get(reverse("account_tokens")).status_code == 404
