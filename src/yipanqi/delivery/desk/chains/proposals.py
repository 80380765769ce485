"""Screens: suggestions for a chain, each accepted (as is or changed) or turned down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yipanqi.delivery.desk import faults, glossary
from yipanqi.delivery.desk.chains.proposal_forms import FORMS, RejectionForm
from yipanqi.delivery.desk.screens import DeskRequest, asked, found, onward, page, page_number
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.industries.services import proposing
from yipanqi.rulebook.faults import SheetFaults
from yipanqi.vocab.actors import require
from yipanqi.vocab.pages import Page

if TYPE_CHECKING:
    from yipanqi.domain.industries.models import Chain, Link, Proposal


@dataclass(frozen=True, slots=True)
class Row:
    """A suggestion with its forms, where this person may decide on it and it waits."""

    proposal: "Proposal"
    accepting: forms.Form | None = None
    rejecting: RejectionForm | None = None


@require_GET
def show(request: DeskRequest, code: str) -> HttpResponse:
    """List the suggestions for a chain."""
    return _page(request, found(industries.chain(code)), {})


@require_POST
def accept(request: DeskRequest, public_id: str) -> HttpResponse:
    """Write a suggestion into the chain, or say what is missing."""
    proposal, chain = _asked(request, public_id)
    form = FORMS[proposal.kind](
        proposal, industries.links(chain), request.POST, prefix=f"a-{public_id}"
    )
    if form.is_valid():
        try:
            proposing.accept(proposal, form.rows(chain), by=request.actor)
        except proposing.NothingToDecide as refusal:
            return faults.conflict(request, str(refusal))
        except SheetFaults as refusal:
            for fault in refusal.faults:
                form.add_error(None, f"{fault.problem}：{fault.remedy}")
        else:
            saying = _("已采纳并写入新的产业链表；研判随后自动按新表更新")
            return onward(request, "proposals", chain.code, saying=saying)
    return _page(request, chain, {public_id: Row(proposal, form, _rejection(public_id))})


@require_POST
def reject(request: DeskRequest, public_id: str) -> HttpResponse:
    """Turn a suggestion down, or say what is missing."""
    proposal, chain = _asked(request, public_id)
    form = RejectionForm(request.POST, prefix=f"r-{public_id}")
    if form.is_valid():
        try:
            proposing.reject(proposal, form.cleaned_data["because"], by=request.actor)
        except proposing.NothingToDecide as refusal:
            return faults.conflict(request, str(refusal))
        except proposing.ReasonMissing as refusal:
            form.add_error("because", str(refusal))
        else:
            return onward(request, "proposals", chain.code, saying=_("已退回"))
    accepting = FORMS[proposal.kind](proposal, industries.links(chain), prefix=f"a-{public_id}")
    return _page(request, chain, {public_id: Row(proposal, accepting, form)})


def _asked(request: DeskRequest, public_id: str) -> "tuple[Proposal, Chain]":
    # Who may not decide is told so before the form is read.
    require(request.actor, "chains.edit", doing=_("处理产业链提议"))
    proposal = found(industries.proposal(public_id))
    return proposal, found(industries.chain(proposal.chain))


def _page(request: DeskRequest, chain: "Chain", refused: Mapping[str, Row]) -> HttpResponse:
    state, kind = asked(request, "state") or "pending", asked(request, "kind")
    listed: Page[Proposal] = industries.proposals(chain, state, kind, page_number(request))
    links = industries.links(chain)
    may = industries.may_edit(chain, request.actor)
    return page(
        request,
        "chains/proposals",
        422 if refused else 200,
        chain=chain,
        rows=[refused.get(each.public_id) or _row(each, links, may=may) for each in listed.rows],
        page=listed,
        names={each.code: each.name for each in links},
        waiting=industries.waiting(chain),
        state=state,
        states=industries.PROPOSAL_STATES,
        kind=kind,
        kinds=glossary.choices("suggested"),
        may=may,
    )


def _row(proposal: "Proposal", links: Sequence["Link"], *, may: bool) -> Row:
    if not may or proposal.state != "pending":
        return Row(proposal)
    public_id = proposal.public_id
    accepting = FORMS[proposal.kind](proposal, links, prefix=f"a-{public_id}")
    return Row(proposal, accepting, _rejection(public_id))


def _rejection(public_id: str) -> RejectionForm:
    return RejectionForm(prefix=f"r-{public_id}")
