"""Merging over the API: the same services, with the preview's mark sent back."""

import pytest
from django.test import Client
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city", "evidence_home")]
KEPT, OTHER = "江苏示例液压科技有限公司", "示例液压科技（江苏）公司"


@pytest.fixture
def pair():
    return cast.enterprise(KEPT), cast.enterprise(OTHER)


def signed_in(name, settings):
    settings.REQUIRE_TOTP = False
    client = Client()
    client.force_login(cast.officer(name))
    return client


def sent(client, address, **body):
    return client.post(f"/api/v1/{address}", body, content_type="application/json")


def merged(client, pair, **more):
    kept, other = (each.public_id for each in pair)
    preview = client.get(f"/api/v1/enterprises/{kept}/merging/{other}").json()
    mark = preview.get("mark", "0" * 16)
    body = {"absorbed": other, "because": "同一份营业执照", "mark": mark, **more}
    return sent(client, f"enterprises/{kept}/merging", **body)


def test_two_records_become_one_and_are_two_again(pair, settings):
    client = signed_in("dispatcher", settings)

    done = merged(client, pair, fields=["name"])

    assert done.status_code == 201
    assert done.json()["kept"]["name"] == OTHER
    old = client.get(f"/api/v1/enterprises/{pair[1].public_id}").json()
    assert old["public_id"] == pair[0].public_id
    undone = sent(client, f"mergings/{done.json()['public_id']}/undo", because="两家")
    assert undone.json()["public_id"] == pair[1].public_id


def test_refusals_have_their_statuses(pair, settings):
    client = signed_in("dispatcher", settings)
    one = pair[0].public_id

    assert merged(client, pair, mark="0" * 16).status_code == 409
    assert merged(client, pair, because=" ").status_code == 422
    assert merged(client, pair, absorbed=one).status_code == 422
    assert merged(client, pair, absorbed="nowhere").status_code == 404
    assert merged(signed_in("clerk_a", settings), pair, mark="0" * 16).status_code == 403
    done = merged(client, pair).json()["public_id"]
    undo = f"mergings/{done}/undo"
    assert sent(signed_in("clerk_a", settings), undo, because="两家").status_code == 404
    assert sent(client, undo, because="两家").status_code == 200
    assert sent(client, undo, because="两家").status_code == 409
