"""Renewing, contesting and handing over, told through the interface alone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests import cast, samples
from tests.delivery.api.test_story import FIRM, sent

from yipanqi.domain.leads.models import Claim, Lead
from yipanqi.vocab import clock

pytestmark = pytest.mark.django_db


def file(salt=b"f"):
    return SimpleUploadedFile("材料.pdf", samples.PDF + salt)


def test_a_wrong_code_is_refused_naming_the_field_and_the_remedy(call, chain):
    client = call("dispatcher")

    wrong = sent(client, "enterprises", **FIRM | {"link": "gcjx-nowhere"})

    assert wrong.status_code == 422
    assert "环节代码“gcjx-nowhere”" in wrong.json()["detail"]
    assert "请从该链的环节中选择" in wrong.json()["detail"]


def test_a_claim_at_a_wrong_chain_is_refused(call, chain):
    lead = cast.lead()
    body = {
        "enterprise": lead.enterprise.public_id, "matter": "新事项", "proof_kind": "visit",
        "proof": file(), "chain": "no-such-chain",
    }  # fmt: skip

    answer = call("clerk_a").post("/api/v1/leads", body)

    assert answer.status_code == 422
    assert "产业链代码“no-such-chain”不在现行目录" in answer.json()["detail"]


def test_likely_duplicates_are_shown_where_one_may_know_and_counted_where_not(call):
    lead = cast.lead()
    ask = f"/api/v1/claims/likely/{lead.enterprise.public_id}"

    seen = call("dispatcher").get(ask, {"matter": "液压件生产基地项目"}).json()
    unseen = call("clerk_b").get(ask, {"matter": "液压件生产基地项目"}).json()
    phase = call("dispatcher").get(ask, {"matter": "液压件生产基地二期"}).json()

    assert [(each["lead"], each["level"]) for each in seen["seen"]] == [(lead.public_id, 2)]
    assert unseen == {"seen": [], "unseen": 1}
    assert phase == {"seen": [], "unseen": 0}


def test_a_renewal_with_progress_lengthens_the_window_once(call):
    lead, client = cast.lead(), call("clerk_a")
    there = f"/api/v1/claims/{lead.public_id}/renewals"
    body = {"words": "已到园区选址", "on": clock.today().isoformat()}

    first = client.post(there, body | {"evidence": file()})
    again = client.post(there, body | {"evidence": file(b"2")})

    assert first.json()["until"] > str(lead.claim.protected_until)
    assert again.status_code == 409


def test_a_contest_is_answered_and_then_ruled(call):
    lead = cast.lead()
    there = f"claims/{lead.public_id}/contests"
    body = {"words": "我单位在先", "proof_kind": "visit", "proof": file()}

    raised = call("dispatcher").post(f"/api/v1/{there}", body).json()
    early = sent(
        call("member"), f"leads/claims/{raised['claim']}/ruling", uphold=True, because="过早"
    )
    told = sent(call("clerk_a"), f"{there}/{raised['claim']}/answer", words="二月已考察").json()
    ruled = sent(
        call("member"), f"leads/claims/{raised['claim']}/ruling", uphold=False, because="维持"
    )

    assert early.status_code == 409
    assert told["answer"] == "二月已考察"
    assert ruled.json()["state"] == "rejected"


def test_a_transfer_is_agreed_and_the_lead_moves(call):
    lead = cast.lead()
    parties = [{"unit": cast.PARK_A, "part": 3}, {"unit": cast.PARK_B, "part": 7}]
    body = {"lead": lead.public_id, "receiver": cast.PARK_B, "reason": "有厂房"}

    made = sent(call("clerk_a"), "transfers", **body, parties=parties).json()
    done = sent(call("clerk_b"), f"transfers/{made['public_id']}/acceptance").json()

    assert (made["state"], done["state"]) == ("proposed", "accepted")
    assert done["since"] == clock.today().isoformat()
    assert call("clerk_b").get(f"/api/v1/leads/{lead.public_id}").status_code == 200
    twice = sent(call("clerk_b"), f"transfers/{made['public_id']}/acceptance")
    assert twice.status_code == 409


def test_registering_a_firm_claims_nothing(call, study):
    """Lists and registrations are knowledge, not contact: only a filing with proof claims."""
    sent(call("dispatcher"), "enterprises", **FIRM)

    assert not Claim.objects.exists()
    assert not Lead.objects.exists()
