"""An objection to a verdict is kept with what was said, answered by another, and counted."""

from dataclasses import replace

import pytest
from tests import cast
from tests.domain.studies.test_publishing import DIAGNOSIS

from yipanqi.domain.ledger.models import Entry
from yipanqi.domain.studies import queries
from yipanqi.domain.studies.models import LinkVerdict
from yipanqi.domain.studies.services import disputing, publishing
from yipanqi.domain.studies.services.disputing import Objection
from yipanqi.vocab.actors import HOUSE, NotAllowed
from yipanqi.vocab.labels import Label, StateSecret

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]

STRONG = Objection("strong", "园区现有 12 家油缸厂，名单见走访记录")


@pytest.fixture
def verdict():
    publishing.publish_diagnosis(DIAGNOSIS, by=HOUSE)
    return LinkVerdict.objects.get(link="gcjx-yeya")


def test_an_objection_keeps_what_the_verdict_said_and_stands_in_the_ledger(verdict):
    raised = disputing.dispute(verdict, STRONG, by=cast.clerk_a())

    assert (raised.status_said, raised.rule, raised.status_held) == (
        "weak",
        "weak-otherwise",
        "strong",
    )
    line = Entry.objects.get(kind="studies.verdict_disputed")
    assert line.stream == f"studies/{raised.public_id}"


@pytest.mark.parametrize(
    ("objection", "sentence"),
    [
        (Objection("weak", "同样"), "不构成异议"),
        (Objection("strong", " "), "理由未填"),
        (Objection("great", "好"), "强、弱或缺"),
    ],
)
def test_an_objection_without_grounds_is_refused(verdict, objection, sentence):
    with pytest.raises(disputing.Unfounded, match=sentence):
        disputing.dispute(verdict, objection, by=cast.clerk_a())


def test_state_secrets_are_not_written_down(verdict):
    with pytest.raises(StateSecret):
        disputing.dispute(verdict, Objection("strong", "机密★10年 某厂"), by=cast.clerk_a())


def test_a_unit_has_one_open_objection_to_a_verdict_and_others_have_theirs(verdict):
    disputing.dispute(verdict, STRONG, by=cast.clerk_a())
    disputing.dispute(verdict, STRONG, by=cast.clerk_b())

    with pytest.raises(disputing.AlreadyDisputed):
        disputing.dispute(verdict, STRONG, by=cast.clerk_a())


def test_an_answer_closes_it_once_and_counts_for_the_rule(verdict):
    raised = disputing.dispute(verdict, STRONG, by=cast.clerk_a())

    disputing.answer(raised, uphold=True, because="已核实名单", by=cast.arbiter())

    assert queries.record_of("weak-otherwise") == queries.Record(disputed=1, upheld=1, open=0)
    with pytest.raises(disputing.NothingToAnswer):
        disputing.answer(raised, uphold=False, because="再答一次", by=cast.arbiter())


def test_nobody_answers_their_own_objection_or_without_being_allowed(verdict):
    own = disputing.dispute(verdict, STRONG, by=cast.dispatcher())

    with pytest.raises(disputing.OwnDispute):
        disputing.answer(own, uphold=True, because="自己说了算", by=cast.dispatcher())
    with pytest.raises(NotAllowed):
        disputing.answer(own, uphold=True, because="越权", by=cast.clerk_a())
    with pytest.raises(NotAllowed):
        disputing.dispute(verdict, STRONG, by=cast.auditor())


def test_an_objection_above_a_persons_reach_does_not_exist_for_them(verdict):
    secret = Objection("strong", "客商透露的扩产计划", Label.BUSINESS_SECRET)
    raised = disputing.dispute(verdict, secret, by=cast.clerk_a())

    seen = queries.disputes("gongcheng-jixie", "gcjx-yeya", seen_by=cast.clerk_b())

    assert seen == []
    assert queries.dispute(raised.public_id, seen_by=cast.clerk_b()) is None
    assert queries.dispute(raised.public_id, seen_by=cast.clerk_a()) == raised


def test_a_later_study_leaves_the_objection_to_the_earlier_one(verdict):
    raised = disputing.dispute(verdict, STRONG, by=cast.clerk_a())
    publishing.publish_diagnosis(replace(DIAGNOSIS, snapshot="made-up-2"), by=HOUSE)

    (kept,) = queries.disputes("gongcheng-jixie", "gcjx-yeya", seen_by=cast.clerk_a())
    assert (kept, kept.study.snapshot) == (raised, "made-up-1")
