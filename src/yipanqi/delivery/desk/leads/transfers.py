"""Screens: handing a lead to another unit (流转), and agreeing to it."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yipanqi.delivery import limits
from yipanqi.delivery.desk import faults
from yipanqi.delivery.desk.leads.forms import TransferForm
from yipanqi.delivery.desk.screens import DeskRequest, found, onward, page, page_number
from yipanqi.domain.evidence.services.safety import Refused
from yipanqi.domain.leads import queries
from yipanqi.domain.leads.services import claims, transfers
from yipanqi.domain.projects.services import following
from yipanqi.domain.rules import queries as rules
from yipanqi.vocab import clock, shares
from yipanqi.vocab.actors import require
from yipanqi.vocab.labels import StateSecret

if TYPE_CHECKING:
    from yipanqi.domain.leads.models import Lead, Transfer


@require_GET
def listing(request: DeskRequest) -> HttpResponse:
    """List the transfers this person is party to or may know of."""
    rows = queries.transfers(seen_by=request.actor, page=page_number(request))
    return page(request, "leads/transfers", page=rows)


@require_http_methods(["GET", "POST"])
def propose(request: DeskRequest, public_id: str) -> HttpResponse:
    """Propose to hand the lead over, or say what is missing."""
    actor = request.actor
    require(actor, "leads.register", doing=_("提出流转"))
    lead = found(queries.find(public_id, seen_by=actor))
    form = _form(request, lead)
    if request.method == "POST" and form.is_valid():
        limits.count(actor, "upload")
        try:
            transfer = transfers.propose(lead, form.proposal(lead.unit.code), by=actor)
        except transfers.NotTransferable as refusal:
            return faults.conflict(request, str(refusal))
        except (transfers.Unshared, Refused, StateSecret) as refusal:
            form.add_error(None, str(refusal))
        else:
            saying = _("流转已提出，待各方同意")
            return onward(request, "transfer", transfer.public_id, saying=saying)
    return page(request, "leads/handing", 422 if form.errors else 200, lead=lead, form=form)


@require_GET
def show(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show a transfer, who has agreed, and who shares how much."""
    return _page(request, found(queries.transfer(public_id, seen_by=request.actor)))


@require_POST
def accept(request: DeskRequest, public_id: str) -> HttpResponse:
    """Agree for one's own unit."""
    transfer = found(queries.transfer(public_id, seen_by=request.actor))
    try:
        moved = transfers.accept(transfer, by=request.actor, followers=(following.follow,))
    except (transfers.NothingToAgree, transfers.NotTransferable) as refusal:
        return faults.conflict(request, str(refusal))
    except claims.TooManyClaims as refusal:
        return _page(request, transfer, refusal=str(refusal))
    saying = _("各方均已同意，流转生效") if moved else _("已同意，待其他各方")
    return onward(request, "transfer", public_id, saying=saying)


@require_POST
def decline(request: DeskRequest, public_id: str) -> HttpResponse:
    """Refuse, or take one's own proposal back, with a reason."""
    transfer = found(queries.transfer(public_id, seen_by=request.actor))
    because = request.POST.get("because", "").replace("\x00", "")[:2000]
    try:
        transfers.decline(transfer, because=because, by=request.actor)
    except transfers.NothingToAgree as refusal:
        return faults.conflict(request, str(refusal))
    except (transfers.Unshared, StateSecret) as refusal:
        return _page(request, transfer, refusal=str(refusal))
    return onward(request, "transfer", public_id, saying=_("已答复，事项仍由原单位持有"))


def _form(request: DeskRequest, lead: "Lead") -> TransferForm:
    form = TransferForm(request.POST, request.FILES) if request.method == "POST" else TransferForm()
    sheet = rules.claims(on=clock.today(), unit=lead.unit.code)
    units = [(unit.code, unit.name) for unit in queries.receivers(lead)]
    form.offer(units, sheet.sharing_years)
    return form


def _page(request: DeskRequest, transfer: "Transfer", refusal: str = "") -> HttpResponse:
    actor = request.actor
    parties = list(transfer.parties.all())
    parts = shares.fractions([party.part for party in parties])
    mine = [party for party in parties if party.unit_id == actor.unit_id]
    is_open = transfer.state == "proposed"
    return page(
        request,
        "leads/transfer",
        422 if refusal else 200,
        transfer=transfer,
        ratio=transfers.ratio(transfer),
        parties=zip(parties, parts, strict=True),
        lead=queries.find(transfer.lead.public_id, seen_by=actor),
        may_agree=is_open and any(party.accepted_at is None for party in mine),
        may_close=is_open and bool(mine),
        is_giver=transfer.giver_id == actor.unit_id,
        refusal=refusal,
    )
