"""What tests of the programming interface share: somebody calling it with a key of their own."""

from datetime import timedelta

import pytest
from django.test import Client
from tests import cast
from tests.delivery.desk.conftest import chain, study

from yipanqi.domain.people.services import tokens
from yipanqi.vocab import clock

__all__ = ["chain", "study"]
API = "/api/v1"


@pytest.fixture
def call(city, evidence_home):
    """`call("clerk_a")`: a client that sends the person's token."""

    def caller(name):
        _, plain = tokens.issue(
            "测试", expires_on=clock.today() + timedelta(days=1), by=cast.actor(name)
        )
        return Client(headers={"authorization": f"Bearer {plain}"})

    return caller
