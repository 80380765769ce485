"""Screen: one batch: its preview, how far it is, and the buttons that apply, drop or undo it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yipanqi.delivery import limits
from yipanqi.delivery.desk import chronicle, faults
from yipanqi.delivery.desk.intake import words
from yipanqi.delivery.desk.screens import (
    DeskRequest,
    asked,
    found,
    onward,
    page,
    page_number,
)
from yipanqi.delivery.jobs.intake import LIBRARIES
from yipanqi.delivery.workbooks import writing
from yipanqi.domain.intake import queries
from yipanqi.domain.intake.services import applying, batches, undoing
from yipanqi.domain.people.services import exporting
from yipanqi.vocab import clock
from yipanqi.vocab.actors import require
from yipanqi.vocab.labels import StateSecret

if TYPE_CHECKING:
    from yipanqi.domain.intake.models import Batch

# A batch that has waited longer than this has probably no worker.
_PATIENCE_SECONDS = 120


@require_GET
def show(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show what is in the file and how far the batch is."""
    return _page(request, _find(request, public_id))


@require_POST
def apply(request: DeskRequest, public_id: str) -> HttpResponse:
    """Have the batch applied."""

    def done(batch: "Batch") -> str:
        applying.ask(batch, LIBRARIES[batch.library], by=request.actor)
        return _("已开始导入，完成后一次生效；可以离开本页，不影响导入")

    return _steered(request, public_id, done)


@require_POST
def drop(request: DeskRequest, public_id: str) -> HttpResponse:
    """Give the batch up."""

    def done(batch: "Batch") -> str:
        batches.drop(batch, LIBRARIES[batch.library], by=request.actor)
        return _("已放弃这一批，没有导入任何行")

    return _steered(request, public_id, done)


@require_POST
def undo(request: DeskRequest, public_id: str) -> HttpResponse:
    """Take the whole batch back."""
    because = request.POST.get("because", "").replace("\x00", "")[:200]

    def done(batch: "Batch") -> str:
        undoing.undo(batch, LIBRARIES[batch.library], because=because, by=request.actor)
        return _("已撤销这一批，导入的记录不再显示")

    return _steered(request, public_id, done)


@require_GET
def kept_out(request: DeskRequest, public_id: str) -> FileResponse:
    """The rows that did not get in, with reasons, to be mended and sent again."""
    batch = _find(request, public_id)
    limits.count(request.actor, "export")
    library = LIBRARIES[batch.library]
    rows = queries.kept_out(batch)
    file = writing.kept_out(library, rows.iterator(2000))
    name = f"{library.title}未导入的行-{clock.today().isoformat()}.xlsx"
    exporting.record("intake", title=name, rows=rows.count(), sha256=batch.sha256, by=request.actor)
    return FileResponse(file, as_attachment=True, filename=name)


def _find(request: DeskRequest, public_id: str) -> "Batch":
    require(request.actor, "imports.make", doing=_("批量导入"))
    return found(queries.find(public_id, seen_by=request.actor))


def _steered(request: DeskRequest, public_id: str, how: Callable[["Batch"], str]) -> HttpResponse:
    batch = _find(request, public_id)
    try:
        saying = how(batch)
    except (batches.NotNow, undoing.Built) as refusal:
        return faults.conflict(request, str(refusal))
    except StateSecret as refusal:
        return _page(request, batch, refusal=str(refusal), status=422)
    return onward(request, "batch", public_id, saying=saying)


def _page(
    request: DeskRequest, batch: "Batch", *, refusal: str = "", status: int = 200
) -> HttpResponse:
    tally = queries.tally(batch)
    verdict = asked(request, "verdict") or _telling(tally)
    rows = queries.rows(batch, verdict, page=page_number(request))
    return page(
        request,
        "intake/batch",
        status,
        batch=batch,
        library=LIBRARIES[batch.library],
        naming=LIBRARIES[batch.library].columns()[0].title,
        tally=tally,
        counts=[(code, title, tally.verdicts.get(code, 0)) for code, title in queries.VERDICTS],
        verdict=verdict,
        page=rows,
        marks=words.MARKS,
        refusal=refusal,
        is_live=batch.state in queries.DUE,
        is_silent=_is_silent(batch),
        is_own=batch.unit_id == request.actor.unit_id,
        lines=chronicle.lines(queries.subject(batch), seen_by=request.actor),
    )


def _telling(tally: queries.Tally) -> str:
    """The verdict worth looking at first: what needs a hand before what does not."""
    order = ("wrong", "duplicate", "changed", "new")
    return next((each for each in order if tally.verdicts.get(each)), "")


def _is_silent(batch: "Batch") -> bool:
    waited = (clock.now() - batch.created_at).total_seconds()
    return batch.state == "received" and waited > _PATIENCE_SECONDS
