"""Screen: today — what waits for this person, and the figures of what they may see."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yipanqi.delivery.desk import charts
from yipanqi.delivery.desk.projects import walking
from yipanqi.delivery.desk.screens import DeskRequest, page
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.investors import dealings
from yipanqi.domain.leads import inbox, progress
from yipanqi.domain.leads import queries as leads
from yipanqi.domain.projects import figures, life, queries, roster
from yipanqi.domain.projects.queries import Filters
from yipanqi.domain.reviews import queries as reviews
from yipanqi.vocab import clock, money
from yipanqi.vocab.actors import Actor

if TYPE_CHECKING:
    from yipanqi.domain.leads.models import Claim
    from yipanqi.domain.projects.models import Project

_BARS = 10
_STANDING = 8
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Line:
    """A group of projects: what it is called, the list behind it ("" where none), its totals."""

    label: str
    href: str
    totals: figures.Totals


@require_GET
def show(request: DeskRequest) -> HttpResponse:
    """Show the day."""
    actor = request.actor
    everything, mine = Filters(), _mine(actor)
    totals = figures.totals(everything, seen_by=actor)
    parks = figures.breakdown("park", everything, seen_by=actor)
    names = industries.names()
    return page(
        request,
        "home/today",
        totals=totals,
        stages=figures.breakdown("official", everything, seen_by=actor),
        parks=[_line("park", group, group.label or _("未定园区")) for group in parks],
        chart_json=json.dumps(_chart(parks)),
        chart_size=_size(parks),
        chains=[
            _line("chain", group, names.get(group.key, group.key) or _("未归产业链"))
            for group in figures.breakdown("chain", everything, seen_by=actor)
        ],
        rulings=_rulings(actor),
        ending=progress.ending_soon(seen_by=actor),
        contests=leads.to_answer(seen_by=actor),
        transfers=leads.to_agree(seen_by=actor),
        signals=inbox.waiting(seen_by=actor),
        **_moves(actor),
        mine=life.ahead_of(mine or _longest(actor)),
        is_mine=bool(mine),
        **_dealings(actor),
        **_reviews(actor),
        now=clock.now(),
    )


def _dealings(actor: Actor) -> dict[str, object]:
    """The unit's visits of the coming week, and the steps the person promised by then."""
    until = clock.today() + _WEEK
    return {
        "visits": dealings.planned_by_unit(seen_by=actor, until=until),
        "promised": dealings.promised(seen_by=actor, until=until),
    }


def _reviews(actor: Actor) -> dict[str, object]:
    """What waits for the unit's grade or proof, and for the person's own marks."""
    return {
        "waiting": reviews.to_countersign(seen_by=actor),
        "scoring": reviews.to_score(seen_by=actor),
        "conditions": reviews.to_meet(seen_by=actor),
        "pledged": roster.pledged(seen_by=actor, until=clock.today() + _WEEK),
    }


def _moves(actor: Actor) -> dict[str, object]:
    """The stage moves that wait for this person's eyes, and theirs that were sent back."""
    waiting, returned = life.tasks(seen_by=actor)
    told = walking.told([*waiting, *returned])
    return {"verifying": told[: len(waiting)], "returned": told[len(waiting) :]}


def _rulings(actor: Actor) -> "Sequence[Claim]":
    return leads.pending(seen_by=actor) if actor.may("leads.rule") else ()


def _mine(actor: Actor) -> "list[Project]":
    """Projects one leads, then those of one's own unit that have stood longest."""
    led = queries.led_by(actor.id, seen_by=actor)
    own = queries.of_unit(actor.unit_id, seen_by=actor) if actor.unit_id else []
    seen = {project.pk for project in led}
    return [*led, *(project for project in own if project.pk not in seen)]


def _longest(actor: Actor) -> "Sequence[Project]":
    """For who has no projects of their own: those in sight that have stood longest."""
    return queries.listing(Filters(), seen_by=actor, order="since").rows[:_STANDING]


def _line(name: str, group: figures.Group, label: str) -> Line:
    return Line(label, _address(name, group.key), group.totals)


def _chart(groups: Sequence[figures.Group]) -> charts.Option:
    return charts.bars(_bars(groups), unit=_("亿元"), title=_("各园区计划总投资"))


def _bars(groups: Sequence[figures.Group]) -> list[charts.Bar]:
    by_amount = sorted(groups, key=lambda group: -(group.totals.amount_fen or 0))
    return [
        charts.Bar(
            name=group.label or _("未定园区"),
            value=charts.yi(group.totals.amount_fen),
            shown=money.shown(group.totals.amount_fen),
            href=_address("park", group.key),
        )
        for group in by_amount[:_BARS]
    ]


def _size(groups: Sequence[object]) -> str:
    """How much room the chart is given before it loads: small, medium or large."""
    rows = min(len(groups), _BARS)
    return "s" if rows <= 4 else "m" if rows <= 8 else "l"  # noqa: PLR2004


def _address(name: str, key: str) -> str:
    """The list behind a figure; a group without a key has no filter of its own."""
    return f"{reverse('desk:projects')}?{urlencode({name: key})}" if key else ""
