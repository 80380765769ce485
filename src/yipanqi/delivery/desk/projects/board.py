"""Screen: projects as cards in columns by stage; a move asks the gate and explains its refusal."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh

from yipanqi.delivery.desk.projects.portfolio import narrowed, offered
from yipanqi.delivery.desk.screens import DeskRequest, found, onward, page
from yipanqi.domain.projects import figures, life, queries
from yipanqi.domain.projects.services import stages
from yipanqi.domain.rules import queries as rules
from yipanqi.rulebook.gates import Requirement
from yipanqi.rulebook.stages import StageSheet
from yipanqi.vocab import clock
from yipanqi.vocab.stages import Stage

if TYPE_CHECKING:
    from yipanqi.domain.projects.models import Project
    from yipanqi.domain.projects.moves import StageMove


@dataclass(frozen=True, slots=True)
class Card:
    """A project on the board, its step's title, and the required step ahead (None at the end).

    `waiting` titles the step it is being verified for ("" while nothing waits).
    """

    project: "Project"
    title: str
    following: Stage | None
    waiting: str = ""


@require_GET
def show(request: DeskRequest) -> HttpResponse:
    """Show the board."""
    filters, choices = narrowed(request), offered(request)
    board = figures.board(filters, seen_by=request.actor)
    waiting = life.pending_of([project for column in board for project in column.cards])
    columns = [
        (
            column,
            [_card(project, choices.stages, waiting.get(project.pk)) for project in column.cards],
        )
        for column in board
    ]
    return page(request, "projects/board", filters=filters, columns=columns, offered=choices)


@require_POST
def advance(request: DeskRequest, public_id: str, to: str) -> HttpResponse:
    """Move a card on, or give the card back with what is missing."""
    project = found(queries.find(public_id, seen_by=request.actor))
    try:
        stages.advance(project, to=to, by=request.actor)
    except stages.GateClosed as closed:
        return _refused(request, project, closed.missing, 422)
    except (stages.NotNext, life.Ended) as refusal:
        return _refused(request, project, (), 409, str(refusal))
    # A refresh and not the bare board: the filters in the address stay.
    return HttpResponseClientRefresh() if request.htmx else onward(request, "board")


def _refused(
    request: DeskRequest,
    project: "Project",
    missing: Sequence[Requirement],
    status: int,
    says: str = "",
) -> HttpResponse:
    card = _card(project, rules.stages(on=clock.today()), life.pending(project))
    template = "projects/card" if request.htmx else "projects/refused"
    return page(request, template, status, card=card, project=project, missing=missing, says=says)


def _card(project: "Project", sheet: StageSheet, waiting: "StageMove | None") -> Card:
    title = sheet.find(project.stage).title
    if waiting is not None:
        return Card(project, title, None, sheet.find(waiting.after).title)
    steps = sheet.next_steps(project.stage)
    return Card(project, title, steps[-1] if steps else None)
