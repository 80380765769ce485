"""Filing a claim, and how it ends."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests import cast, samples

from yipanqi.domain.leads.models import Claim, Lead

pytestmark = pytest.mark.django_db


def given(matter="液压件生产基地", **changes):
    proof = SimpleUploadedFile("拜访记录.pdf", samples.PDF)
    return {
        "matter": matter,
        "label": "internal",
        "proof_kind": "visit",
        "proof": proof,
        "estimate_fen": "52000",
    } | changes


def filed(client, **changes):
    return client.post(reverse("desk:claim", args=[cast.enterprise().public_id]), given(**changes))


def test_the_first_with_proof_holds_it_until_a_day(as_):
    answer = filed(as_("clerk_a"))

    claim = Claim.objects.get()
    assert "首报成立，保护期至" in answer.content.decode()
    assert str(claim.protected_until) in answer.content.decode()
    assert claim.lead.estimate_fen == 52_000 * 1_000_000


def test_a_second_unit_not_cleared_is_told_only_that_a_ruling_follows(as_):
    filed(as_("clerk_a"))

    text = filed(as_("clerk_b")).content.decode()

    assert "待招商主管部门裁定" in text
    assert "长沙经" not in text


def test_without_proof_nothing_is_filed_and_what_was_typed_stays(as_):
    answer = filed(as_("clerk_a"), proof="")

    assert answer.status_code == 422
    assert "液压件生产基地" in answer.content.decode()
    assert not Lead.objects.exists()


def test_a_file_that_is_not_what_its_name_says_is_refused_with_the_remedy(as_):
    answer = filed(as_("clerk_a"), proof=SimpleUploadedFile("x.pdf", b"MZ not a pdf"))

    assert answer.status_code == 422
    assert "请上传 PDF" in answer.content.decode()
    assert not Lead.objects.exists()


def test_an_amount_that_is_no_number_names_the_unit(as_):
    answer = filed(as_("clerk_a"), estimate_fen="五个亿")

    assert answer.status_code == 422
    assert "单位万元" in answer.content.decode()


def test_who_may_not_file_is_told_whom_to_ask(as_):
    assert filed(as_("auditor")).status_code == 403
