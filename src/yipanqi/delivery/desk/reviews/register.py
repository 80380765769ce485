"""Screen: the reviews this person may see, and what in them waits for them."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from yipanqi.delivery.desk.screens import DeskRequest, page, page_number
from yipanqi.domain.reviews import queries


@require_GET
def show(request: DeskRequest) -> HttpResponse:
    """List the reviews."""
    actor = request.actor
    return page(
        request,
        "reviews/register",
        page=queries.listing(seen_by=actor, page=page_number(request)),
        waiting=queries.to_countersign(seen_by=actor),
        scoring=queries.to_score(seen_by=actor),
    )
