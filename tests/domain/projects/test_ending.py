"""A project leaves the road in a way that is open to it, with a reason, and is then read-only."""

import pytest
from tests import cast
from tests.domain.projects.road import attach, make_signable, signed

from yipanqi.domain.projects import figures, life, queries
from yipanqi.domain.projects.queries import Filters
from yipanqi.domain.projects.services import editing, ending, stages
from yipanqi.vocab.actors import NotAllowed

pytestmark = pytest.mark.django_db


def withdrawn():
    project = cast.project()
    ending.end(project, how="withdrawn", because="客商放弃", by=cast.clerk_a())
    project.refresh_from_db()
    return project


def test_a_withdrawn_project_counts_and_lists_no_more_but_is_found(city):
    project = withdrawn()

    assert figures.totals(Filters(), seen_by=cast.clerk_a()).count == 0
    assert queries.listing(Filters(), seen_by=cast.clerk_a()).total == 0
    assert queries.listing(Filters(ended="withdrawn"), seen_by=cast.clerk_a()).total == 1
    assert queries.suggestions("示例", seen_by=cast.clerk_a()) == [project]


def test_an_ended_project_is_read_only(city):
    project = withdrawn()

    with pytest.raises(life.Ended, match="退库"):
        editing.edit(project, {"content": "改"}, expecting=project.version, by=cast.clerk_a())
    with pytest.raises(life.Ended):
        stages.advance(project, to="ready", by=cast.clerk_a())
    assert life.ahead(project) == []


def test_a_signed_project_is_not_withdrawn(city):
    with pytest.raises(ending.NotOpen, match="在谈"):
        ending.end(signed(), how="withdrawn", because="客商放弃", by=cast.clerk_a())


def test_a_termination_waits_for_its_paper_and_the_role(city):
    project = signed()

    with pytest.raises(NotAllowed):
        ending.end(project, how="terminated", because="协商解除", by=cast.clerk_a())
    with pytest.raises(stages.GateClosed, match="解除"):
        ending.end(project, how="terminated", because="协商解除", by=cast.dispatcher())

    attach(project, "exit_agreement")
    ending.end(project, how="terminated", because="协商解除", by=cast.dispatcher())
    project.refresh_from_db()
    assert (project.ended_as, project.stage) == ("terminated", "signed")


def test_what_is_handed_to_another_unit_goes_with_its_lead(city):
    with pytest.raises(ending.NotOpen, match="线索"):
        ending.end(cast.project(), how="moved", because="去别处", by=cast.clerk_a())


def test_ending_twice_is_ending_once(city):
    project = withdrawn()

    again = ending.end(project, how="withdrawn", because="客商放弃", by=cast.clerk_a())

    assert life.departure(project) == again


def test_an_end_needs_a_reason(city):
    with pytest.raises(ending.ReasonMissing):
        ending.end(cast.project(), how="withdrawn", because="", by=cast.clerk_a())


def test_a_move_that_waits_is_taken_back_when_the_project_ends(city):
    project = cast.project()
    make_signable(project)
    stages.advance(project, to="signed", by=cast.clerk_a())

    ending.end(project, how="withdrawn", because="客商放弃", by=cast.clerk_a())

    assert life.pending(project) is None


def test_a_reopened_project_goes_on_where_it_left(city):
    project = withdrawn()
    with pytest.raises(NotAllowed):
        ending.reopen(project, because="客商回来了", by=cast.clerk_a())

    ending.reopen(project, because="客商回来了", by=cast.dispatcher())

    project.refresh_from_db()
    assert (project.ended_as, project.stage, project.ended_on) == ("", "talking", None)
    assert life.ahead(project)


def test_a_cleared_project_does_not_come_back(city):
    project = signed()
    attach(project, "exit_notice")
    ending.end(project, how="cleared", because="限期未开工", by=cast.dispatcher())

    with pytest.raises(ending.NotOpen, match="清退"):
        ending.reopen(project, because="又要来", by=cast.dispatcher())


def test_only_what_is_over_is_archived_and_then_nothing_changes(city):
    with pytest.raises(ending.NotOpen):
        ending.archive(cast.project(), by=cast.dispatcher())

    project = withdrawn()
    ending.archive(project, by=cast.dispatcher())
    ending.archive(project, by=cast.dispatcher())

    project.refresh_from_db()
    with pytest.raises(ending.NotOpen):
        ending.reopen(project, because="客商回来了", by=cast.dispatcher())
    with pytest.raises(life.Ended, match="归档"):
        editing.edit(project, {"content": "改"}, expecting=project.version, by=cast.clerk_a())
