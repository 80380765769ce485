"""Screens: finding a second record of the same firm, merging the two, and undoing it."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yipanqi.delivery import relations
from yipanqi.delivery.desk.screens import DeskRequest, asked, found, onward, page
from yipanqi.domain.investors import merges, queries
from yipanqi.domain.investors.services import merging, unmerging
from yipanqi.domain.investors.services.contacts import Incomplete
from yipanqi.domain.investors.services.refreshing import Outdated
from yipanqi.vocab.actors import require
from yipanqi.vocab.labels import StateSecret

if TYPE_CHECKING:
    from yipanqi.domain.investors.models import Enterprise, Merging


@require_GET
def choose(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show records that may be of the same firm, or those found by name."""
    require(request.actor, "investors.merge", doing=_("合并客商档案"))
    enterprise = found(queries.find(public_id, seen_by=request.actor))
    text = asked(request, "text")
    return page(
        request,
        "investors/twins",
        enterprise=enterprise,
        text=text,
        twins=merges.twins(enterprise, seen_by=request.actor, text=text),
    )


@require_http_methods(["GET", "POST"])
def merge(request: DeskRequest, public_id: str, other_id: str) -> HttpResponse:
    """Show what merging the second record into the first would do; when confirmed, do it."""
    kept = found(queries.find(public_id, seen_by=request.actor))
    absorbed = found(queries.find(other_id, seen_by=request.actor))
    if kept == absorbed:
        # Sent twice, or an old address: the work is done.
        return onward(request, "investor", kept.public_id, saying=_("这两份档案已经是一份"))
    if request.method == "GET":
        return _preview(request, kept, absorbed)
    decision = merging.Decision(
        fields=frozenset(
            name.removeprefix("take-")
            for name, value in request.POST.items()
            if name.startswith("take-") and value == "theirs"
        ),
        because=request.POST.get("because", "").replace("\x00", ""),
        shown=request.POST.get("shown", ""),
    )
    try:
        merging.merge(kept, absorbed, decision, relations.of_enterprises(), by=request.actor)
    except (Incomplete, StateSecret, merging.Obstructed) as refusal:
        return _preview(request, kept, absorbed, refusal=str(refusal), status=422)
    except Outdated as refusal:
        return _preview(request, kept, absorbed, refusal=str(refusal), status=409)
    saying = _("已合并：“%(name)s”的记录都转到本档案") % {"name": absorbed.name}
    return onward(request, "investor", kept.public_id, saying=saying)


@require_http_methods(["GET", "POST"])
def undo(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show what undoing a merging would do, or why it cannot be; when confirmed, undo it."""
    require(request.actor, "investors.merge", doing=_("撤销档案合并"))
    done = found(merges.find(public_id, seen_by=request.actor))
    if request.method == "GET":
        return _undoing(request, done)
    because = request.POST.get("because", "").replace("\x00", "")
    listed = relations.of_enterprises()
    try:
        restored = unmerging.undo(done, listed, because=because, by=request.actor)
    except (Incomplete, StateSecret) as refusal:
        return _undoing(request, done, refusal=str(refusal), status=422)
    except unmerging.Irreversible as refusal:
        return _undoing(request, done, refusal=str(refusal), status=409)
    saying = _("已撤销合并，两份档案各归各位")
    return onward(request, "investor", restored.public_id, saying=saying)


def _preview(
    request: DeskRequest,
    kept: "Enterprise",
    absorbed: "Enterprise",
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    listed = relations.of_enterprises()
    preview = merging.preview(kept, absorbed, listed, seen_by=request.actor)
    chosen = {name: value for name, value in request.POST.items() if name.startswith("take-")}
    return page(
        request,
        "investors/merge",
        status,
        kept=kept,
        absorbed=absorbed,
        preview=preview,
        choices=[
            (each, chosen.get(f"take-{each.field}", "theirs" if each.fills else "ours") == "theirs")
            for each in preview.choices
        ],
        because=request.POST.get("because", ""),
        refusal=refusal,
    )


def _undoing(
    request: DeskRequest, done: "Merging", *, refusal: str = "", status: int = 200
) -> HttpResponse:
    return page(
        request,
        "investors/unmerge",
        status,
        merging=done,
        obstacles=unmerging.obstacles(done, relations.of_enterprises()),
        moved=sum(len(keys) for keys in done.moved.values()),
        because=request.POST.get("because", ""),
        refusal=refusal,
    )
