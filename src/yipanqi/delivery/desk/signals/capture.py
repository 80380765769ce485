"""Screen: writing a signal down (登记信息), shown what it resembles before it is saved."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yipanqi.delivery import limits
from yipanqi.delivery.desk import faults
from yipanqi.delivery.desk.screens import DeskRequest, asked, found, onward, page
from yipanqi.delivery.desk.signals import places
from yipanqi.delivery.desk.signals.forms import CaptureForm
from yipanqi.domain.evidence.services.safety import Refused
from yipanqi.domain.leads import inbox, resemblance
from yipanqi.domain.leads.services import becoming, signals
from yipanqi.domain.studies import queries as studies
from yipanqi.vocab.actors import require
from yipanqi.vocab.labels import StateSecret

if TYPE_CHECKING:
    from yipanqi.domain.leads.resemblance import Alike

_REFUSED = (signals.Unclear, Refused, StateSecret)


@require_http_methods(["GET", "POST"])
def show(request: DeskRequest) -> HttpResponse:
    """Show the slip; when it is sent, keep it, or say what is missing or already known."""
    require(request.actor, "signals.capture", doing=_("登记信息"))
    if request.method != "POST":
        return _page(request, _form(request, initial=_begun(request)))
    form = _form(request, request.POST, request.FILES)
    return _sent(request, form) if form.is_valid() else _page(request, form)


@require_GET
def likely(request: DeskRequest) -> HttpResponse:
    """What of it may be known already: shown, or only counted."""
    require(request.actor, "signals.capture", doing=_("登记信息"))
    form = _form(request, request.GET)
    form.is_valid()
    draft = form.draft()
    alike = None
    if draft.matter.strip() or draft.enterprise_name.strip():
        alike = resemblance.of(signals.heard(draft), seen_by=request.actor)
    return page(request, "signals/likely", alike=alike, is_asked=alike is not None)


def _sent(request: DeskRequest, form: CaptureForm) -> HttpResponse:
    if request.FILES:
        limits.count(request.actor, "upload")
    try:
        if into := request.POST.get("into", ""):
            return _folded(request, form, into)
        draft = form.captured(is_checked="checked" in request.POST)
        signal = signals.capture(draft, form.uploads(), by=request.actor)
    except signals.LooksKnown as known:
        return _page(request, form, alike=known.alike)
    except signals.NotOpen as refusal:
        return faults.conflict(request, str(refusal))
    except _REFUSED as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form)
    return _kept(request, signal.public_id)


def _folded(request: DeskRequest, form: CaptureForm, into: str) -> HttpResponse:
    known = found(inbox.find(into, seen_by=request.actor))
    becoming.fold_in(form.draft(), form.uploads(), into=known, by=request.actor)
    return onward(request, "signal", into, saying=_("已并入这条信息"))


def _kept(request: DeskRequest, public_id: str) -> HttpResponse:
    if inbox.find(public_id, seen_by=request.actor) is None:
        return onward(request, "signals", saying=_("已登记"))
    return onward(request, "signal", public_id, saying=_("已登记，本单位须按期响应"))


def _form(request: DeskRequest, *given: object, **more: object) -> CaptureForm:
    form = CaptureForm(*given, **more)
    form.offer(places.offered())
    return form


def _begun(request: DeskRequest) -> dict[str, str]:
    """What the address already tells: a target of a list, or where it was heard."""
    target = studies.target(asked(request, "target", 16))
    if target is None:
        return {"source": asked(request, "source", 10)}
    return {
        "source": "target",
        "enterprise_name": target.name,
        "source_note": _("招引目标第 %(rank)s 名，登记数据 %(snapshot)s")
        % {"rank": target.rank, "snapshot": target.study.snapshot},
        "place": f"{target.study.chain}/{target.link}",
        "target": target.registry_id,
    }


def _page(request: DeskRequest, form: CaptureForm, *, alike: "Alike | None" = None) -> HttpResponse:
    status = 422 if form.errors or alike else 200
    # The browser keeps the chosen files where only this part is put in place.
    part = "signals/answer" if request.htmx and request.method == "POST" else "signals/new"
    return page(request, part, status, form=form, alike=alike, is_stopped=alike is not None)
