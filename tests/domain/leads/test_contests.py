"""A held claim is contested with evidence, answered by its holder, and ruled by neither."""

from datetime import timedelta

import pytest
from tests import cast, samples

from yipanqi.domain.leads import queries
from yipanqi.domain.leads.services import claims, contests, rulings
from yipanqi.domain.ledger.models import Entry
from yipanqi.vocab import clock
from yipanqi.vocab.actors import NotAllowed

pytestmark = pytest.mark.django_db
GROUNDS = "我单位三月已与对方董事长面谈并形成纪要"


@pytest.fixture
def held(city, evidence_home):
    return cast.lead().claim


def grounds(words=GROUNDS, salt=b"g"):
    return contests.Grounds(words, "confirmation", samples.pdf("投资方确认.pdf", salt=salt))


def contested(held):
    return contests.contest(held, grounds(), by=cast.dispatcher())


def test_a_contest_is_a_filing_that_waits_with_its_grounds(held):
    claim = contested(held)

    assert (claim.state, claim.rival, claim.unit.code) == ("pending", held, "bureau")
    assert claim.contest.grounds == GROUNDS
    assert [each.claim for each in queries.contests_of(held)] == [claim]
    assert [each.claim for each in queries.to_answer(seen_by=cast.clerk_a())] == [claim]
    assert queries.to_answer(seen_by=cast.clerk_b()) == []


def test_contesting_twice_is_harmless(held):
    assert contested(held) == contested(held)


def test_the_holders_line_does_not_name_the_challenger(held):
    contested(held)

    line = Entry.objects.get(kind="leads.contest_received")
    assert line.stream == f"leads/{held.lead.public_id}"
    assert (line.actor, line.unit) == ("0", "")


def test_a_filing_that_waits_already_is_argued_for(held):
    waiting = claims.file(
        cast.enterprise(),
        claims.Filing("液压件生产基地", "visit", samples.pdf()),
        by=cast.clerk_b(),
    ).lead.claim

    contests.plead(waiting, GROUNDS, by=cast.clerk_b())

    assert queries.contests_of(held)[0].grounds == GROUNDS


def test_no_ruling_before_the_holder_answered_or_its_days_are_over(held, pack):
    claim = contested(held)
    with pytest.raises(rulings.NothingToRule, match="尚未答复"):
        rulings.rule(claim, uphold=True, because="有据", by=cast.member())

    contests.answer(claim, "我单位二月已实地考察", samples.pdf("答复.pdf"), by=cast.clerk_a())
    rulings.rule(claim, uphold=True, because="投资方确认在先", by=cast.member())

    held.refresh_from_db()
    claim.refresh_from_db()
    assert (held.state, claim.state) == ("rejected", "held")


def test_silence_does_not_hold_up_a_ruling_for_ever(held, pack):
    claim = contested(held)
    later = clock.now() + timedelta(days=pack.claims().answer_days + 1)

    with clock.using(lambda: later):
        rulings.rule(claim, uphold=False, because="证明不足", by=cast.member())

    claim.refresh_from_db()
    assert claim.state == "rejected"


def test_a_party_does_not_rule_its_own_case(held):
    claim = contested(held)
    contests.answer(claim, "我单位在先", None, by=cast.clerk_a())

    with pytest.raises(NotAllowed, match="当事一方"):
        rulings.rule(claim, uphold=True, because="自己裁定", by=cast.arbiter())


def test_only_the_holder_answers_and_only_once(held):
    claim = contested(held)
    with pytest.raises(contests.NothingToAnswer):
        contests.answer(claim, "别人答复", None, by=cast.clerk_b())
    contests.answer(claim, "我单位在先", None, by=cast.clerk_a())

    with pytest.raises(contests.NothingToAnswer, match="已答复"):
        contests.answer(claim, "再答一次", None, by=cast.clerk_a())


def test_one_does_not_contest_ones_own_nor_without_grounds(held):
    with pytest.raises(contests.NotContestable):
        contests.contest(held, grounds(), by=cast.clerk_a())
    with pytest.raises(contests.GroundsMissing):
        contests.contest(held, grounds(words=" "), by=cast.dispatcher())
