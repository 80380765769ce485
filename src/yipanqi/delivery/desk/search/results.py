"""Screen: the search on every page — the same row filter as everywhere else."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yipanqi.delivery import limits
from yipanqi.delivery.desk.screens import DeskRequest, asked, page
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.investors import queries as investors
from yipanqi.domain.projects import queries as projects
from yipanqi.vocab.actors import Actor

_MOST_CHAINS = 5
_ON_THE_PAGE = 50


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: what it is called, what it is, and where."""

    name: str
    kind: str
    more: str
    href: str


@require_GET
def show(request: DeskRequest) -> HttpResponse:
    """List what matches."""
    text = asked(request, "q", 60)
    limits.count(request.actor, "search")
    hits = _hits(text, request.actor, most=_ON_THE_PAGE)
    return page(request, "search/results", searched=text, hits=hits)


@require_GET
def suggest(request: DeskRequest) -> HttpResponse:
    """Suggest while typing."""
    text = asked(request, "q", 60)
    limits.count(request.actor, "search")
    hits = _hits(text, request.actor, most=6)
    return page(request, "search/suggestions", searched=text, hits=hits)


def _hits(text: str, actor: Actor, *, most: int) -> list[Hit]:
    if not text:
        return []
    chains = [
        Hit(chain.name, _("产业链"), "", reverse("desk:chain", args=[chain.code]))
        for chain in industries.chains()
        if text in chain.name or text in chain.alias
    ]
    return [*chains[:_MOST_CHAINS], *_projects(text, actor, most), *_enterprises(text, actor, most)]


def _projects(text: str, actor: Actor, most: int) -> list[Hit]:
    return [
        Hit(row.name, _("项目"), row.unit.short_name, reverse("desk:project", args=[row.public_id]))
        for row in projects.suggestions(text, seen_by=actor, most=most)
    ]


def _enterprises(text: str, actor: Actor, most: int) -> list[Hit]:
    return [
        Hit(row.name, _("客商"), row.city, reverse("desk:investor", args=[row.public_id]))
        for row in investors.suggestions(text, seen_by=actor, most=most)
    ]
