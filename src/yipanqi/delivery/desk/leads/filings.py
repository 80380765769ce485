"""Screen: the leads this person may know of."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from yipanqi.delivery.desk import glossary
from yipanqi.delivery.desk.screens import DeskRequest, asked, page, page_number
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.leads import queries
from yipanqi.domain.people import queries as people


@require_GET
def show(request: DeskRequest) -> HttpResponse:
    """List the leads that match the filters in the address."""
    filters = queries.Filters(
        text=asked(request, "text"),
        state=asked(request, "state"),
        unit=asked(request, "unit"),
        chain=asked(request, "chain"),
    )
    return page(
        request,
        "leads/filings",
        filters=filters,
        page=queries.listing(filters, seen_by=request.actor, page=page_number(request)),
        states=glossary.choices("claim"),
        chains=industries.chains(),
        units=people.units(seen_by=request.actor),
        names=industries.names(),
    )
