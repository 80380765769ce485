"""Who may have the ledger sent where."""

import pytest
from tests import cast

from yipanqi.domain.ledger import queries as ledger
from yipanqi.domain.notices import queries
from yipanqi.domain.notices.services import hooks
from yipanqi.domain.people import queries as people
from yipanqi.vocab.actors import NotAllowed

pytestmark = pytest.mark.django_db
OPEN = "https://hub.example.gov.cn"


@pytest.fixture(autouse=True)
def opened(city, settings):
    settings.WEBHOOK_ORIGINS = [OPEN]


def create(url=f"{OPEN}/in", name="数据中台", kinds=("projects",), by=None):
    return hooks.create(name, url, kinds, by=by or cast.clerk_a())


@pytest.mark.parametrize(
    "url",
    [
        "https://hub.example.gov.cn.evil.example/in",
        "https://hub.example.gov.cn@evil.example/in",
        "https://user:pw@hub.example.gov.cn/in",
        "http://hub.example.gov.cn/in",
        "https://hub.example.gov.cn:8443/in",
        "https://127.0.0.1/in",
        "file:///etc/passwd",
        "https://[::1",
        "https://hub.example.gov.cn:99999/",
        "",
    ],
)
def test_only_what_the_operator_opened_can_be_sent_to(url):
    with pytest.raises(hooks.Unclear) as refusal:
        create(url=url)

    assert refusal.value.field == "url"


def test_the_same_place_in_another_spelling_is_the_same_place():
    assert create(url="HTTPS://Hub.Example.gov.cn:443/in").pk


@pytest.mark.parametrize("kinds", [(), ("projects.exploded",), ("nowhere",)])
def test_only_events_there_are_can_be_asked_for(kinds):
    with pytest.raises(hooks.Unclear):
        create(kinds=kinds)


def test_who_may_not_take_lists_out_may_not_have_them_sent_either():
    with pytest.raises(NotAllowed):
        create(by=cast.department())


def test_a_hook_is_seen_and_ended_by_its_owner_alone():
    made = create()

    assert queries.hook(made.public_id, seen_by=cast.clerk_b()) is None
    with pytest.raises(NotAllowed):
        hooks.end(made, by=cast.clerk_b())


def test_setting_up_and_ending_stand_in_the_ledger_once():
    made = create()
    hooks.end(made, by=cast.clerk_a())
    hooks.end(queries.hook(made.public_id, seen_by=cast.clerk_a()), by=cast.clerk_a())

    only = people.visible(cast.clerk_a(), **queries.SCOPE)
    kinds = [line.kind for line in ledger.timeline(f"notices/{made.public_id}", only=only)]
    assert kinds == ["notices.hook_created", "notices.hook_ended"]


def test_two_hooks_have_two_secrets_and_the_database_holds_neither():
    one, other = create(), create(name="另一个")

    assert hooks.secret(one) != hooks.secret(other)
    assert "whsec_" not in str(vars(one))


def test_an_eleventh_hook_is_refused():
    for number in range(hooks.MOST):
        create(name=str(number))

    with pytest.raises(hooks.Unclear):
        create()
