"""One target: a look whether it lives, and what came of it, written down where it is shown."""

import pytest
from django.urls import reverse
from tests import cast

from yipanqi.domain.investors.services import registering
from yipanqi.domain.studies.models import Target
from yipanqi.domain.studies.services import feedback
from yipanqi.domain.studies.services.feedback import Answer
from yipanqi.domain.studies.told import Check, Response
from yipanqi.vocab import clock
from yipanqi.vocab.labels import Label

LIST = "/chains/gongcheng-jixie/targets/?link=gcjx-yeya"
LOOK = {"look-way": "visit", "look-result": "alive", "look-checked_on": "2018-06-01"}
ANSWER = {"answer-happened_on": "2018-06-01", "answer-label": "internal"}


@pytest.fixture
def target(study):
    return Target.objects.select_related("study").get(rank=1)


def at(name, target):
    return reverse(f"desk:{name}", args=[target.public_id])


def test_a_look_is_shown_with_who_and_when_and_in_the_ledger(as_, target):
    Target.objects.filter(pk=target.pk).update(last_sign_on=None)

    answer = as_("clerk_a").post(at("target-check", target), LOOK, follow=True)

    text = answer.content.decode()
    for word in (
        "2018-06-01 存续",
        "长沙经开区核实（实地走访）",
        "甲园区经办",
        "登记核实：存续（实地走访，2018-06-01）",
    ):
        assert word in text
    assert Check.objects.get().registry_id == "r1"


def test_a_look_that_lacks_something_says_what_and_keeps_what_was_typed(as_, target):
    answer = as_("clerk_a").post(at("target-check", target), {**LOOK, "look-way": "other"})

    assert answer.status_code == 422
    assert "请在说明里写明怎么核实的" in answer.content.decode()
    assert not Check.objects.exists()


def test_a_refusal_without_a_reason_is_explained(as_, target):
    sent = {**ANSWER, "answer-outcome": "refused"}

    answer = as_("clerk_a").post(at("target-answer", target), sent)

    assert answer.status_code == 422
    assert "婉拒原因未填" in answer.content.decode()


def test_an_answer_is_shown_on_the_list_to_those_who_may_know(as_, target):
    sent = {**ANSWER, "answer-outcome": "refused", "answer-reason": "已在合肥建厂"}
    as_("clerk_a").post(at("target-answer", target), sent)

    assert "婉拒</span>" in as_("clerk_a").get(LIST).content.decode()
    assert "婉拒</span>" not in as_("clerk_b").get(LIST).content.decode()
    assert "已在合肥建厂" not in as_("clerk_b").get(at("target", target)).content.decode()


def test_a_landing_names_a_project_of_the_firm_that_one_may_see(as_, target):
    facts = registering.EnterpriseFacts(name=target.name, code=target.code, source="测试")
    firm, _ = registering.register(facts, by=cast.clerk_a())
    project = cast.projects.create(
        cast.lead(firm=firm), cast.projects.Draft(name="示例液压件项目"), by=cast.clerk_a()
    )
    sent = {**ANSWER, "answer-outcome": "landed", "answer-project": project.public_id}

    refused = as_("clerk_b").post(at("target-answer", target), sent)
    as_("clerk_a").post(at("target-answer", target), sent)

    assert refused.status_code == 422
    assert Response.objects.get().project == project
    assert "示例液压件项目" in as_("clerk_a").get(at("target", target)).content.decode()


def test_telling_the_same_twice_is_a_conflict_and_taking_back_leaves_the_list(as_, target):
    sent = {**ANSWER, "answer-outcome": "contacted"}
    client = as_("clerk_a")
    client.post(at("target-answer", target), sent)

    assert client.post(at("target-answer", target), sent).status_code == 409

    taken = reverse("desk:answer-withdraw", args=[Response.objects.get().public_id])
    assert as_("clerk_b").post(taken).status_code == 404
    assert client.post(taken).status_code == 303
    assert "已接触</span>" not in client.get(LIST).content.decode()


def test_a_secret_answer_does_not_exist_for_another_unit(as_, target):
    told = Answer("contacted", clock.today(), label=Label.BUSINESS_SECRET, reason="董事长来访")
    feedback.answer(target, told, by=cast.clerk_a())

    text = as_("clerk_b").get(at("target", target)).content.decode()

    assert "董事长来访" not in text
    assert "招引目标反馈" not in text


def test_a_reader_gets_no_forms_and_is_refused(as_, target):
    client = as_("auditor")

    assert "登记一次核实" not in client.get(at("target", target)).content.decode()
    assert client.post(at("target-check", target), LOOK).status_code == 403


def test_the_page_costs_no_more_than_twenty_questions(as_, target, django_assert_max_num_queries):
    client = as_("clerk_a")
    client.get(at("target", target))

    with django_assert_max_num_queries(20):
        client.get(at("target", target))
