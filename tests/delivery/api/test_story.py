"""A matter from its firm to its next stage, told through the interface alone."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests import samples

from yipanqi.domain.evidence.models import EvidenceFile
from yipanqi.domain.ledger.models import Entry
from yipanqi.domain.projects.models import Project

pytestmark = pytest.mark.django_db
FIRM = {
    "name": "江苏示例液压有限公司",
    "source": "接口测试",
    "chain": "gongcheng-jixie",
    "link": "gcjx-yeya",
}


def sent(client, address, **body):
    return client.post(f"/api/v1/{address}", body, content_type="application/json")


def filed(client, firm, matter="液压件基地", label="internal"):
    proof = SimpleUploadedFile("拜访.pdf", samples.PDF + matter.encode() + label.encode())
    body = {
        "enterprise": firm, "matter": matter, "proof_kind": "visit", "proof": proof,
        "chain": "gongcheng-jixie", "link": "gcjx-yeya", "label": label,
    }  # fmt: skip
    return client.post("/api/v1/leads", body)


@pytest.fixture
def firm(call):
    return sent(call("dispatcher"), "enterprises", **FIRM).json()["public_id"]


def opened(client, firm):
    lead = filed(client, firm).json()["lead"]
    return sent(client, "projects", lead=lead, name="示例液压项目").json()


def test_a_firm_is_registered_once_and_found_by_its_initials(call):
    client = call("clerk_a")

    first, again = (sent(client, "enterprises", **FIRM) for _ in range(2))

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["public_id"] == again.json()["public_id"]
    found = client.get("/api/v1/search?text=jssl").json()
    assert [each["title"] for each in found] == [FIRM["name"]]


def test_the_first_to_file_holds_and_the_same_filing_again_is_the_same(call, firm):
    first, again = filed(call("clerk_a"), firm), filed(call("clerk_a"), firm)

    assert first.json()["outcome"] == "held"
    assert first.json()["until"]
    assert again.json()["lead"] == first.json()["lead"]


def test_the_second_learns_nothing_of_a_holder_it_is_not_cleared_to_know(call, firm):
    held = filed(call("clerk_a"), firm, label="business_secret").json()

    later = filed(call("clerk_b"), firm).json()

    assert later["outcome"] == "pending"
    assert (later["holder"], later["until"]) == ("", None)
    assert held["lead"] not in str(later)


def test_the_arbiter_rules_and_the_filer_reads_the_reason(call, firm):
    filed(call("clerk_a"), firm)
    lead = filed(call("clerk_b"), firm).json()["lead"]
    claim = call("clerk_b").get(f"/api/v1/leads/{lead}").json()["claim"]["public_id"]

    ruled = sent(
        call("arbiter"), f"leads/claims/{claim}/ruling", uphold=False, because="先报者已实地洽谈"
    )

    assert ruled.json()["state"] == "rejected"
    told = call("clerk_b").get(f"/api/v1/leads/{lead}").json()["claim"]
    assert told["ruling"] == "先报者已实地洽谈"
    again = sent(call("arbiter"), f"leads/claims/{claim}/ruling", uphold=True, because="再裁")
    assert again.status_code == 409


def test_a_lead_becomes_one_project_however_often_it_is_asked(call, firm):
    client = call("clerk_a")

    first, again = opened(client, firm), opened(client, firm)

    assert first["public_id"] == again["public_id"]
    assert Project.objects.count() == 1
    assert first["paid_in_fen"] is None


def test_an_edit_changes_what_is_sent_and_clears_what_is_null(call, firm):
    client = call("clerk_a")
    project = opened(client, firm)
    address = f"/api/v1/projects/{project['public_id']}"
    change = {"version": 1, "total_investment_fen": 123_456_00, "needs_land": False}
    client.patch(address, change, content_type="application/json")

    after = client.patch(
        address, {"version": 2, "total_investment_fen": None}, content_type="application/json"
    ).json()

    assert after["version"] == 3
    assert after["total_investment_fen"] is None
    assert after["needs_land"] is False


def test_a_file_goes_in_and_comes_out_the_same_as_an_attachment(call, firm):
    client = call("clerk_a")
    project = opened(client, firm)["public_id"]
    body = {
        "kind": "agreement", "source": "签约仪式", "dated": "2018-03-01",
        "file": SimpleUploadedFile("协议.pdf", samples.PDF),
    }  # fmt: skip

    kept = client.post(f"/api/v1/projects/{project}/files", body).json()
    taken = client.get(f"/api/v1/files/{kept['public_id']}")

    assert kept["sha256"] == hashlib.sha256(samples.PDF).hexdigest()
    assert taken.getvalue() == samples.PDF
    assert taken["Content-Disposition"].startswith("attachment")
    assert taken["Content-Type"] == "application/octet-stream"
    assert taken["X-Content-Type-Options"] == "nosniff"
    assert EvidenceFile.objects.get(public_id=kept["public_id"]).source == "签约仪式"
    assert Entry.objects.filter(kind="evidence.downloaded").count() == 1


def test_what_was_done_reads_as_sentences_in_the_ledger(call, firm):
    client = call("clerk_a")
    project = opened(client, firm)["public_id"]

    lines = client.get(f"/api/v1/ledger?subject=projects/{project}").json()

    assert lines["total"] == 1
    assert "建立项目" in lines["rows"][0]["sentence"]


def test_who_checks_the_ledger_is_told_whether_it_holds(call, firm):
    found = call("auditor").get("/api/v1/ledger/verification").json()

    assert found["sound"] is True
    assert "核验通过" in found["sentence"]
