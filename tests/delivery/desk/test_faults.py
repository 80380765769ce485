"""What a person sees when something is not as asked."""

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_an_absent_page_says_what_to_do_and_gives_a_number(as_):
    answer = as_("clerk_a").get(
        "/projects/222222222222/", headers={"X-Request-ID": "abcdefgh-1234"}
    )

    assert answer.status_code == 404
    assert "没有找到" in answer.content.decode()
    assert "abcdefgh" in answer.content.decode()


def test_a_forged_form_is_refused_in_chinese(city, settings):
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/account/login/", {"login": "x"})

    assert answer.status_code == 403
    assert "页面已过期" in answer.content.decode()


def test_the_language_can_be_changed_by_anybody_even_a_reader(as_):
    client = as_("auditor")

    client.post(reverse("desk:language"), {"language": "en", "next": "/"})

    assert '<html lang="en">' in client.get("/").content.decode()
