"""Screen: the signals this person may know of, those that wait first, each with its light."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yipanqi.delivery.desk import glossary
from yipanqi.delivery.desk.screens import DeskRequest, asked, page, page_number
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.leads import inbox
from yipanqi.domain.people import queries as people


@require_GET
def show(request: DeskRequest) -> HttpResponse:
    """List the signals that match the filters in the address."""
    filters = inbox.Filters(
        text=asked(request, "text"),
        state=asked(request, "state"),
        source=asked(request, "source"),
        unit=asked(request, "unit"),
        chain=asked(request, "chain"),
        whose=asked(request, "whose"),
    )
    found = inbox.listing(filters, seen_by=request.actor, page=page_number(request))
    return page(
        request,
        "signals/library",
        filters=filters,
        page=found,
        rows=inbox.rows(found.rows),
        late=inbox.late_count(seen_by=request.actor),
        states=_states(),
        sources=glossary.choices("signal_source"),
        whose=[("mine", _("我经办的")), ("captured", _("我登记的"))],
        chains=industries.chains(),
        units=people.units(seen_by=request.actor),
        names=industries.names(),
    )


def _states() -> list[tuple[str, str]]:
    return [("open", _("未办结")), ("late", _("超期")), *glossary.choices("signal")]
