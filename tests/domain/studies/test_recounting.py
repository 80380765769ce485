"""A study computed again is held against the one kept, row by row and field by field."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from tests import cast
from tests.domain.studies.test_publishing import DIAGNOSIS, LINK, RANKING, TARGET

from yipanqi.domain.ledger.models import Entry
from yipanqi.domain.studies import runs
from yipanqi.domain.studies.models import Recount, RunState
from yipanqi.domain.studies.services import publishing, recounting, running
from yipanqi.vocab import clock
from yipanqi.vocab.actors import HOUSE, NotAllowed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]


@pytest.fixture
def diagnosed():
    return publishing.publish_diagnosis(DIAGNOSIS, by=HOUSE)


def test_the_same_answer_differs_in_no_row(diagnosed):
    listed = publishing.publish_targets(RANKING, by=HOUSE)

    assert recounting.hold_against(diagnosed, DIAGNOSIS).differing == 0
    found = recounting.hold_against(listed, RANKING)
    assert (found.rows, found.differing) == (1, 0)


def test_another_figure_is_named_with_what_it_was_and_is(diagnosed):
    other = replace(DIAGNOSIS, links=(replace(LINK, quotient=Decimal("1.8")),))

    found = recounting.hold_against(diagnosed, other)

    (difference,) = found.differences
    assert found.differing == 1
    assert (difference.row, difference.field) == ("gcjx-yeya", "quotient")
    assert (difference.was, difference.now) == ("1.7429", "1.8")


def test_a_row_more_is_a_difference():
    listed = publishing.publish_targets(RANKING, by=HOUSE)
    longer = replace(RANKING, targets=(TARGET, replace(TARGET, rank=2, registry_id="r2")))

    found = recounting.hold_against(listed, longer)

    assert (found.rows, found.differing) == (2, 1)
    assert [(each.row, each.now) for each in found.differences] == [("gcjx-yeya · 2", "有")]


def test_other_data_cannot_be_compared(diagnosed):
    with pytest.raises(recounting.NoInput, match="不能比较"):
        recounting.hold_against(diagnosed, replace(DIAGNOSIS, snapshot="made-up-2"))


def test_a_recount_is_asked_for_once_by_who_may_and_ends_in_the_ledger(diagnosed):
    with pytest.raises(NotAllowed):
        recounting.ask(diagnosed, by=cast.auditor())
    recounting.ask(diagnosed, by=cast.dispatcher())
    with pytest.raises(recounting.AlreadyAsked):
        recounting.ask(diagnosed, by=cast.dispatcher())

    row = recounting.take()
    recounting.finish(row, recounting.hold_against(diagnosed, DIAGNOSIS))

    assert (row.state, row.rows, row.differing) == (RunState.DONE, 1, 0)
    assert Entry.objects.filter(kind="studies.recount_ended").exists()
    assert recounting.take() is None


def test_a_recount_waits_while_a_run_works(diagnosed):
    recounting.ask(diagnosed, by=cast.dispatcher())
    running.ask("长沙", by=cast.dispatcher())

    assert not runs.recounts_waiting().exists()
    running.stop(running.take())
    assert runs.recounts_waiting().exists()


def test_a_recount_whose_process_keeps_dying_fails(diagnosed):
    recounting.ask(diagnosed, by=cast.dispatcher())
    recounting.take()
    later = clock.now() + timedelta(hours=2)

    with clock.using(lambda: later):
        assert recounting.take() is None

    row = Recount.objects.get()
    assert (row.state, "内存" in row.fault) == (RunState.FAILED, True)
