"""The door: nobody unknown comes in, nobody half known goes on, and readers change nothing."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.urls import reverse
from tests import cast

from yipanqi.domain.ledger.models import Entry
from yipanqi.domain.people.services import lines, officers, passwords

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.delivery.desk.door_addresses")]


@pytest.fixture(autouse=True)
def _calm(settings):
    """No counts of an earlier test's log-ins; a second factor only where a test asks for it."""
    cache.clear()
    settings.REQUIRE_TOTP = False


def sign_in(client, name="clerk_a", password=cast.PASSWORD):
    cast.officer(name)
    return client.post(reverse("account_login"), {"login": name, "password": password})


def at_work(client, name="clerk_a"):
    client.force_login(cast.officer(name))
    return client


def enrol(name="clerk_a"):
    """Bind a second factor and give its secret."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(cast.officer(name), secret)
    return secret


def code_of(secret):
    return totp.format_hotp_value(
        totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time())))
    )


def test_somebody_unknown_is_sent_to_the_log_in_and_then_where_they_wanted(city, client):
    response = client.get("/change/?a=1")

    assert response.status_code == 302
    assert response["Location"] == "/account/login/?next=/change/%3Fa%3D1"


def test_a_part_of_a_page_sends_the_whole_page_to_the_log_in(city, client):
    response = client.get("/", headers={"HX-Request": "true"})

    assert response["HX-Redirect"] == "/account/login/"


def test_the_api_is_left_to_ask_for_itself(city, client):
    assert client.get("/api/v1/who").content.decode().startswith("无人")


def test_the_right_password_opens_and_the_entry_is_in_the_ledger(city, client):
    response = sign_in(client)

    assert response.status_code == 302
    assert client.get("/").content.decode().startswith("甲园区经办")
    kinds = Entry.objects.filter(stream=lines.subject(cast.officer("clerk_a"))).values_list("kind")
    assert list(kinds) == [("people.signed_in",)]


def test_a_wrong_password_is_told_in_chinese_and_does_not_say_which_part_was_wrong(city, client):
    known = sign_in(client, password="wrong").content.decode()
    unknown = client.post("/account/login/", {"login": "nobody", "password": "wrong"})

    assert "登录名或密码不对" in known
    assert "登录名或密码不对" in unknown.content.decode()


def test_guessing_locks_the_name_out_even_for_the_right_password(city, client):
    for _ in range(5):
        sign_in(client, password="wrong")

    response = sign_in(client)

    assert "暂时锁定" in response.content.decode()
    assert client.get("/").status_code == 302


def test_somebody_shut_out_is_out_at_once(city, client):
    at_work(client)

    officers.deactivate(cast.officer("clerk_a"), by=cast.administrator())

    assert client.get("/").status_code == 302


def test_a_reset_password_ends_the_sessions_there_are(city, client):
    at_work(client)

    passwords.reset(cast.officer("clerk_a"), by=cast.administrator())

    assert client.get("/").status_code == 302


def test_an_initial_password_must_be_replaced_before_anything_else(city, client):
    password = passwords.reset(cast.officer("clerk_a"), by=cast.administrator())
    sign_in(client, password=password)

    assert client.get("/")["Location"] == "/account/password/"
    assert client.get("/api/v1/who").content.decode().startswith("无人")


def test_a_password_of_ones_own_opens_the_rest(city, client):
    password = passwords.reset(cast.officer("clerk_a"), by=cast.administrator())
    sign_in(client, password=password)
    own = "我自己选的一句长话-7351"

    client.post("/account/password/", {"oldpassword": password, "password1": own, "password2": own})

    assert client.get("/").status_code == 200
    assert cast.officer("clerk_a").check_password(own)


def test_a_weak_password_is_refused(city, client):
    at_work(client)

    response = client.post(
        "/account/password/",
        {"oldpassword": cast.PASSWORD, "password1": "123456", "password2": "123456"},
    )

    assert response.status_code == 200
    assert cast.officer("clerk_a").check_password(cast.PASSWORD)


def test_where_the_house_insists_a_second_factor_comes_before_everything(city, client, settings):
    settings.REQUIRE_TOTP = True
    at_work(client)

    assert client.get("/")["Location"] == "/account/second-factor/activate/"
    assert client.get("/", headers={"HX-Request": "true"})["HX-Redirect"].endswith("activate/")
    assert client.get("/api/v1/who").content.decode().startswith("无人")


def test_enrolling_opens_the_desk(city, client, settings):
    settings.REQUIRE_TOTP = True
    sign_in(client)
    page = client.get("/account/second-factor/activate/").content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page)[1]

    client.post("/account/second-factor/activate/", {"code": code_of(secret)})

    assert client.get("/").status_code == 200


def test_a_password_alone_does_not_open_once_a_second_factor_is_bound(city, client, settings):
    settings.REQUIRE_TOTP = True
    secret = enrol()

    response = sign_in(client)
    assert response["Location"] == "/account/second-factor/authenticate/"
    assert client.get("/").status_code == 302

    client.post("/account/second-factor/authenticate/", {"code": code_of(secret)})
    assert client.get("/").status_code == 200


def test_a_wrong_code_is_told_in_chinese(city, client):
    enrol()
    sign_in(client)

    response = client.post("/account/second-factor/authenticate/", {"code": "000000"})

    assert "动态口令不对" in response.content.decode()


def test_the_secret_of_a_second_factor_is_not_readable_in_the_database(city):
    secret = enrol()

    kept = Authenticator.objects.get(user=cast.officer("clerk_a"))
    assert secret not in str(kept.data)


def test_a_second_factor_the_house_insists_on_cannot_be_dropped(city, client, settings):
    settings.REQUIRE_TOTP = True
    secret = enrol()
    sign_in(client)
    client.post("/account/second-factor/authenticate/", {"code": code_of(secret)})

    response = client.post("/account/second-factor/deactivate/")

    assert "不能停用" in response.content.decode()
    assert Authenticator.objects.filter(user=cast.officer("clerk_a"), type="totp").exists()


def test_a_reader_may_look_and_take_away_but_change_nothing(city, client):
    at_work(client, "auditor")

    assert client.get("/change/").status_code == 200
    assert client.post("/change/").status_code == 403
    assert client.post("/export/").status_code == 200
    assert client.post("/account/logout/").status_code == 302


def test_somebody_who_works_may_change(city, client):
    assert at_work(client).post("/change/").status_code == 200


def test_a_refusal_of_any_screen_is_a_chinese_page_with_its_status(city, client):
    at_work(client)

    hasty, barred = client.get("/hasty/"), client.get("/barred/")

    assert (hasty.status_code, hasty["Retry-After"]) == (429, "90")
    assert "2 分钟后再试" in hasty.content.decode()
    assert barred.status_code == 403
    assert "您的岗位不能裁定" in barred.content.decode()


@pytest.mark.parametrize("path", ["signup/", "email/", "password/reset/", "confirm-email/"])
def test_pages_this_house_does_not_offer_do_not_exist(city, client, path):
    assert client.get(f"/account/{path}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "login/",
        "logout/",
        "inactive/",
        "password/",
        "reauthenticate/",
        "second-factor/",
        "tokens/",
    ],
)
def test_account_pages_load_nothing_inline(city, client, path):
    if path != "login/":
        at_work(client)
    response = client.get(f"/account/{path}")
    text = response.content.decode()

    assert response.status_code == 200
    assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=", text)


def test_every_answer_bars_foreign_and_inline_content(city, client):
    for response in (client.get("/account/login/"), client.get("/"), client.get("/healthz")):
        policy = response["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy


def test_a_request_keeps_a_fit_id_and_is_given_one_otherwise(city, client):
    fit = client.get("/healthz", headers={"X-Request-ID": "gateway-0001"})
    unfit = client.get("/healthz", headers={"X-Request-ID": "a b\nc"})

    assert fit["X-Request-ID"] == "gateway-0001"
    assert "gateway-0001" in fit.content.decode()
    assert re.fullmatch(r"[0-9a-z]{12}", unfit["X-Request-ID"])


def test_what_a_signed_in_person_saw_is_not_kept_by_the_browser(city, client):
    assert "no-store" in at_work(client).get("/")["Cache-Control"]


def test_an_idle_session_ends_and_a_used_one_goes_on(city, client, settings):
    settings.SESSION_COOKIE_AGE = 60
    at_work(client)
    client.get("/")
    began = client.session.get_expiry_date()

    session = client.session
    session["renewed"] -= 30
    session.save()
    client.get("/")

    assert client.session["renewed"] > session["renewed"]
    assert client.session.get_expiry_date() >= began


def test_a_page_costs_few_questions_before_the_screen_itself(
    city, client, django_assert_max_num_queries
):
    at_work(client)
    client.get("/")

    # Session, officer, posts, rules in force.
    with django_assert_max_num_queries(4):
        client.get("/")
