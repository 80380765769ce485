"""A signal from capture to lead, told through the interface alone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests import cast, samples
from tests.delivery.api.test_story import sent

from yipanqi.vocab import clock

pytestmark = pytest.mark.django_db
HEARD = {
    "matter": "拟建液压件基地",
    "source": "referral",
    "enterprise_name": "江苏示例液压科技有限公司",
    "referrer": "湖南商会",
    "estimate_fen": 5_000_000_000,
}


def test_from_capture_to_a_lead(call):
    client = call("clerk_a")
    signal = sent(client, "signals", **HEARD).json()
    there = f"signals/{signal['public_id']}"
    assert {term["step"] for term in signal["terms"]} == {"respond", "reply"}

    assert sent(client, f"{there}/response").json()["state"] == "judging"
    judged = sent(client, f"{there}/verdict", worth=True, because="与主导产业吻合").json()
    told = sent(client, f"{there}/progress", words="已通话", on=clock.today().isoformat()).json()
    sent(client, f"{there}/reply", words="已告知")
    firm = sent(client, f"{there}/enterprise").json()["enterprise"]
    proof = SimpleUploadedFile("拜访.pdf", samples.PDF)
    filing = {"enterprise": firm, "matter": HEARD["matter"], "proof_kind": "visit", "proof": proof}
    lead = client.post("/api/v1/leads", filing).json()["lead"]
    ended = sent(client, f"{there}/lead", lead=lead).json()

    assert (judged["state"], told["version"] > judged["version"]) == ("following", True)
    assert (ended["state"], ended["terms"], ended["reply"]) == ("promoted", [], "已告知")


def test_one_alike_is_a_conflict_until_it_was_looked_at(call):
    client = call("clerk_a")
    first = sent(client, "signals", **HEARD).json()

    again = sent(client, "signals", **HEARD)
    near = client.get("/api/v1/signals/likely", {"matter": HEARD["matter"]})

    assert again.status_code == 409
    assert [each["signal"] for each in near.json()["signals"]] == [first["public_id"]]
    assert sent(client, "signals", **HEARD, is_checked=True).status_code == 200


def test_the_same_slip_is_one_signal(call):
    client = call("clerk_a")

    first = sent(client, "signals", **HEARD, slip="a1").json()
    again = sent(client, "signals", **HEARD, slip="a1").json()

    assert first["public_id"] == again["public_id"]


def test_a_stale_correction_is_a_conflict(call):
    client = call("clerk_a")
    there = f"/api/v1/signals/{sent(client, 'signals', **HEARD).json()['public_id']}"
    body = {"matter": "改后", "source": "news", "version": 1}

    first = client.patch(there, body, content_type="application/json")
    again = client.patch(there, body, content_type="application/json")

    assert (first.status_code, first.json()["matter"], again.status_code) == (200, "改后", 409)


def test_passed_on_out_of_sight_it_is_still_told_what_was_done(call):
    signal = cast.signal(by=cast.district())

    answer = sent(
        call("district"), f"signals/{signal.public_id}/assignment", unit=cast.PARK_A, because="选址"
    )

    assert answer.status_code == 200
    assert answer.json()["unit"] == cast.PARK_A
