"""Screen: the ledger across subjects, for those who check it."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yipanqi.delivery.desk import chronicle
from yipanqi.delivery.desk.screens import DeskRequest, asked, page, page_number
from yipanqi.domain.ledger import queries
from yipanqi.vocab.actors import NotAllowed


@require_GET
def show(request: DeskRequest) -> HttpResponse:
    """List the lines this person may see, newest first, and say where the ledger stands."""
    actor = request.actor
    if not (actor.may("ledger.verify") or actor.may("audit.export")):
        raise NotAllowed(_("您的岗位不能查看全部台账；单个项目的台账在项目页"))
    filters = queries.Filters(subject=asked(request, "subject"), kind=asked(request, "kind"))
    listed = queries.entries(filters, only=chronicle.scope_filter(actor), page=page_number(request))
    return page(
        request,
        "ledger/register",
        filters=filters,
        page=listed,
        lines=chronicle.told(listed.rows),
        head=queries.head(),
    )
