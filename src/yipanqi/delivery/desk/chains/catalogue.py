"""Screen: the city's chains, each with how many links are strong, weak and missing."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from yipanqi.delivery.desk.screens import DeskRequest, page
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.studies import queries as studies


@require_GET
def show(request: DeskRequest) -> HttpResponse:
    """List the chains."""
    tallies = studies.tallies()
    rows = [(chain, tallies.get(chain.code)) for chain in industries.chains()]
    return page(request, "chains/catalogue", rows=rows)
