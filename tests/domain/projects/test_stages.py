"""A project moves through its gates with evidence, or is told what is missing."""

from datetime import timedelta

import pytest
from tests import cast
from tests.domain.projects.road import make_signable, make_startable, signed, verified

from yipanqi.domain.ledger.models import Entry
from yipanqi.domain.projects import life, queries
from yipanqi.domain.projects.services import editing, registering, stages
from yipanqi.vocab import clock
from yipanqi.vocab.actors import NotAllowed
from yipanqi.vocab.facts import PROJECT_FACTS

pytestmark = pytest.mark.django_db


def test_a_closed_gate_changes_nothing_and_says_why(city):
    project = cast.project()
    lines = Entry.objects.count()

    with pytest.raises(stages.GateClosed) as refused:
        stages.advance(project, to="signed", by=cast.clerk_a())

    project.refresh_from_db()
    assert project.stage == "talking"
    assert all(row.message and row.remedy and row.source for row in refused.value.missing)
    assert Entry.objects.count() == lines


def test_the_refusal_and_the_still_missing_list_are_one_answer(city):
    project = cast.project()

    shown = {each.stage.code: each.gate.missing for each in life.ahead(project)}

    with pytest.raises(stages.GateClosed) as refused:
        stages.advance(project, to="signed", by=cast.clerk_a())
    assert refused.value.missing == shown["signed"]


def test_an_open_gate_lets_the_move_wait_and_nothing_counts_yet(city):
    project = cast.project()
    make_signable(project)

    move = stages.advance(project, to="signed", by=cast.clerk_a())

    project.refresh_from_db()
    line = Entry.objects.get(kind="projects.stage_submitted")
    assert (project.stage, project.official, move.state) == ("talking", "talking", "pending")
    assert life.verified_on(project, "signed") is None
    assert line.sheet
    assert line.sheet_digest


def test_a_step_nobody_has_to_verify_is_made_at_once(city):
    project = cast.project()
    make_signable(project)

    move = stages.advance(project, to="ready", by=cast.clerk_a())

    project.refresh_from_db()
    assert (project.stage, project.official, move.state) == ("ready", "talking", "exempt")
    assert Entry.objects.filter(kind="projects.stage_advanced").exists()


def test_pressing_twice_is_pressing_once(city):
    project = cast.project()
    make_signable(project)
    first = stages.advance(project, to="signed", by=cast.clerk_a())
    lines = Entry.objects.count()

    assert stages.advance(project, to="signed", by=cast.clerk_a()) == first
    verified(first)
    assert stages.advance(project, to="signed", by=cast.clerk_a()) == first
    assert Entry.objects.filter(kind="projects.stage_submitted").count() == 1
    assert Entry.objects.count() > lines


def test_a_stale_button_is_told_so(city):
    project = cast.project()
    make_signable(project)
    verified(stages.advance(project, to="signed", by=cast.clerk_a()), by=cast.arbiter())

    with pytest.raises(stages.NotNext, match="刷新"):
        stages.advance(project, to="signed", by=cast.dispatcher())


def test_while_one_move_waits_no_other_is_taken(city):
    project = cast.project()
    make_signable(project)
    stages.advance(project, to="signed", by=cast.clerk_a())

    with pytest.raises(stages.Waiting, match="待核验"):
        stages.advance(project, to="ready", by=cast.clerk_a())


def test_a_skip_passes_every_gate_on_its_way(city):
    project = cast.project()
    make_signable(project)

    with pytest.raises(stages.GateClosed) as refused:
        stages.skip(project, to="started", because="签约即开工", by=cast.dispatcher())
    assert {row.to for row in refused.value.missing} == {"started"}

    make_startable(project)
    move = stages.skip(project, to="started", because="签约即开工", by=cast.dispatcher())
    verified(move, by=cast.arbiter())
    project.refresh_from_db()
    assert project.stage == "started"
    assert life.verified_on(project, "signed") == life.verified_on(project, "started") is not None


@pytest.mark.parametrize("act", [stages.skip, stages.move_back])
def test_a_move_off_the_road_needs_a_reason_and_the_role(city, act):
    project = signed()

    with pytest.raises(stages.ReasonMissing):
        act(project, to="talking", because=" ", by=cast.dispatcher())
    with pytest.raises(NotAllowed):
        act(project, to="talking", because="误报", by=cast.clerk_a())


def test_a_move_back_makes_what_was_counted_count_no_more(city):
    project = signed()
    assert life.verified_on(project, "signed") == clock.today()

    stages.move_back(project, to="talking", because="协议未生效", by=cast.dispatcher())

    project.refresh_from_db()
    assert (project.stage, project.official) == ("talking", "talking")
    assert life.verified_on(project, "signed") is None


def test_one_goes_back_only_to_where_one_was(city):
    with pytest.raises(stages.NotNext, match="已经过"):
        stages.move_back(signed(), to="built", because="误报", by=cast.dispatcher())


def test_an_officer_without_the_verb_moves_nothing(city):
    with pytest.raises(NotAllowed):
        stages.advance(cast.project(), to="signed", by=cast.auditor())


def test_a_stale_edit_is_refused_and_shows_what_is_there_now(city):
    project = cast.project()
    seen = project.version
    editing.edit(project, {"content": "先改"}, expecting=seen, by=cast.clerk_a())

    with pytest.raises(editing.StaleEdit) as stale:
        editing.edit(project, {"content": "后改"}, expecting=seen, by=cast.clerk_a())

    assert stale.value.current == {"content": "先改"}


@pytest.mark.parametrize(
    "changes",
    [
        {"total_investment_fen": -1},
        {"total_investment_fen": 1, "fixed_investment_fen": 2},
        {"name": "（）"},
        {"stage": "built"},
    ],
)
def test_an_absurd_value_is_refused(city, changes):
    project = cast.project()

    with pytest.raises(editing.Unclear):
        editing.edit(project, changes, expecting=project.version, by=cast.clerk_a())


def test_a_day_that_has_not_come_cannot_be_recorded(city):
    project = cast.project()
    tomorrow = clock.today() + timedelta(days=1)

    with pytest.raises(editing.Unclear, match="不能晚于今天"):
        editing.edit(
            project, {"started_on": tomorrow}, expecting=project.version, by=cast.clerk_a()
        )


def test_what_a_passed_gate_rests_on_cannot_be_emptied(city):
    project = cast.project()
    make_signable(project)
    verified(stages.advance(project, to="signed", by=cast.clerk_a()))
    project.refresh_from_db()

    with pytest.raises(editing.GateEmptied):
        editing.edit(
            project, {"agreement_signed_on": None}, expecting=project.version, by=cast.clerk_a()
        )


def test_a_lead_becomes_one_project_however_often_it_is_pressed(city):
    lead = cast.lead()
    draft = registering.Draft("三一液压件项目")

    first = registering.create(lead, draft, by=cast.clerk_a())

    assert registering.create(lead, draft, by=cast.clerk_a()) == first


def test_another_unit_cannot_open_a_project_from_the_lead(city):
    with pytest.raises(registering.NotHeld):
        registering.create(cast.lead(), registering.Draft("抢来的项目"), by=cast.clerk_b())


def test_the_answers_are_the_closed_list_of_facts(city):
    assert set(queries.facts(cast.project())) == set(PROJECT_FACTS)
