"""What the browser may run: only files of this site; no page carries anything inline."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from tests import cast

pytestmark = pytest.mark.django_db
TEMPLATES = Path(settings.PACKAGE) / "delivery" / "desk" / "templates"

RUN = ("javascript:", "js:")
ELSEWHERE = ("http:", "https:", "//")


class Inline(HTMLParser):
    """Everything in a page that the policy forbids."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        # Data for a script is no script: it is never run.
        is_data = given.get("type") == "application/json"
        if tag == "style" or (tag == "script" and "src" not in given and not is_data):
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            text = value or ""
            if name == "style" or name.startswith(("on", "hx-on")):
                self.found.append(f"{tag} {name}")
            elif text.strip().lower().startswith(RUN) or (
                name in {"src", "href", "action"} and text.startswith(ELSEWHERE)
            ):
                self.found.append(f"{tag} {name}={text}")


def directives(response):
    parts = (part.split() for part in response["Content-Security-Policy"].split(";"))
    return {name: set(values) for name, *values in parts}


def pages(project):
    firm = project.enterprise.public_id
    officer = cast.officer("clerk_a").public_id
    return [
        "/",
        reverse("desk:chains"),
        reverse("desk:chain", args=["gongcheng-jixie"]),
        reverse("desk:link", args=["gongcheng-jixie", "gcjx-yeya"]),
        reverse("desk:targets", args=["gongcheng-jixie"]),
        reverse("desk:investors"),
        reverse("desk:investor", args=[firm]),
        reverse("desk:investor-new"),
        reverse("desk:claim", args=[firm]),
        reverse("desk:leads"),
        reverse("desk:lead", args=[project.lead.public_id]),
        reverse("desk:rulings"),
        reverse("desk:projects"),
        reverse("desk:board"),
        reverse("desk:project", args=[project.public_id]),
        reverse("desk:project-edit", args=[project.public_id, "agreement"]),
        reverse("desk:ledger"),
        reverse("desk:exports"),
        reverse("desk:people"),
        reverse("desk:officer", args=[officer]),
        reverse("desk:officer-new"),
        reverse("desk:search") + "?q=液压",
        reverse("account_tokens"),
        reverse("mfa_index"),
        reverse("mfa_activate_totp"),
        "/nowhere/",
    ]


@pytest.mark.parametrize("name", ["clerk_a", "auditor", "arbiter", "administrator"])
def test_no_rendered_page_carries_anything_inline(as_, study, evidence_home, name):
    project, client = cast.project(), as_(name)

    found = {}
    for address in pages(project):
        response = client.get(address)
        if inline := Inline(response.content.decode()).found:
            found[address] = inline
        assert response.status_code in {200, 302, 403, 404}, address

    assert found == {}


def test_the_log_in_carries_nothing_inline_either(client):
    assert Inline(client.get(reverse("account_login")).content.decode()).found == []


def test_no_template_at_all_carries_anything_inline():
    # Templates are close enough to HTML for the parser; what one screen shows rarely counts too.
    found = {
        str(path.relative_to(TEMPLATES)): inline
        for path in TEMPLATES.rglob("*.html")
        if (inline := Inline(path.read_text("utf-8")).found)
    }

    assert found == {}


@pytest.mark.parametrize("address", ["/account/login/", "/nowhere/", "/api/v1/me", "/healthz"])
def test_every_answer_bars_what_is_inline_evaluated_or_from_elsewhere(client, city, address):
    policy = directives(client.get(address))

    assert policy["default-src"] == {"'self'"}
    assert policy["script-src"] == {"'self'"}
    assert policy["style-src"] == {"'self'"}
    assert policy["object-src"] == policy["base-uri"] == {"'none'"}
    assert policy["frame-ancestors"] == {"'none'"}
    assert not any("unsafe" in value for values in policy.values() for value in values)


def test_every_answer_forbids_guessing_types_and_framing(client):
    response = client.get("/account/login/")

    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"


def test_the_guard_sees_each_way_of_being_inline():
    page = (
        "<style>p{}</style><script>x()</script><p style='a'></p><b onclick='x()'></b>"
        "<i hx-on:click='x()'></i><a href='javascript:x()'></a><script src='//elsewhere'></script>"
        "<script type='application/json'>{}</script><script src='/static/desk.js'></script>"
    )

    assert len(Inline(page).found) == 7
