"""Screen: taking a list away as it is shown, as CSV or Excel; the taking is in the ledger."""

from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yipanqi.delivery import limits, list_files
from yipanqi.delivery.desk.lists.listed import LISTS
from yipanqi.delivery.desk.screens import DeskRequest, found, page
from yipanqi.delivery.desk.templatetags.words import minute
from yipanqi.delivery.list_files import Form
from yipanqi.domain.people import queries as people
from yipanqi.domain.people.services import exporting
from yipanqi.vocab import clock
from yipanqi.vocab.actors import require

# Rows read from the database at a time: what is in memory does not grow with the list.
_CHUNK = 2000


@require_POST
def take(request: DeskRequest, code: str, form: str) -> HttpResponse | FileResponse:
    """The list's rows that match the filters in the address, all of them, as one file."""
    require(request.actor, "exports.make", doing=_("导出清单"))
    listed = found(LISTS.get(code))
    kind = found(next((each for each in Form if each == form), None))
    limits.count(request.actor, "export")
    filters = listed.told(request)
    try:
        taken = list_files.written(
            listed.title,
            listed.columns(),
            listed.rows(request).iterator(_CHUNK),
            kind,
            mark=lambda rows: _mark(request, filters, rows),
        )
    except list_files.TooManyRows as refusal:
        return page(request, "lists/refused", 422, says=str(refusal), back=f"desk:{code}")
    exporting.record_list(
        exporting.Taken(code, listed.title, kind, filters, taken.rows, taken.sha256),
        by=request.actor,
    )
    name = f"{listed.title}-{clock.today().isoformat()}.{kind}"
    return FileResponse(taken.file, as_attachment=True, filename=name, content_type=kind.mime)


def _mark(request: DeskRequest, filters: str, rows: int) -> str:
    """Who took what and when, for the last line of the file."""
    at, officer = minute(clock.now()), people.by_id(request.actor.id)
    unit = officer.unit.short_name if officer and officer.unit else ""
    who = f"{unit} {request.actor.name}".strip()
    return (
        f"导出人：{who}；时间：{at}；筛选：{filters}；共 {rows} 行。仅供工作使用，未经批准不得外传"
    )
