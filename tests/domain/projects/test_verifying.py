"""A stage counts when another person, high enough for the amount, has verified it."""

import pytest
from django.db import IntegrityError, transaction
from tests import cast
from tests.domain.projects.road import SMALL, YI, change, make_signable, verified

from yipanqi.domain.ledger.models import Entry
from yipanqi.domain.projects import life
from yipanqi.domain.projects.moves import StageMove
from yipanqi.domain.projects.services import stages, verifying
from yipanqi.vocab import clock
from yipanqi.vocab.actors import NotAllowed

pytestmark = pytest.mark.django_db


def submitted(total_fen=5 * YI, by=None):
    project = cast.project()
    make_signable(project, total_fen)
    return stages.advance(project, to="signed", by=by or cast.clerk_a())


def test_a_verified_move_changes_the_stage_and_counts_from_that_day(city):
    move = verified(submitted())

    move.project.refresh_from_db()
    assert (move.project.stage, move.project.official) == ("signed", "signed")
    assert (move.state, move.counted_on) == ("verified", clock.today())
    assert move.claimed_on == move.project.agreement_signed_on
    assert move.answered_at >= move.moved_at
    assert Entry.objects.filter(kind="projects.move_verified").exists()


def test_nobody_verifies_what_they_submitted(city):
    move = submitted(by=cast.dispatcher())

    with pytest.raises(NotAllowed, match="提交人"):
        verified(move, by=cast.dispatcher())


def test_the_database_holds_that_rule_too(city):
    move = submitted()

    with pytest.raises(IntegrityError), transaction.atomic():
        StageMove.objects.filter(pk=move.pk).update(
            state="verified",
            answered_by=move.moved_by,
            answered_at=clock.now(),
            counted_on=clock.today(),
        )


def test_a_small_project_is_verified_by_its_own_parks_second_person(city):
    move = submitted(SMALL)

    assert life.to_verify(seen_by=cast.second_a()) == [move]
    verified(move, by=cast.second_a())

    move.project.refresh_from_db()
    assert move.project.stage == "signed"


def test_a_large_project_is_verified_by_the_city(city):
    move = submitted()

    assert life.to_verify(seen_by=cast.second_a()) == []
    with pytest.raises(NotAllowed, match="市级"):
        verified(move, by=cast.second_a())
    assert life.to_verify(seen_by=cast.arbiter()) == [move]


def test_another_park_verifies_nothing_of_it(city):
    move = submitted(SMALL)

    assert life.to_verify(seen_by=cast.clerk_b()) == []
    with pytest.raises(NotAllowed):
        verified(move, by=cast.clerk_b())


def test_what_was_changed_meanwhile_is_looked_at_again(city):
    move = submitted()
    seen = move.project.version
    change(move.project, content="改")

    with pytest.raises(verifying.Overtaken):
        verifying.verify(move, expecting=seen, by=cast.dispatcher())


def test_a_gate_emptied_while_it_waited_stays_closed(city):
    move = submitted()
    change(move.project, agreement_signed_on=None)

    with pytest.raises(stages.GateClosed):
        verified(move)
    move.project.refresh_from_db()
    assert move.project.stage == "talking"


def test_verifying_twice_is_verifying_once(city):
    move = verified(submitted())
    lines = Entry.objects.count()

    assert verified(move) == move
    assert Entry.objects.count() == lines
    with pytest.raises(verifying.NothingToVerify):
        verified(move, by=cast.arbiter())


def test_a_returned_move_says_why_and_may_be_submitted_anew(city):
    move = submitted()
    with pytest.raises(verifying.ReasonMissing):
        verifying.send_back(move, because="", by=cast.dispatcher())

    verifying.send_back(move, because="协议缺盖章页", by=cast.dispatcher())

    assert life.submitted(seen_by=cast.clerk_a()) == [move]
    again = stages.advance(move.project, to="signed", by=cast.clerk_a())
    assert again != move
    assert life.submitted(seen_by=cast.clerk_a()) == [again]


def test_what_waits_can_be_taken_back_by_its_unit_and_by_nobody_else(city):
    move = submitted()

    with pytest.raises(NotAllowed):
        verifying.take_back(move, by=cast.dispatcher())
    verifying.take_back(move, by=cast.second_a())

    assert life.pending(move.project) is None
    with pytest.raises(verifying.NothingToVerify):
        verified(move)


def test_an_unknown_amount_asks_for_the_deepest_look(city):
    project = cast.project(amount_fen=None)

    (signed,) = [each for each in life.ahead(project) if each.stage.code == "signed"]

    assert signed.depth == "city"
