"""Screen: the search on every page — our own records first, then the registry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yipanqi.delivery import limits, registry_search
from yipanqi.delivery.desk.screens import DeskRequest, asked, page, page_number
from yipanqi.delivery.desk.search import bounds
from yipanqi.delivery.desk.search.bounds import Bounds
from yipanqi.delivery.registry_search import Condition, State
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.investors import queries as investors
from yipanqi.domain.leads import inbox
from yipanqi.domain.projects import queries as projects
from yipanqi.engine.search import finding, questions
from yipanqi.engine.search.finding import DEEPEST
from yipanqi.engine.search.finding import Hit as Found
from yipanqi.vocab import pages
from yipanqi.vocab.actors import Actor
from yipanqi.vocab.pages import Page

if TYPE_CHECKING:
    from yipanqi.domain.investors.models import Enterprise

_MOST_CHAINS = 5
_ON_THE_PAGE = 50
_SUGGESTED = 6


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: what it is called, what it is, and where."""

    name: str
    kind: str
    more: str
    href: str


@dataclass(frozen=True, slots=True)
class RegistryHits:
    """What the registry says: a page of `total` hits, or the sentence why there is none."""

    condition: Condition
    page: Page[Found]
    total: int = 0
    is_loosened: bool = False
    refusal: str = ""


@require_GET
def show(request: DeskRequest) -> HttpResponse:
    """List what matches."""
    text = asked(request, "q", questions.LONGEST)
    limits.count(request.actor, "search")
    within = bounds.told(request)
    number = min(page_number(request), DEEPEST // pages.SIZE)
    registry = _registry(text, within, number)
    # Deeper pages and bounds are about the registry: our own records stand on the first.
    own = _hits(text, request.actor, most=_ON_THE_PAGE) if number == 1 else []
    return page(
        request,
        "search/results",
        searched=text,
        hits=own,
        registry=registry,
        known=_known(registry.page.rows, request.actor),
        bounds=within,
        states=bounds.STATES,
    )


@require_GET
def suggest(request: DeskRequest) -> HttpResponse:
    """Suggest while typing."""
    text = asked(request, "q", questions.LONGEST)
    limits.count(request.actor, "search")
    hits = [*_hits(text, request.actor, most=_SUGGESTED), *_registered(text, request.actor)]
    return page(request, "search/suggestions", searched=text, hits=hits)


def _hits(text: str, actor: Actor, *, most: int) -> list[Hit]:
    if not text:
        return []
    chains = [
        Hit(chain.name, _("产业链"), "", reverse("desk:chain", args=[chain.code]))
        for chain in industries.chains()
        if text in chain.name or text in chain.alias
    ]
    return [
        *chains[:_MOST_CHAINS],
        *_projects(text, actor, most),
        *_enterprises(text, actor, most),
        *_signals(text, actor, most),
    ]


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


def _signals(text: str, actor: Actor, most: int) -> list[Hit]:
    return [
        Hit(
            row.matter, _("信息"), row.enterprise_name, reverse("desk:signal", args=[row.public_id])
        )
        for row in inbox.suggestions(text, seen_by=actor, most=most)
    ]


def _registry(text: str, within: Bounds, number: int) -> RegistryHits:
    now = registry_search.condition()
    nothing: Page[Found] = Page([], 0, number)
    if now.registry is None or now.state is not State.READY or not text:
        return RegistryHits(now, nothing)
    if within.refusal:
        return RegistryHits(now, nothing, refusal=within.refusal)
    try:
        first = pages.bounds(number).start
        answer = finding.find(now.registry, within.question(text), first=first, most=pages.SIZE)
    except questions.Unanswerable as refused:
        return RegistryHits(now, nothing, refusal=str(refused))
    reached = Page(answer.hits, min(answer.total, DEEPEST), number)
    return RegistryHits(now, reached, answer.total, answer.is_loosened)


def _registered(text: str, actor: Actor) -> list[Hit]:
    """Enterprises of the registry that are not in the library: those are suggested as ours."""
    now = registry_search.condition()
    if now.registry is None or now.state is not State.READY:
        return []
    try:
        rows = finding.suggest(now.registry, text, most=_SUGGESTED)
    except questions.Unanswerable:
        return []
    known = registry_search.known(rows) if actor.posts else {}
    return [
        Hit(row.name, _("登记企业"), row.city or "", reverse("desk:registered", args=[row.id]))
        for row in rows
        if row.id not in known
    ]


def _known(hits: Sequence[Found], actor: Actor) -> "Mapping[str, Enterprise]":
    return registry_search.known([hit.row for hit in hits]) if actor.posts else {}
