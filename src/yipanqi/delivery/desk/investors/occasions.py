"""Screen: what was said with enterprises (往来), all of it one may know of as one list."""

from dataclasses import fields

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from yipanqi.delivery.desk import glossary
from yipanqi.delivery.desk.screens import DeskRequest, asked, page, page_number
from yipanqi.domain.investors import occasions
from yipanqi.domain.people import queries as people


@require_GET
def show(request: DeskRequest) -> HttpResponse:
    """List the talks that match the filters in the address."""
    filters = occasions.Filters(
        **{each.name: asked(request, each.name) for each in fields(occasions.Filters)}
    )
    return page(
        request,
        "investors/occasions",
        filters=filters,
        page=occasions.listing(filters, seen_by=request.actor, page=page_number(request)),
        ways=glossary.choices("way"),
        steps=glossary.choices("open_step"),
        units=people.units(seen_by=request.actor),
    )
