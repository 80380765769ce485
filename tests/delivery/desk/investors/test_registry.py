"""The group and the newer facts of an enterprise, as the registry in force has them."""

import pytest
from django.urls import reverse
from tests import cast, registry_in_force

from yipanqi.engine import sessions
from yipanqi.engine.groups import keeping

pytestmark = pytest.mark.django_db
NAME = "常州恒立液压件有限公司"


@pytest.fixture
def home(tmp_path, settings, monkeypatch):
    settings.REGISTRY_HOME = tmp_path
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def registry(home):
    return registry_in_force.publish(home)


def at(name, firm=NAME):
    return reverse(f"desk:{name}", args=[cast.enterprise(firm).public_id])


@pytest.mark.parametrize("name", ["investor-group", "investor-refresh"])
def test_without_a_registry_the_page_says_what_brings_one(as_, home, name):
    assert "registry import" in as_("clerk_a").get(at(name)).content.decode()


@pytest.mark.parametrize("name", ["investor-group", "investor-refresh"])
def test_an_enterprise_the_registry_does_not_hold_is_said_so(as_, registry, name):
    text = as_("clerk_a").get(at(name, "境外示例公司")).content.decode()

    assert "登记数据里没有找到这家企业" in text


def test_groups_not_worked_out_yet_are_not_worked_out_by_the_page(as_, registry):
    assert "下一次研判运行后可看" in as_("clerk_a").get(at("investor-group")).content.decode()


def test_the_group_is_shown_with_the_reason(as_, registry):
    with sessions.measures() as session:
        keeping.kept_members(registry, session)

    text = as_("clerk_a").get(at("investor-group")).content.decode()

    assert NAME in text
    assert "不是股权关系" in text


def test_only_what_is_ticked_is_taken(as_, registry):
    client = as_("clerk_a")
    shown = client.get(at("investor-refresh")).context["shown"]

    client.post(at("investor-refresh"), {"field": "scope", "shown": shown})

    firm = cast.enterprise(NAME)
    assert "液压件" in firm.scope
    assert firm.address == ""
    page = client.get(reverse("desk:investor", args=[firm.public_id])).content.decode()
    assert "来源：工商登记数据" in page


def test_nothing_ticked_is_refused_and_an_old_page_too(as_, registry):
    client = as_("clerk_a")
    shown = client.get(at("investor-refresh")).context["shown"]

    assert client.post(at("investor-refresh"), {"shown": shown}).status_code == 422
    assert client.post(at("investor-refresh"), {"field": "scope", "shown": "x"}).status_code == 409


def test_who_may_not_register_may_not_take(as_, registry):
    assert as_("auditor").get(at("investor-refresh")).status_code == 403
