"""Screen: the officers of the city for whoever manages them, and opening an account."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yipanqi.delivery.desk.people.forms import EntrantForm, role_titles
from yipanqi.delivery.desk.screens import DeskRequest, asked, page, page_number
from yipanqi.domain.people import queries
from yipanqi.domain.people.services import officers
from yipanqi.vocab import clock
from yipanqi.vocab.actors import require


@require_GET
def show(request: DeskRequest) -> HttpResponse:
    """List the officers that match the filters in the address."""
    require(request.actor, "people.manage", doing=_("管理人员"))
    filters = queries.Filters(
        text=asked(request, "text"), unit=asked(request, "unit"), role=asked(request, "role")
    )
    return page(
        request,
        "people/roster",
        filters=filters,
        page=queries.listing(filters, seen_by=request.actor, page=page_number(request)),
        units=queries.units(seen_by=request.actor),
        roles=role_titles(),
        today=clock.today(),
    )


@require_http_methods(["GET", "POST"])
def add(request: DeskRequest) -> HttpResponse:
    """Open an account and show its initial password this once, or say what is missing."""
    require(request.actor, "people.manage", doing=_("开通账户"))
    form = EntrantForm(request.POST or None)
    form.offer(request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            officer, password = officers.create(form.entrant(), by=request.actor)
        except officers.Unclear as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            return page(request, "people/handover", officer=officer, password=password)
    return page(request, "people/new", 422 if form.errors else 200, form=form)
