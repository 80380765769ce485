"""Screen: filing a claim on a matter with an enterprise (登记线索), and how it ended."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yipanqi.delivery import limits
from yipanqi.delivery.desk.investors.forms import ClaimForm
from yipanqi.delivery.desk.screens import DeskRequest, found, page
from yipanqi.domain.evidence.services.safety import Refused
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.investors import queries
from yipanqi.domain.leads import queries as leads
from yipanqi.domain.leads.services import claims
from yipanqi.vocab.actors import require
from yipanqi.vocab.labels import StateSecret

if TYPE_CHECKING:
    from yipanqi.domain.investors.models import Enterprise

_REFUSALS = (claims.ProofMissing, claims.TooManyClaims, claims.Unclear, Refused, StateSecret)


@require_http_methods(["GET", "POST"])
def show(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show the form; when it is sent, file the claim and say how it ended."""
    require(request.actor, "leads.register", doing=_("登记线索"))
    enterprise = found(queries.find(public_id, seen_by=request.actor))
    form = _form(request, enterprise)
    if request.method == "POST" and form.is_valid():
        limits.count(request.actor, "upload")
        try:
            outcome = claims.file(enterprise, form.filing(), by=request.actor)
        except _REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
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


def _form(request: DeskRequest, enterprise: "Enterprise") -> ClaimForm:
    memberships = queries.memberships(enterprise)
    first = f"{memberships[0].chain}/{memberships[0].link}" if memberships else ""
    posted = request.method == "POST"
    form = ClaimForm(request.POST, request.FILES) if posted else ClaimForm(initial={"place": first})
    form.offer(_places(enterprise))
    return form


def _places(enterprise: "Enterprise") -> list[tuple[str, str]]:
    """The enterprise's own links first, then every chain as a whole."""
    names = industries.names()
    own = [
        (
            f"{each.chain}/{each.link}",
            f"{names.get(each.chain, each.chain)} · {names.get(each.link, each.link)}",
        )
        for each in queries.memberships(enterprise)
    ]
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
