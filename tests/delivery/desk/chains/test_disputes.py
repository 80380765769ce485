"""Objecting to a verdict and answering, in the browser's words."""

from django.urls import reverse

from yipanqi.domain.studies.models import Dispute

LINK = ("gongcheng-jixie", "gcjx-yeya")
SAID = {"status": "strong", "reason": "园区现有 12 家油缸厂", "label": "internal"}


def raised(as_):
    answer = as_("clerk_a").post(reverse("desk:dispute", args=LINK), SAID)
    assert answer.status_code == 303, answer.content.decode()
    return Dispute.objects.get()


def test_an_objection_raised_on_a_link_is_seen_there(as_, study):
    raised(as_)

    text = as_("clerk_a").get(reverse("desk:link", args=LINK)).content.decode()

    assert "园区现有 12 家油缸厂" in text
    assert "共被异议 1 次" in text


def test_what_is_missing_is_said_beside_the_form(as_, study):
    answer = as_("clerk_a").post(reverse("desk:dispute", args=LINK), {**SAID, "status": "missing"})

    assert answer.status_code == 422
    assert "不构成异议" in answer.content.decode()


def test_a_second_open_objection_is_a_conflict(as_, study):
    raised(as_)

    assert as_("clerk_a").post(reverse("desk:dispute", args=LINK), SAID).status_code == 409


def test_the_bureau_answers_and_the_unit_reads_it(as_, study):
    dispute = raised(as_)
    address = reverse("desk:dispute-answer", args=[dispute.public_id])
    said = {f"{dispute.public_id}-uphold": "yes", f"{dispute.public_id}-because": "名单已核实"}

    assert as_("arbiter").post(address, said).status_code == 303
    assert as_("arbiter").post(address, said).status_code == 409
    assert "名单已核实" in as_("clerk_a").get(reverse("desk:disputes")).content.decode()


def test_an_answer_without_a_reason_is_shown_with_what_is_missing(as_, study):
    dispute = raised(as_)
    address = reverse("desk:dispute-answer", args=[dispute.public_id])

    answer = as_("arbiter").post(address, {f"{dispute.public_id}-uphold": "no"})

    assert answer.status_code == 422


def test_a_clerk_is_offered_no_answer_and_an_auditor_no_objection(as_, study):
    raised(as_)

    assert "作出答复" not in as_("clerk_b").get(reverse("desk:disputes")).content.decode()
    assert as_("auditor").get(reverse("desk:dispute", args=LINK)).status_code == 403


def test_a_link_of_another_chain_or_without_a_verdict_is_not_found(as_, chain):
    assert as_("clerk_a").get(reverse("desk:dispute", args=LINK)).status_code == 404


def test_the_list_shows_nothing_calmly_and_narrows_by_state(as_, study):
    assert "没有研判异议" in as_("clerk_a").get(reverse("desk:disputes")).content.decode()
    raised(as_)

    listed = as_("clerk_a").get(reverse("desk:disputes"), {"state": "upheld"}).content.decode()

    assert "油缸厂" not in listed
