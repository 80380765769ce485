"""Screen: all that the ledger holds of one subject, for who may see the subject."""

from collections.abc import Callable, Mapping

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from yipanqi.delivery.desk import chronicle
from yipanqi.delivery.desk.screens import DeskRequest, found, page
from yipanqi.domain.investors import queries as investors
from yipanqi.domain.leads import inbox
from yipanqi.domain.leads import queries as leads
from yipanqi.domain.projects import queries as projects
from yipanqi.vocab.actors import Actor

Title = Callable[[str, Actor], str | None]


@require_GET
def show(request: DeskRequest, room: str, public_id: str) -> HttpResponse:
    """Show the subject's lines, newest first."""
    title_of = found(_ROOMS.get(room))
    title = title_of(public_id, request.actor)
    screen = _SCREENS[room]
    if title is None and room == "leads":
        # Signals and leads are of one room, and so of one kind of stream.
        title, screen = _signal(public_id, request.actor), "signal"
    return page(
        request,
        "ledger/timeline",
        title=found(title),
        subject_url=f"desk:{screen}",
        public_id=public_id,
        lines=chronicle.lines(f"{room}/{public_id}", seen_by=request.actor),
    )


def _enterprise(public_id: str, actor: Actor) -> str | None:
    enterprise = investors.find(public_id, seen_by=actor)
    return enterprise.name if enterprise else None


def _lead(public_id: str, actor: Actor) -> str | None:
    lead = leads.find(public_id, seen_by=actor)
    return lead.matter if lead else None


def _signal(public_id: str, actor: Actor) -> str | None:
    signal = inbox.find(public_id, seen_by=actor)
    return signal.matter if signal else None


def _project(public_id: str, actor: Actor) -> str | None:
    project = projects.find(public_id, seen_by=actor)
    return project.name if project else None


_ROOMS: Mapping[str, Title] = {"investors": _enterprise, "leads": _lead, "projects": _project}
_SCREENS = {"investors": "investor", "leads": "lead", "projects": "project"}
