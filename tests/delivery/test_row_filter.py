"""A park's confidential project does not exist for another park: by no page, address or count."""

import json

import pytest
from django.test import Client
from tests import cast, partners, samples

from yipanqi.domain.industries.models import Chain
from yipanqi.domain.investors.services import planning
from yipanqi.domain.projects.moves import StageMove
from yipanqi.domain.projects.services import materials
from yipanqi.vocab import clock
from yipanqi.vocab.labels import Label

pytestmark = pytest.mark.django_db
NAME = "天马绝密液压项目"


@pytest.fixture
def secret(city, evidence_home, settings):
    """Park B's project, a business secret, with an agreement attached."""
    settings.REQUIRE_TOTP = False
    return cast.project(name=NAME, label=Label.BUSINESS_SECRET, by=cast.clerk_b())


@pytest.fixture
def file(secret):
    return materials.attach(secret, samples.pdf("协议.pdf"), kind="agreement", by=cast.clerk_b())


def signed_in(name):
    client = Client()
    client.force_login(cast.officer(name))
    return client


@pytest.mark.parametrize(
    "address",
    [
        "/projects/{project}/",
        "/projects/{project}/edit/agreement/",
        "/projects/{project}/money/",
        "/projects/{project}/tables/years/",
        "/files/{file}/",
        "/investors/leads/{lead}/",
        "/investors/leads/{lead}/renew/",
        "/investors/leads/{lead}/contest/",
        "/investors/leads/{lead}/transfer/",
        "/api/v1/projects/{project}",
        "/api/v1/projects/{project}/steps",
        "/api/v1/projects/{project}/vouchers",
        "/api/v1/projects/{project}/tables",
        "/api/v1/projects/{project}/files",
        "/api/v1/projects/{project}/moves",
        "/api/v1/projects/{project}/waivers",
        "/projects/{project}/end/withdrawn/",
        "/api/v1/leads/{lead}",
        "/api/v1/files/{file}",
    ],
)
def test_each_address_of_it_is_a_404_to_park_a_and_opens_to_park_b(secret, file, address):
    ids = {"project": secret.public_id, "file": file.public_id, "lead": secret.lead.public_id}
    there = address.format(**ids)

    assert signed_in("clerk_a").get(there).status_code == 404
    opened = signed_in("clerk_b").get(there)
    assert opened.status_code == 200
    if opened.streaming:
        opened.getvalue()


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/projects/",
        "/projects/board/",
        "/search/?q=天马",
        "/search/suggestions/?q=天马",
        "/investors/leads/",
        "/api/v1/projects",
        "/api/v1/search?text=天马",
        "/api/v1/leads",
    ],
)
def test_no_list_search_or_board_names_it_to_park_a(secret, address):
    assert NAME not in text_of(signed_in("clerk_a").get(address))
    assert NAME in text_of(signed_in("clerk_b").get(address))


def test_no_list_counts_it_for_park_a(secret):
    assert signed_in("clerk_a").get("/api/v1/projects").json()["total"] == 0
    assert signed_in("clerk_b").get("/api/v1/projects").json()["total"] == 1


def test_its_ledger_is_empty_to_park_a(secret):
    address = f"/api/v1/ledger?subject=projects/{secret.public_id}"

    assert signed_in("clerk_a").get(address).json()["total"] == 0
    assert signed_in("clerk_b").get(address).json()["total"] > 0


def test_park_a_cannot_change_it_either(secret):
    client = signed_in("clerk_a")
    one = f"/api/v1/projects/{secret.public_id}"
    change = {"version": 1, "name": "改了"}

    assert client.patch(one, change, content_type="application/json").status_code == 404
    assert client.post(f"{one}/advance/signed").status_code == 404
    assert client.post(f"/projects/{secret.public_id}/advance/signed/").status_code == 404
    secret.refresh_from_db()
    assert secret.name == NAME


@pytest.fixture
def heard(secret):
    """A signal of park B's, a business secret."""
    return cast.signal(by=cast.clerk_b(), matter=NAME, label=Label.BUSINESS_SECRET)


