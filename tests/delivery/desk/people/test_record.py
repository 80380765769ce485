"""One officer's page: posts, password, second factor, in and out."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.urls import reverse
from tests import cast

from yipanqi.vocab import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(city, client, settings):
    settings.REQUIRE_TOTP = False
    client.force_login(cast.officer("administrator"))
    return client


def at(name, officer, *more):
    return reverse(f"desk:{name}", args=[cast.officer(officer).public_id, *more])


def appointment(**changes):
    return {
        "role": "park_clerk",
        "unit": cast.PARK_A,
        "since": clock.today().isoformat(),
        "until": "",
    } | changes


def test_the_page_shows_posts_and_account(admin):
    text = admin.get(at("officer", "clerk_a")).content.decode()

    assert "园区经办" in text
    assert "clerk_a" in text
    assert "未绑定" in text


def test_an_appointment_counts_at_once(admin):
    response = admin.post(at("appoint", "stranger"), appointment())

    assert response.status_code == 303
    assert cast.stranger().may("projects.create")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"role": "auditor", "unit": "dept-shenji"}, "必须限期"),
        ({"role": "arbiter"}, "不能在"),
        ({"until": "2000-01-01"}, "止日早于起日"),
        ({"role": "emperor"}, "emperor"),
    ],
)
def test_an_appointment_that_cannot_be_is_said_beside_its_field(admin, changes, says):
    response = admin.post(at("appoint", "stranger"), appointment(**changes))

    assert response.status_code == 422
    assert says in response.content.decode()
    assert not cast.stranger().posts


def test_a_post_is_ended_today(admin):
    post = cast.officer("clerk_a").posts.get()

    admin.post(at("post-end", "clerk_a", post.pk))

    post.refresh_from_db()
    assert post.until == clock.today()


def test_the_post_of_somebody_else_is_not_ended_through_this_page(admin):
    post = cast.officer("clerk_b").posts.get()

    response = admin.post(at("post-end", "clerk_a", post.pk))

    assert response.status_code == 404


def test_a_day_before_the_post_began_is_refused(admin):
    post = cast.officer("clerk_a").posts.get()
    before = post.since - timedelta(days=1)

    response = admin.post(at("post-end", "clerk_a", post.pk), {"until": before.isoformat()})

    assert response.status_code == 422
    assert "不能早于" in response.content.decode()


def test_a_new_password_is_shown_and_must_be_replaced(admin):
    response = admin.post(at("password-reset", "clerk_a"))

    assert "只显示这一次" in response.content.decode()
    assert cast.officer("clerk_a").password_is_initial


def test_a_lost_second_factor_is_taken_away(admin):
    totp.TOTP.activate(cast.officer("clerk_a"), totp.generate_totp_secret())

    admin.post(at("factor-reset", "clerk_a"))

    assert not Authenticator.objects.exists()


def test_shutting_out_and_letting_in_again(admin):
    admin.post(at("deactivate", "clerk_a"))
    assert not cast.officer("clerk_a").is_active

    admin.post(at("reactivate", "clerk_a"))
    assert cast.officer("clerk_a").is_active


@pytest.mark.parametrize("name", ["password-reset", "factor-reset", "deactivate"])
def test_nobody_does_this_to_themselves(admin, name):
    response = admin.post(at(name, "administrator"))

    assert response.status_code == 403
    assert "另一名系统管理员" in response.content.decode()


def test_one_who_does_not_manage_people_finds_nothing_here(city, client, settings):
    settings.REQUIRE_TOTP = False
    client.force_login(cast.officer("dispatcher"))

    assert client.get(at("officer", "clerk_a")).status_code == 403
    assert client.post(at("password-reset", "clerk_a")).status_code == 403
    assert cast.officer("clerk_a").check_password(cast.PASSWORD)
