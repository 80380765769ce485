"""Screen: filing a claim on a matter with an enterprise (登记线索), and how it ended."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yipanqi.delivery import limits
from yipanqi.delivery.desk.investors.forms import ClaimForm
from yipanqi.delivery.desk.screens import DeskRequest, asked, found, page
from yipanqi.domain.evidence.services.safety import Refused
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.investors import queries
from yipanqi.domain.leads import inbox
from yipanqi.domain.leads import queries as leads
from yipanqi.domain.leads.services import becoming, claims, triage
from yipanqi.vocab.actors import require
from yipanqi.vocab.labels import StateSecret

if TYPE_CHECKING:
    from yipanqi.domain.investors.models import Enterprise
    from yipanqi.domain.leads.signals import Signal

_REFUSALS = (claims.ProofMissing, claims.TooManyClaims, claims.Unclear, Refused, StateSecret)


@require_http_methods(["GET", "POST"])
def show(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show the form; when it is sent, file the claim and say how it ended."""
    require(request.actor, "leads.register", doing=_("登记线索"))
    enterprise = found(queries.find(public_id, seen_by=request.actor))
    signal = _signal(request, enterprise)
    form = _form(request, enterprise, signal)
    if request.method == "POST" and form.is_valid():
        limits.count(request.actor, "upload")
        try:
            outcome = claims.file(enterprise, form.filing(), by=request.actor)
        except _REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            _promoted(request, signal, outcome)
            return _told(request, enterprise, outcome)
    status = 422 if form.errors else 200
    return page(request, "investors/claim", status, enterprise=enterprise, form=form)


@require_GET
def likely(request: DeskRequest, public_id: str) -> HttpResponse:
    """What of the matter being typed may be registered already: shown, or only counted."""
    enterprise = found(queries.find(public_id, seen_by=request.actor))
    form = ClaimForm(request.GET)
    form.offer(_places(enterprise))
    form.is_valid()
    given = form.cleaned_data
    candidates, matter = None, given.get("matter", "")
    if matter.strip():
        chain, _slash, link = given.get("place", "").partition("/")
        amount = given.get("estimate_fen")
        filing = claims.Filing(matter, "", None, chain, link, estimate_fen=amount)
        candidates = claims.candidates(enterprise, filing, by=request.actor)
    shown = {"candidates": candidates, "is_asked": bool(matter), "names": industries.names()}
    return page(request, "leads/likely", **shown)


def _signal(request: DeskRequest, enterprise: "Enterprise") -> "Signal | None":
    """The signal the claim is filed from: open, of one's own unit, with this enterprise."""
    signal = inbox.find(asked(request, "signal", 16), seen_by=request.actor)
    if signal is None or not signal.is_open or signal.enterprise_id != enterprise.pk:
        return None
    return signal if signal.unit_id == request.actor.unit_id else None


def _promoted(request: DeskRequest, signal: "Signal | None", outcome: claims.Outcome) -> None:
    if signal is None or outcome.lead is None:
        return
    try:
        becoming.promote(signal, outcome.lead, by=request.actor)
    except triage.NotOpen as refusal:
        messages.warning(request, str(refusal))


def _form(request: DeskRequest, enterprise: "Enterprise", signal: "Signal | None") -> ClaimForm:
    if request.method == "POST":
        form = ClaimForm(request.POST, request.FILES)
    else:
        form = ClaimForm(initial=_begun(enterprise, signal))
    form.offer(_places(enterprise, signal))
    return form


def _begun(enterprise: "Enterprise", signal: "Signal | None") -> dict[str, object]:
    """What need not be typed again: the signal's words, else the enterprise's first place."""
    if signal is not None:
        return {
            "matter": signal.matter,
            "estimate_fen": signal.estimate_fen,
            "label": signal.label,
            "place": _place(signal),
        }
    memberships = queries.memberships(enterprise)
    return {"place": f"{memberships[0].chain}/{memberships[0].link}" if memberships else ""}


def _place(signal: "Signal") -> str:
    return f"{signal.chain}/{signal.link}" if signal.chain else ""


def _places(enterprise: "Enterprise", signal: "Signal | None" = None) -> list[tuple[str, str]]:
    """The enterprise's own links first, the signal's, then every chain as a whole."""
    names = industries.names()
    own = [
        (
            f"{each.chain}/{each.link}",
            f"{names.get(each.chain, each.chain)} · {names.get(each.link, each.link)}",
        )
        for each in queries.memberships(enterprise)
    ]
    if signal is not None and signal.link and _place(signal) not in dict(own):
        title = f"{names.get(signal.chain, signal.chain)} · {names.get(signal.link, signal.link)}"
        own.append((_place(signal), title))
    return own + [(f"{chain.code}/", chain.name) for chain in industries.chains()]


def _told(request: DeskRequest, enterprise: "Enterprise", outcome: claims.Outcome) -> HttpResponse:
    lead = outcome.lead
    if lead is not None:
        # A lead labelled above one's own clearance has no page for its filer either.
        lead = leads.find(lead.public_id, seen_by=request.actor)
    rival = outcome.rival.lead if outcome.rival else None
    return page(
        request, "investors/outcome", enterprise=enterprise, outcome=outcome, lead=lead, rival=rival
    )
