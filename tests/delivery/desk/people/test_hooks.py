"""The screens of a person's hooks: set up, tried, sent again, ended."""

import pytest
from django.urls import reverse
from tests import cast
from tests.delivery.connectors import receivers

from yipanqi.domain.notices import queries
from yipanqi.domain.notices.models import Sending, SendingState
from yipanqi.domain.notices.services import hooks
from yipanqi.vocab import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def receiver(settings):
    with receivers.listening() as listening:
        settings.WEBHOOK_ORIGINS = [listening.origin]
        yield listening


@pytest.fixture
def clerk(city, client, settings, receiver):
    settings.REQUIRE_TOTP = False
    client.force_login(cast.officer("clerk_a"))
    return client


@pytest.fixture
def hook(clerk, receiver):
    return hooks.create("数据中台", receiver.origin, ["projects"], by=cast.clerk_a())


def test_with_no_hooks_the_page_says_so_and_offers_the_form(clerk):
    page = clerk.get(reverse("account_hooks")).content.decode()

    assert "还没有推送" in page
    assert "项目库" in page


def test_a_hook_is_set_up_and_its_secret_can_be_seen(clerk, receiver):
    fields = {"name": "数据中台", "url": receiver.origin, "kinds": ["projects", "leads"]}

    page = clerk.post(reverse("account_hook_create"), fields, follow=True).content.decode()

    (made,) = queries.hooks(seen_by=cast.clerk_a())
    assert hooks.secret(made) in page
    assert "信息库、项目库" in page


def test_an_address_that_is_not_open_is_explained_and_what_was_typed_stays(clerk):
    fields = {"name": "数据中台", "url": "https://elsewhere.example/in", "kinds": ["projects"]}

    answer = clerk.post(reverse("account_hook_create"), fields)

    assert answer.status_code == 422
    assert "YIPANQI_WEBHOOK_ORIGINS" in answer.content.decode()
    assert "elsewhere.example/in" in answer.content.decode()


def test_a_test_message_is_sent_at_once(clerk, receiver, hook):
    page = clerk.post(reverse("account_hook_ping", args=[hook.public_id]), follow=True)

    assert "试发成功" in page.content.decode()
    assert b"notices.ping" in receiver.bodies[0]


def test_what_was_given_up_can_be_sent_again(clerk, hook):
    row = Sending.objects.create(
        hook=hook, entry=1, kind="projects.created", state=SendingState.GIVEN_UP, due_at=clock.now()
    )
    page = clerk.get(reverse("account_hook", args=[hook.public_id])).content.decode()
    assert "未送达" in page

    clerk.post(reverse("account_hook_again", args=[hook.public_id, row.public_id]))

    row.refresh_from_db()
    assert row.state == SendingState.WAITING


def test_an_ended_hook_says_so(clerk, hook):
    page = clerk.post(reverse("account_hook_end", args=[hook.public_id]), follow=True)

    assert "已停止" in page.content.decode()


def test_another_persons_hook_is_a_404(client, hook, city):
    client.force_login(cast.officer("clerk_b"))

    for name in ("account_hook", "account_hook_ping", "account_hook_end"):
        address = reverse(name, args=[hook.public_id])
        ask = client.get if name == "account_hook" else client.post
        assert ask(address).status_code == 404
