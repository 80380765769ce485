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
from yipanqi.rulebook.stages import StageSheet
from yipanqi.vocab import clock

if TYPE_CHECKING:
    from yipanqi.domain.industries.models import Chain
    from yipanqi.domain.people.models import Unit
    from yipanqi.domain.places.models import Park


@dataclass(frozen=True, slots=True)
class Offered:
    """The choices of each filter, and the names of chains and links by code."""

    officials: Sequence[tuple[str, str]]
    labels: Sequence[tuple[str, str]]
    chains: "Sequence[Chain]"
    parks: "Sequence[Park]"
    units: "Sequence[Unit]"
    names: Mapping[str, str]
    stages: StageSheet

    @property
    def ended(self) -> Mapping[str, str]:
        """The titles of the ways off the road, by code."""
        return {each.code: each.title for each in self.stages.endings}


@require_GET
def show(request: DeskRequest) -> HttpResponse:
    """List the projects that match."""
    filters, actor = narrowed(request), request.actor
    order, choices = asked(request, "order"), offered(request)
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
            for step in choices.stages.stages
        },
        offered=choices,
    )


def narrowed(request: DeskRequest) -> queries.Filters:
    """The filters the address names."""
    names = ("text", "official", "stage", "unit", "park", "chain", "label", "ended", "credited")
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
        stages=rules.stages(on=clock.today()),
    )
