"""Renewing, contesting and answering on the desk."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests import cast, samples

from yipanqi.domain.leads.models import Claim, Contest, Renewal
from yipanqi.vocab import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(as_, evidence_home):
    return cast.lead()


def file(salt=b"k"):
    return SimpleUploadedFile("材料.pdf", samples.PDF + salt)


def at(name, *parts):
    return reverse(f"desk:{name}", args=parts)


def text(client, lead):
    return client.get(at("lead", lead.public_id)).content.decode()


def test_the_lead_says_when_its_protection_ends_and_offers_a_renewal(as_, lead):
    shown = text(as_("clerk_a"), lead)

    assert "天无实质进展失效" in shown
    assert at("lead-renew", lead.public_id) in shown


def test_a_renewal_shows_on_the_lead(as_, lead):
    given = {"words": "已到园区选址", "on": clock.today().isoformat(), "evidence": file()}

    as_("clerk_a").post(at("lead-renew", lead.public_id), given)

    assert Renewal.objects.get().claim == lead.claim
    assert "已到园区选址" in text(as_("clerk_a"), lead)


def test_a_renewal_without_evidence_is_refused_and_keeps_what_was_typed(as_, lead):
    given = {"words": "已到园区选址", "on": clock.today().isoformat()}

    answer = as_("clerk_a").post(at("lead-renew", lead.public_id), given)

    assert answer.status_code == 422
    assert "已到园区选址" in answer.content.decode()


def test_a_contest_is_raised_answered_and_read_by_the_one_who_rules(as_, lead):
    given = {"words": "我局三月已面谈", "proof_kind": "visit", "proof": file()}
    as_("dispatcher").post(at("lead-contest", lead.public_id), given)
    claim = Contest.objects.get().claim

    answered = as_("clerk_a").post(
        at("contest-answer", lead.public_id, claim.public_id), {"words": "我园二月已考察"}
    )

    assert answered.status_code == 303
    assert "我局三月已面谈" in text(as_("clerk_a"), lead)
    shown = as_("member").get(at("rulings")).content.decode()
    assert "我局三月已面谈" in shown
    assert "我园二月已考察" in shown
    again = as_("clerk_a").post(
        at("contest-answer", lead.public_id, claim.public_id), {"words": "再答"}
    )
    assert again.status_code == 409


def test_a_contest_waits_on_the_holders_day(as_, lead):
    given = {"words": "我局在先", "proof_kind": "visit", "proof": file()}
    as_("dispatcher").post(at("lead-contest", lead.public_id), given)

    assert "待本单位答复" in as_("clerk_a").get(at("today")).content.decode()
    assert "待本单位答复" not in as_("clerk_b").get(at("today")).content.decode()


def test_one_does_not_contest_what_one_may_not_know(as_, lead):
    assert as_("clerk_b").get(at("lead-contest", lead.public_id)).status_code == 404
    assert as_("auditor").get(at("lead-contest", lead.public_id)).status_code == 403


def test_what_is_being_typed_meets_what_is_registered(as_, lead):
    there = at("claim-likely", lead.enterprise.public_id)
    typed = {"matter": "液压件生产基地项目"}

    seen = as_("dispatcher").get(there, typed).content.decode()
    unseen = as_("clerk_b").get(there, typed).content.decode()

    assert "二级" in seen
    assert "长沙经济技术开发区" in seen
    assert "另有 1 条不在您的查看范围内" in unseen
    assert "长沙经" not in unseen
    assert "没有相近的登记" in as_("clerk_b").get(there, {"matter": "生物医药"}).content.decode()
    assert Claim.objects.count() == 1
