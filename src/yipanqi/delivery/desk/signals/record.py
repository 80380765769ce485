"""Screens: one signal, doing what can be done next with it, and putting its facts right."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yipanqi.delivery.desk import chronicle, faults
from yipanqi.delivery.desk.screens import DeskRequest, found, onward, page
from yipanqi.delivery.desk.signals import acts, places
from yipanqi.delivery.desk.signals.forms import FactsForm
from yipanqi.domain.evidence import queries as evidence
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.investors.services.registering import Misplaced, Nameless
from yipanqi.domain.leads import inbox
from yipanqi.domain.leads import queries as leads
from yipanqi.domain.leads.services import signals
from yipanqi.vocab.actors import require
from yipanqi.vocab.labels import StateSecret

if TYPE_CHECKING:
    from yipanqi.domain.leads.signals import Signal
    from yipanqi.vocab.actors import Actor

_REFUSED = (signals.Unclear, Nameless, Misplaced, StateSecret)


@require_GET
def show(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show the signal."""
    return _shown(request, found(inbox.find(public_id, seen_by=request.actor)))


@require_POST
def act(request: DeskRequest, public_id: str, code: str) -> HttpResponse:
    """Do the act, or show the signal with what is missing."""
    signal = found(inbox.find(public_id, seen_by=request.actor))
    asked = found(acts.by_code(code))
    form = asked.make(signal, request.actor, request.POST)
    if form.is_valid():
        try:
            asked.run(signal, form.cleaned_data, request.actor)
        except signals.NotOpen as refusal:
            return faults.conflict(request, str(refusal))
        except _REFUSED as refusal:
            form.add_error(None, str(refusal))
        else:
            return _onward(request, public_id, str(asked.said))
    return _shown(request, signal, refused=acts.Refused(code, form))


def _shown(
    request: DeskRequest, signal: "Signal", *, refused: acts.Refused | None = None
) -> HttpResponse:
    actor = request.actor
    subject = inbox.subject(signal)
    return page(
        request,
        "signals/record",
        422 if refused else 200,
        signal=signal,
        row=inbox.row(signal),
        acts=acts.offered(signal, actor, refused),
        notes=inbox.notes(signal),
        merged=inbox.merged(signal, seen_by=actor),
        files=evidence.files(subject, seen_by=actor),
        lines=chronicle.lines(subject, seen_by=actor),
        names=industries.names(),
        is_own=signal.unit_id == actor.unit_id,
        **_neighbours(signal, actor),
    )


@require_http_methods(["GET", "POST"])
def amend(request: DeskRequest, public_id: str) -> HttpResponse:
    """Ask for the facts; when they are sent, put them right or say what is missing."""
    require(request.actor, "signals.triage", doing=_("补正信息"))
    signal = found(inbox.find(public_id, seen_by=request.actor))
    form = FactsForm(request.POST) if request.method == "POST" else FactsForm(initial=_now(signal))
    form.offer(places.offered())
    if request.method == "POST" and form.is_valid():
        expecting = request.POST.get("version", "")
        number = int(expecting) if expecting.isdigit() and len(expecting) < 9 else 0  # noqa: PLR2004
        try:
            signals.amend(signal, form.draft(), expecting=number, by=request.actor)
        except (signals.Stale, signals.NotOpen) as refusal:
            return faults.conflict(request, str(refusal))
        except _REFUSED as refusal:
            form.add_error(None, str(refusal))
        else:
            return onward(request, "signal", public_id, saying=_("已补正"))
    return page(request, "signals/amend", 422 if form.errors else 200, signal=signal, form=form)


def _onward(request: DeskRequest, public_id: str, saying: str) -> HttpResponse:
    # Passed on, it may be out of sight.
    if inbox.find(public_id, seen_by=request.actor) is None:
        return onward(request, "signals", saying=saying)
    return onward(request, "signal", public_id, saying=saying)


def _now(signal: "Signal") -> dict[str, Any]:
    """The facts as they are, as the form shows them."""
    names = ("enterprise_name", "matter", "source", "details", "source_note", "referrer")
    facts: dict[str, Any] = {name: getattr(signal, name) for name in names}
    place = f"{signal.chain}/{signal.link}" if signal.chain else ""
    return facts | {"place": place, "estimate_fen": signal.estimate_fen}


def _neighbours(signal: "Signal", actor: "Actor") -> Mapping[str, object]:
    """The lead it became and the signal it went into, where these eyes may see them."""
    lead = leads.find(signal.lead.public_id, seen_by=actor) if signal.lead else None
    into = signal.merged_into
    kept = inbox.find(into.public_id, seen_by=actor) if into else None
    return {"lead": lead, "kept": kept}
