"""A project moves through its gates with evidence, or is told what is missing."""

from datetime import timedelta

import pytest
from tests import cast, samples

from yipanqi.domain.evidence.services import storing
from yipanqi.domain.ledger.models import Entry
from yipanqi.domain.projects import queries
from yipanqi.domain.projects.services import editing, registering, stages
from yipanqi.vocab import clock
from yipanqi.vocab.actors import NotAllowed
from yipanqi.vocab.facts import PROJECT_FACTS

pytestmark = pytest.mark.django_db

YI = 10_000_000_000


def attach(project, kind):
    storing.attach(
        samples.pdf(f"{kind}.pdf"),
        to=storing.Attachment(queries.subject(project), kind, queries.scope(project)),
        by=cast.clerk_a(),
    )


def make_signable(project):
    facts = {
        "leader": cast.officer("clerk_a"),
        "team_note": "高新区液压件专班",
        "total_investment_fen": 5 * YI,
        "fixed_investment_fen": 3 * YI,
        "project_class": "investment",
        "investment_form": "new",
        "site_kind": "leased_plant",
        "needs_land": False,
        "agreement_signed_on": clock.today(),
        "content": "年产十万台套液压件",
    }
    editing.edit(project, facts, expecting=project.version, by=cast.clerk_a())
    attach(project, "agreement")


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

    shown = {step.code: missing for step, missing in queries.next_steps(project)}

    with pytest.raises(stages.GateClosed) as refused:
        stages.advance(project, to="signed", by=cast.clerk_a())
    assert refused.value.missing == shown["signed"]


def test_an_open_gate_moves_the_project_and_cites_the_sheet(city):
    project = cast.project()
    make_signable(project)

    stages.advance(project, to="signed", by=cast.clerk_a())

    project.refresh_from_db()
    line = Entry.objects.get(kind="projects.stage_advanced")
    assert (project.stage, project.official) == ("signed", "signed")
    assert line.sheet
    assert line.sheet_digest


def test_a_stale_button_is_told_so(city):
    project = cast.project()
    make_signable(project)
    stages.advance(project, to="signed", by=cast.clerk_a())

    with pytest.raises(stages.NotNext):
        stages.advance(project, to="signed", by=cast.clerk_a())


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
    stages.advance(project, to="signed", by=cast.clerk_a())

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
