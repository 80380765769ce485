"""Screen: projects and money by unit; what was handed over counts by each unit's exact share."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from yipanqi.delivery.desk.projects.portfolio import narrowed
from yipanqi.delivery.desk.screens import DeskRequest, page
from yipanqi.domain.projects import figures
from yipanqi.vocab import clock


@require_GET
def show(request: DeskRequest) -> HttpResponse:
    """Show what each unit is credited, and that it all sums to what there is."""
    filters = narrowed(request)
    return page(
        request,
        "projects/credited",
        credits=figures.credits_of_units(filters, seen_by=request.actor),
        totals=figures.totals(filters, seen_by=request.actor),
        today=clock.today(),
    )
