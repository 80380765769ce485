"""What the ledger records reaches another system: signed, tried again, and never too much."""

import json
from datetime import timedelta

import pytest
from tests import cast
from tests.delivery.connectors import receivers

from yipanqi.delivery.connectors.webhooks import signing
from yipanqi.delivery.jobs import dispatcher, webhooks
from yipanqi.domain.notices import queries
from yipanqi.domain.notices.models import Sending
from yipanqi.domain.notices.services import hooks, sending
from yipanqi.domain.people.services import officers
from yipanqi.roof import subscriptions
from yipanqi.vocab import clock
from yipanqi.vocab.labels import Label

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def receiver(city, evidence_home, settings):
    with receivers.listening() as listening:
        settings.WEBHOOK_ORIGINS = [listening.origin]
        yield listening


def hook(receiver, by="clerk_a", kinds=("projects",)):
    return hooks.create("数据中台", f"{receiver.origin}/in?from=board", kinds, by=cast.actor(by))


def send(after=timedelta(0)):
    moment = clock.now() + after
    with clock.using(lambda: moment):
        dispatcher.dispatch(subscriptions.in_force())
        return webhooks.send_due()


def test_a_line_arrives_with_the_fields_of_the_api_and_a_signature(receiver):
    made = hook(receiver)
    project = cast.project()

    assert send() == 1

    (head,), (body,) = receiver.heads, receiver.bodies
    told = json.loads(body)
    expected = signing.signature(
        head["webhook-id"], at=int(head["webhook-timestamp"]), body=body, secret=hooks.secret(made)
    )
    assert head["webhook-signature"] == f"v1,{expected}"
    assert told["type"] == "projects.created"
    assert told["data"]["subject"] == f"projects/{project.public_id}"
    assert told["data"]["sentence"]


def test_nothing_is_sent_twice_and_nothing_that_was_not_asked_for(receiver):
    hook(receiver, kinds=("projects.created",))
    cast.project()

    assert [send(), send()] == [1, 0]

    assert len(receiver.bodies) == 1


def test_what_the_owner_may_not_see_is_not_even_queued(receiver):
    hook(receiver, by="clerk_b")
    cast.project(label=Label.BUSINESS_SECRET, by=cast.clerk_a())

    send()

    assert receiver.bodies == []
    assert not Sending.objects.exists()


def test_what_the_owner_may_no_longer_see_is_dropped_unsent(receiver):
    made = hook(receiver)
    cast.project()
    dispatcher.dispatch(subscriptions.in_force())
    (post,) = cast.officer("clerk_a").posts.all()
    officers.end_post(post, on=clock.today() - timedelta(days=1), by=cast.administrator())

    webhooks.send_due()

    assert receiver.bodies == []
    assert queries.sendings(made).total == 0


def test_a_refusal_is_tried_again_after_a_pause_with_the_same_id(receiver):
    receiver.statuses = [500, 200]
    made = hook(receiver)
    cast.project()

    assert [send(), send(), send(after=timedelta(seconds=6))] == [0, 0, 1]

    assert receiver.heads[0]["webhook-id"] == receiver.heads[1]["webhook-id"]
    (row,) = queries.sendings(made).rows
    assert (row.state, row.attempts, row.status) == ("sent", 2, 200)


def test_after_the_last_attempt_it_is_given_up_and_can_be_sent_again(receiver):
    receiver.statuses = [503]
    made = hook(receiver)
    cast.project()
    later = timedelta(0)
    for pause in (*sending.PAUSES, timedelta(0)):
        send(after=later)
        later += pause + timedelta(seconds=1)
    (row,) = queries.sendings(made).rows
    assert (row.state, row.attempts) == ("given_up", len(sending.PAUSES) + 1)

    receiver.statuses = [204]
    sending.again(row)

    assert send(after=later) == 1


def test_a_redirect_is_not_followed(receiver):
    receiver.statuses = [302]
    made = hook(receiver)
    cast.project()

    assert send() == 0

    (row,) = queries.sendings(made).rows
    assert "302" in row.failure


def test_a_receiver_that_is_gone_delays_nobody_else(receiver, settings):
    with receivers.listening() as gone:
        settings.WEBHOOK_ORIGINS = [receiver.origin, gone.origin]
        hooks.create("停机的系统", gone.origin, ["projects"], by=cast.clerk_a())
    hook(receiver)
    cast.project()

    assert send() == 1


def test_an_address_the_operator_closed_since_gets_nothing(receiver, settings):
    made = hook(receiver)
    cast.project()
    settings.WEBHOOK_ORIGINS = []

    assert send() == 0

    assert receiver.bodies == []
    assert "运维未开放" in queries.sendings(made).rows[0].failure


def test_an_ended_hook_sends_nothing_that_still_waits(receiver):
    made = hook(receiver)
    cast.project()
    dispatcher.dispatch(subscriptions.in_force())
    hooks.end(made, by=cast.clerk_a())

    assert webhooks.send_due() == 0
    assert receiver.bodies == []
