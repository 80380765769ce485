"""首报首谈: the first with proof holds; others are told, or wait for a ruling."""

from datetime import timedelta

import pytest
from tests import cast, samples

from yipanqi.domain.leads import queries
from yipanqi.domain.leads.services import claims, lapsing, rulings
from yipanqi.vocab import clock
from yipanqi.vocab.actors import NotAllowed
from yipanqi.vocab.labels import Label, StateSecret

pytestmark = pytest.mark.django_db


def filing(matter="液压件生产基地", label=Label.INTERNAL, proof="visit"):
    return claims.Filing(
        matter=matter,
        proof_kind=proof,
        proof=samples.pdf() if proof else None,
        chain="gongcheng-jixie",
        link="gcjx-yeya",
        label=label,
    )


def test_the_first_unit_with_proof_holds_the_matter(city):
    outcome = claims.file(cast.enterprise(), filing(), by=cast.clerk_a())

    assert outcome.kind == claims.OutcomeKind.HELD
    assert outcome.until > clock.today()
    assert outcome.lead.claim.proof.kind == "contact_proof"


def test_a_claim_without_proof_is_refused_and_leaves_nothing(city):
    with pytest.raises(claims.ProofMissing):
        claims.file(cast.enterprise(), filing(proof=""), by=cast.clerk_a())

    assert queries.listing(queries.Filters(), seen_by=cast.arbiter()).total == 0


def test_a_second_unit_not_cleared_to_know_waits_for_a_ruling(city):
    claims.file(cast.enterprise(), filing(), by=cast.clerk_a())

    outcome = claims.file(cast.enterprise(), filing(), by=cast.clerk_b())

    assert outcome.kind == claims.OutcomeKind.PENDING
    assert outcome.holder == ""
    assert outcome.until is None


def test_a_second_filing_by_someone_cleared_is_told_the_holder_and_the_day(city):
    first = claims.file(cast.enterprise(), filing(), by=cast.clerk_a())

    outcome = claims.file(cast.enterprise(), filing(), by=cast.dispatcher())

    assert outcome.kind == claims.OutcomeKind.TAKEN
    assert outcome.holder == cast.clerk_a_unit().name
    assert outcome.until == first.until


def test_a_near_duplicate_reads_exactly_like_the_same_matter(city):
    claims.file(cast.enterprise(), filing(), by=cast.clerk_a())

    same = claims.file(cast.enterprise(), filing(), by=cast.clerk_b())
    near = claims.file(cast.enterprise(), filing("液压件生产基地项目"), by=cast.clerk_b())

    assert near.kind == same.kind == claims.OutcomeKind.PENDING
    assert near.sentence == same.sentence


def test_filing_twice_is_harmless(city):
    first = claims.file(cast.enterprise(), filing(), by=cast.clerk_a())
    again = claims.file(cast.enterprise(), filing(), by=cast.clerk_a())

    assert again.kind == claims.OutcomeKind.HELD
    assert again.lead == first.lead


def test_an_ended_window_no_longer_bars_the_way(city):
    first = claims.file(cast.enterprise(), filing(), by=cast.clerk_a())
    later = clock.now() + timedelta(days=(first.until - clock.today()).days + 1)

    with clock.using(lambda: later):
        outcome = claims.file(cast.enterprise(), filing(), by=cast.clerk_b())

    assert outcome.kind == claims.OutcomeKind.HELD


def test_the_nightly_job_lapses_each_claim_once(city):
    first = claims.file(cast.enterprise(), filing(), by=cast.clerk_a())
    later = clock.now() + timedelta(days=(first.until - clock.today()).days + 1)

    with clock.using(lambda: later):
        assert (lapsing.lapse(), lapsing.lapse()) == (1, 0)


def test_an_upheld_filing_takes_the_matter_over(city):
    held = claims.file(cast.enterprise(), filing(), by=cast.clerk_a())
    waiting = claims.file(cast.enterprise(), filing(), by=cast.clerk_b())

    rulings.rule(waiting.lead.claim, uphold=True, because="乙园区先有拜访记录", by=cast.arbiter())

    held.lead.claim.refresh_from_db()
    waiting.lead.claim.refresh_from_db()
    assert (held.lead.claim.state, waiting.lead.claim.state) == ("rejected", "held")
    assert held.lead.claim.ruling == "乙园区先有拜访记录"


def test_a_ruling_without_a_reason_is_refused(city):
    claims.file(cast.enterprise(), filing(), by=cast.clerk_a())
    waiting = claims.file(cast.enterprise(), filing(), by=cast.clerk_b())

    with pytest.raises(rulings.ReasonMissing):
        rulings.rule(waiting.lead.claim, uphold=True, because=" ", by=cast.arbiter())


def test_a_clerk_cannot_rule(city):
    claims.file(cast.enterprise(), filing(), by=cast.clerk_a())
    waiting = claims.file(cast.enterprise(), filing(), by=cast.clerk_b())

    with pytest.raises(NotAllowed):
        rulings.rule(waiting.lead.claim, uphold=True, because="自己裁定", by=cast.clerk_b())


def test_a_unit_sees_only_its_own_filing(city):
    held = claims.file(cast.enterprise(), filing(), by=cast.clerk_a())
    waiting = claims.file(cast.enterprise(), filing(), by=cast.clerk_b())

    seen = queries.of_enterprise(cast.enterprise(), seen_by=cast.clerk_b())

    assert seen == [waiting.lead]
    assert queries.find(held.lead.public_id, seen_by=cast.clerk_b()) is None


def test_a_state_secret_is_refused_at_entry(city):
    with pytest.raises(StateSecret):
        claims.file(cast.enterprise(), filing("绝密★军工项目"), by=cast.clerk_a())


def test_the_cap_of_open_claims_is_kept(city, pack):
    cap = pack.claims().open_claims_cap
    for number in range(cap):
        # Characters far apart, so that no filing looks like another's duplicate.
        apart = "".join(chr(0x4E00 + number * 31 + step) for step in range(6))
        claims.file(cast.enterprise(name=apart), filing(apart[::-1]), by=cast.clerk_a())

    with pytest.raises(claims.TooManyClaims):
        claims.file(cast.enterprise(), filing("另一事项"), by=cast.clerk_a())
