"""Every error of the interface has one format, speaks Chinese and can be quoted."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests import cast, samples

from yipanqi.delivery import limits
from yipanqi.domain.people.models import Token
from yipanqi.vocab import clock

pytestmark = pytest.mark.django_db


def is_problem(response, status):
    body = response.json()
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert body["status"] == status
    assert body["request_id"] == response["X-Request-ID"]
    assert any("\u4e00" <= letter <= "\u9fff" for letter in body["detail"])
    return body


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("get", "projects/2222222bbbbb", 404),
        ("get", "nowhere", 404),
        ("delete", "projects", 405),
        ("get", "projects?page=0", 422),
        ("get", "projects?page=99999999999999999999", 422),
        ("get", "projects/1", 422),
        ("get", "projects?text=%00", 422),
        ("get", "search?text=", 422),
        ("get", "chains/none", 404),
    ],
)
def test_what_cannot_be_is_told_in_one_format(call, method, address, status):
    is_problem(getattr(call("clerk_a"), method)(f"/api/v1/{address}"), status)


def test_a_method_that_is_not_there_names_those_that_are(call):
    assert call("clerk_a").delete("/api/v1/me")["Allow"] == "GET"


@pytest.mark.parametrize("sent", ["{", "[]", '"text"', b"\xff\xfe"])
def test_a_body_that_cannot_be_read_is_refused(call, sent):
    response = call("clerk_a").post("/api/v1/projects", sent, content_type="application/json")

    assert response.status_code in {400, 422}
    is_problem(response, response.status_code)


def test_a_field_nobody_knows_is_named_even_when_it_is_half_a_surrogate(call):
    body = '{"lead": "222222222222", "name": "x", "\\ud800": 1}'

    response = call("clerk_a").post("/api/v1/projects", body, content_type="application/json")

    assert is_problem(response, 422)["errors"]


def test_each_wrong_field_is_named_with_what_would_be_right(call):
    body = {"name": "长" * 81, "version": "x", "color": "red"}

    response = call("clerk_a").patch(
        f"/api/v1/projects/{cast.project().public_id}", body, content_type="application/json"
    )

    assert {each["field"]: each["message"] for each in is_problem(response, 422)["errors"]} == {
        "name": "最多 80 个字符",
        "version": "应为整数",
        "color": "没有这个字段，请删去",
    }


@pytest.mark.parametrize(
    "change",
    [
        {"total_investment_fen": 12.5},
        {"total_investment_fen": -1},
        {"total_investment_fen": 10**30},
        {"name": "a\x00b"},
        {"name": None},
        {"label": None},
        {"label": "国家秘密"},
        {"stage": "built"},
        {"land_secured_mu": "NaN"},
        {"content": "密级：机密"},
        {"started_on": "2999-01-01"},
    ],
)
def test_a_value_that_cannot_stand_is_refused_and_nothing_changes(call, change):
    project = cast.project()
    body = {"version": project.version, **change}

    response = call("clerk_a").patch(
        f"/api/v1/projects/{project.public_id}", body, content_type="application/json"
    )

    is_problem(response, 422)
    project.refresh_from_db()
    assert project.version == body["version"]


def test_a_stale_edit_is_a_conflict(call):
    project = cast.project()
    client = call("clerk_a")
    address = f"/api/v1/projects/{project.public_id}"
    client.patch(address, {"version": 1, "content": "甲"}, content_type="application/json")

    late = client.patch(address, {"version": 1, "content": "乙"}, content_type="application/json")

    is_problem(late, 409)


def test_a_closed_gate_lists_what_is_missing_with_its_remedy(call):
    project = cast.project()

    response = call("clerk_a").post(f"/api/v1/projects/{project.public_id}/advance/signed")

    missing = is_problem(response, 422)["missing"]
    assert {"message", "remedy", "source"} == set(missing[0])


def test_a_body_over_the_limit_is_too_large(call, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

    response = call("clerk_a").post(
        "/api/v1/projects", "[" + " " * 2000 + "]", content_type="application/json"
    )

    is_problem(response, 413)


def test_a_file_over_the_limit_is_too_large(call, settings):
    project = cast.project()
    settings.UPLOAD_LIMIT_BYTES = 10

    is_problem(sent_to(call("clerk_a"), project, "协议.pdf"), 413)


def test_without_a_key_one_is_told_which_kind_is_wanted(city, client):
    response = client.get("/api/v1/me")

    is_problem(response, 401)
    assert response["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("spoiled", ["ypq_wrong", "", "ypq_\u00e9"])
def test_a_wrong_key_opens_nothing(city, spoiled):
    client = Client(headers={"authorization": f"Bearer {spoiled}"})

    is_problem(client.get("/api/v1/me"), 401)


def test_a_key_that_has_ended_opens_nothing(call):
    client = call("clerk_a")
    Token.objects.update(expires_on=clock.today() - timedelta(days=1))

    is_problem(client.get("/api/v1/me"), 401)


def test_a_session_may_read_but_changes_nothing_without_its_csrf_token(city, settings):
    settings.REQUIRE_TOTP = False
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.officer("clerk_a"))

    assert client.get("/api/v1/me").json()["name"] == "甲园区经办"
    body = {"name": "新客商有限公司", "source": "测试"}
    sent = client.post("/api/v1/enterprises", body, content_type="application/json")
    is_problem(sent, 403)


def test_calling_too_often_says_when_to_go_on(call, monkeypatch):
    monkeypatch.setitem(limits.LIMITS, "api", limits.Limit(2, 60, "调用接口"))
    client = call("clerk_a")
    client.get("/api/v1/me")
    client.get("/api/v1/me")

    response = client.get("/api/v1/me")

    is_problem(response, 429)
    assert 1 <= int(response["Retry-After"]) <= 60


def test_nothing_of_the_interface_is_kept_in_a_cache(call):
    assert call("clerk_a").get("/api/v1/me")["Cache-Control"] == "private, no-store"


def test_a_file_that_is_not_what_its_name_says_is_refused(call):
    response = sent_to(call("clerk_a"), cast.project(), "协议.png")

    is_problem(response, 422)


def sent_to(client, project, name):
    file = SimpleUploadedFile(name, samples.PDF)
    address = f"/api/v1/projects/{project.public_id}/files"
    return client.post(address, {"kind": "agreement", "file": file})
