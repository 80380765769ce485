"""The page of a project's money in place: recording, verifying, sending back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests import cast, samples

from yipanqi.domain.projects.parts import Voucher
from yipanqi.vocab import clock
from yipanqi.vocab.labels import Label

pytestmark = pytest.mark.django_db


def address(project):
    return reverse("desk:project-money", args=[project.public_id])


def sent(client, project, **given):
    told = {
        "kind": "bank_slip",
        "paid_on": clock.today().isoformat(),
        "amount_wan": "1200.5",
        "currency": "CNY",
        "file": SimpleUploadedFile("进账单.pdf", samples.PDF),
    }
    return client.post(address(project), told | given)


def judged(client, voucher, what, **given):
    return client.post(reverse(f"desk:voucher-{what}", args=[voucher.public_id]), given)


def test_a_voucher_is_typed_in_wan_kept_in_fen_and_shown_with_its_paper(as_):
    project, client = cast.project(), as_("clerk_a")

    assert sent(client, project).status_code == 303

    text = client.get(address(project)).content.decode()
    assert Voucher.objects.get().amount_fen == 1_200_500_000
    for word in ("1,200.5 万元", "待核验", "进账单.pdf", "银行进账单"):
        assert word in text
    assert "核验 " not in text


def test_foreign_money_needs_its_rate_and_says_so_at_the_field(as_):
    answer = sent(as_("clerk_a"), cast.project(), currency="USD")

    assert answer.status_code == 422
    assert "外币须填到位当日的汇率" in answer.content.decode()


def test_foreign_money_is_shown_with_currency_rate_and_day(as_):
    project, client = cast.project(), as_("clerk_a")

    sent(client, project, currency="USD", amount_wan="100", rate="6.5342",
         rate_on=clock.today().isoformat())  # fmt: skip

    text = client.get(address(project)).content.decode()
    for word in ("653.42 万元", "100 万美元", "6.5342"):
        assert word in text


def test_another_person_verifies_and_only_once(as_):
    project = cast.project()
    sent(as_("clerk_a"), project)
    voucher = Voucher.objects.get()

    assert judged(as_("clerk_a"), voucher, "verify").status_code == 403
    assert judged(as_("dispatcher"), voucher, "verify").status_code == 303
    assert judged(as_("dispatcher"), voucher, "verify").status_code == 409


def test_sending_back_needs_a_reason_and_takes_the_money_away(as_):
    project = cast.project()
    sent(as_("clerk_a"), project)
    voucher, client = Voucher.objects.get(), as_("dispatcher")

    assert judged(client, voucher, "return").status_code == 422
    assert judged(client, voucher, "return", **{"because-because": "抬头不符"}).status_code == 303

    project.refresh_from_db()
    assert project.paid_in_fen is None
    assert "抬头不符" in client.get(address(project)).content.decode()


def test_another_parks_confidential_money_does_not_exist(as_):
    project = cast.project(label=Label.BUSINESS_SECRET)
    sent(as_("clerk_a"), project)
    client = as_("clerk_b")

    assert client.get(address(project)).status_code == 404
    assert judged(client, Voucher.objects.get(), "verify").status_code == 404


def test_a_reader_gets_no_form(as_):
    project = cast.project()

    text = as_("auditor").get(address(project)).content.decode()

    assert "登记一笔" not in text
    assert sent(as_("auditor"), project).status_code == 403


def test_a_label_raised_hides_the_papers_too(as_):
    project, client = cast.project(), as_("clerk_a")
    sent(client, project)
    paper = Voucher.objects.get().evidence
    project.refresh_from_db()
    edit = reverse("desk:project-edit", args=[project.public_id, "investor"])

    answer = client.post(
        edit, {"name": project.name, "label": "business_secret", "version": project.version}
    )

    paper.refresh_from_db()
    assert answer.status_code == 303
    assert paper.label == Label.BUSINESS_SECRET


def test_many_vouchers_cost_no_more_questions(as_, django_assert_max_num_queries):
    project, client = cast.project(), as_("clerk_a")
    for number in range(4):
        paper = SimpleUploadedFile("单.pdf", samples.pdf(salt=str(number).encode()).chunks[0])
        sent(client, project, file=paper)
    client.get(address(project))

    with django_assert_max_num_queries(13):
        client.get(address(project))


def test_what_waits_is_listed_for_who_may_verify_it_and_not_for_who_recorded_it(as_):
    project = cast.project(name="待核验的项目")
    sent(as_("clerk_a"), project)

    assert "待核验的项目" in as_("dispatcher").get(reverse("desk:vouchers")).content.decode()
    assert "没有待您核验" in as_("clerk_a").get(reverse("desk:vouchers")).content.decode()