def test_a_confidential_signal_has_no_address_for_park_a(heard):
    for address in ("/investors/signals/{}/", "/investors/signals/{}/amend/", "/api/v1/signals/{}"):
        there = address.format(heard.public_id)
        assert signed_in("clerk_a").get(there).status_code == 404
        assert signed_in("clerk_b").get(there).status_code == 200


def test_a_confidential_signal_is_on_no_page_of_park_a_and_in_no_count(heard):
    for address in (
        "/investors/signals/", "/search/?q=天马", "/api/v1/signals", "/api/v1/search?text=天马",
    ):  # fmt: skip
        assert NAME not in text_of(signed_in("clerk_a").get(address))
        assert NAME in text_of(signed_in("clerk_b").get(address))
    assert signed_in("clerk_a").get("/api/v1/signals").json()["total"] == 0


def text_of(response):
    assert response.status_code == 200
    if response["Content-Type"].startswith("application/json"):
        return json.dumps(response.json(), ensure_ascii=False)
    return response.content.decode()


@pytest.fixture
def plan(secret):
    """Park B's plan to meet the same firm, a business secret."""
    asked = planning.Plan("visit", clock.today(), NAME, label=Label.BUSINESS_SECRET)
    return planning.plan(secret.enterprise, asked, by=cast.clerk_b())


def test_a_confidential_plan_is_on_no_page_of_park_a_and_has_no_address(plan):
    firm = plan.enterprise.public_id
    addresses = ("/", f"/investors/{firm}/", f"/api/v1/enterprises/{firm}/known")

    for address in addresses:
        assert NAME not in text_of(signed_in("clerk_a").get(address))
        assert NAME in text_of(signed_in("clerk_b").get(address))
    there = f"/investors/plans/{plan.public_id}/"
    assert signed_in("clerk_a").get(there).status_code == 404
    assert signed_in("clerk_b").get(there).status_code == 200


def test_a_hidden_plan_does_not_show_by_the_filter_of_the_library(plan):
    name = plan.enterprise.name

    assert name not in text_of(signed_in("clerk_a").get("/investors/?dealing=planned"))
    assert name in text_of(signed_in("clerk_b").get("/investors/?dealing=planned"))


@pytest.fixture
def named(city):
    """A list of suppliers of 工程机械, a business secret of the bureau."""
    Chain.objects.create(code="gongcheng-jixie", name="工程机械", valid_from=clock.today())
    return partners.listed(label=Label.BUSINESS_SECRET)


def test_a_secret_list_of_suppliers_is_on_no_page_of_a_park_and_has_no_address(named, settings):
    settings.REQUIRE_TOTP = False
    there = f"/chains/partners/{named.public_id}/"

    for address in ("/chains/gongcheng-jixie/partners/", "/api/v1/chains/gongcheng-jixie/partners"):
        assert partners.LEADER not in text_of(signed_in("clerk_a").get(address))
        assert partners.LEADER in text_of(signed_in("dispatcher").get(address))
    assert signed_in("clerk_a").get(there).status_code == 404
    assert signed_in("clerk_a").post(f"{there}undo/", {"because": "误"}).status_code == 404
    assert signed_in("dispatcher").get(there).status_code == 200


def test_its_waiting_move_is_on_no_list_of_another_park_and_has_no_address(secret):
    move = StageMove.objects.create(
        project=secret, kind="advance", before="talking", after="signed", state="pending",
        official_before="talking", official_after="signed", depth="unit", moved_at=clock.now(),
    )  # fmt: skip
    there = f"/projects/moves/{move.public_id}/return/"

    for address in ("/", "/projects/verifications/", "/projects/board/"):
        assert NAME not in text_of(signed_in("clerk_a").get(address))
        assert NAME in text_of(signed_in("clerk_b").get(address))
    assert signed_in("clerk_a").get(there).status_code == 404
    assert signed_in("clerk_b").get(there).status_code == 200
    assert signed_in("clerk_a").get("/api/v1/moves").json() == []
