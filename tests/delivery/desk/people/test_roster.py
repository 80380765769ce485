"""The administrator's list of people, and opening an account."""

import re

import pytest
from django.urls import reverse
from tests import cast

from yipanqi.domain.people.models import Officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(city, client, settings):
    settings.REQUIRE_TOTP = False
    client.force_login(cast.officer("administrator"))
    return client


def new(**changes):
    return {
        "username": "zhao.liu",
        "name": "赵六",
        "unit": cast.PARK_A,
        "mobile": "13900000000",
    } | changes


def test_everybody_is_listed_with_unit_and_post(admin):
    cast.officer("clerk_a")

    text = admin.get(reverse("desk:people")).content.decode()

    assert "甲园区经办" in text
    assert "长沙经开区" in text
    assert "园区经办" in text


def test_the_list_is_narrowed_by_the_address(admin):
    cast.officer("clerk_a")
    cast.officer("clerk_b")

    text = admin.get(reverse("desk:people"), {"unit": cast.PARK_B}).content.decode()

    assert "乙园区经办" in text
    assert "甲园区经办" not in text


def test_an_empty_answer_offers_the_next_step(admin):
    text = admin.get(reverse("desk:people"), {"text": "查无此人"}).content.decode()

    assert reverse("desk:officer-new") in text
    assert "没有符合条件的人员" in text


def test_a_long_list_costs_no_more_questions(admin, django_assert_max_num_queries):
    for name in cast.PEOPLE:
        cast.officer(name)
    admin.get(reverse("desk:people"))

    with django_assert_max_num_queries(12):
        admin.get(reverse("desk:people"))


def test_opening_an_account_shows_a_password_that_works_this_once(admin):
    response = admin.post(reverse("desk:officer-new"), new())

    password = re.search(r"<code>([0-9a-z-]+)</code>", response.content.decode())[1]
    assert Officer.objects.get(username="zhao.liu").check_password(password)
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"username": "Zhao Liu"}, "小写字母"),
        ({"username": "administrator"}, "已有人使用"),
        ({"mobile": "12345"}, "11 位"),
        ({"unit": "nowhere"}, "nowhere"),
        ({"name": ""}, "必填"),
    ],
)
def test_what_cannot_be_opened_is_said_and_what_was_typed_is_kept(admin, changes, says):
    response = admin.post(reverse("desk:officer-new"), new(**changes))

    text = response.content.decode()
    assert response.status_code == 422
    assert says in text
    assert not Officer.objects.filter(name="赵六").exists()


@pytest.mark.parametrize("name", ["clerk_a", "dispatcher", "arbiter", "auditor", "stranger"])
def test_nobody_else_comes_here(city, client, settings, name):
    settings.REQUIRE_TOTP = False
    client.force_login(cast.officer(name))

    assert client.get(reverse("desk:people")).status_code == 403
    assert client.post(reverse("desk:officer-new"), new()).status_code == 403
    assert not Officer.objects.filter(username="zhao.liu").exists()
