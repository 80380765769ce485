"""Screen: the list of projects, its filters in the address, the totals of what is filtered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from yipanqi.delivery.desk import glossary
from yipanqi.delivery.desk.screens import DeskRequest, asked, page, page_number
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.people import queries as people
from yipanqi.domain.places import queries as places
from yipanqi.domain.projects import figures, queries
from yipanqi.domain.rules import queries as rules
from yipanqi.vocab import clock

if TYPE_CHECKING:
    from yipanqi.domain.industries.models import Chain
    from yipanqi.domain.people.models import Unit
    from yipanqi.domain.places.models import Park
    from yipanqi.vocab.stages import Ending


@dataclass(frozen=True, slots=True)
class Offered:
    """The choices of each filter, and the names of chains and links by code."""

    officials: Sequence[tuple[str, str]]
    labels: Sequence[tuple[str, str]]
    chains: "Sequence[Chain]"
    parks: "Sequence[Park]"
    units: "Sequence[Unit]"
    names: Mapping[str, str]
    endings: Sequence[tuple[str, str]]

    @property
    def ended(self) -> Mapping[str, str]:
        """The titles of the ways off the road, by code."""
        return dict(self.endings)


@require_GET
def show(request: DeskRequest) -> HttpResponse:
    """List the projects that match."""
    filters, actor = narrowed(request), request.actor
    order = asked(request, "order")
    return page(
        request,
        "projects/portfolio",
        filters=filters,
        order=order,
        page=queries.listing(filters, seen_by=actor, page=page_number(request), order=order),
        totals=figures.totals(filters, seen_by=actor),
        steps={
            # A step named like its official stage needs no second word.
            step.code: "" if step.title == step.official.title else step.title
            for step in rules.stages(on=clock.today()).stages
        },
        offered=offered(request),
    )


def narrowed(request: DeskRequest) -> queries.Filters:
    """The filters the address names."""
    names = ("text", "official", "stage", "unit", "park", "chain", "label", "ended")
    return queries.Filters(**{name: asked(request, name) for name in names})


def offered(request: DeskRequest) -> Offered:
    """What the filters can be set to."""
    return Offered(
        officials=glossary.choices("official"),
        labels=glossary.choices("label"),
        chains=industries.chains(),
        parks=places.parks(),
        units=people.units(seen_by=request.actor),
        names=industries.names(),
        endings=[(each.code, each.title) for each in _endings()],
    )


def _endings() -> "Sequence[Ending]":
    return rules.stages(on=clock.today()).endings
