"""Screens: the enterprises that leaders' lists name, and the lists themselves."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yipanqi.delivery.desk import faults
from yipanqi.delivery.desk.chains.partner_forms import UndoForm
from yipanqi.delivery.desk.screens import DeskRequest, asked, found, onward, page, page_number
from yipanqi.domain.evidence import queries as evidence
from yipanqi.domain.industries import partner_lists
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.industries.partner_lists import Wanted
from yipanqi.domain.industries.services import partners
from yipanqi.domain.investors import queries as investors
from yipanqi.domain.studies import queries as studies
from yipanqi.vocab.labels import StateSecret

if TYPE_CHECKING:
    from yipanqi.domain.industries.partner_lists import Stated
    from yipanqi.domain.industries.stated import PartnerList
    from yipanqi.domain.investors.models import Enterprise
    from yipanqi.domain.studies.models import Target


@dataclass(frozen=True, slots=True)
class Row:
    """An enterprise the lists name, its place among the targets, its record in the library."""

    stated: "Stated"
    target: "Target | None"
    known: "Enterprise | None"


@require_GET
def show(request: DeskRequest, code: str) -> HttpResponse:
    """List the enterprises named by the lists in force of a chain, and the lists."""
    chain = found(industries.chain(code))
    wanted = Wanted(**{name: asked(request, name) for name in Wanted.__dataclass_fields__})
    listed = partner_lists.stated(
        chain.code, wanted, seen_by=request.actor, page=page_number(request)
    )
    ids = [each.first.registry_id for each in listed.rows]
    ranked = studies.best_targets(chain.code, ids)
    firms = [(each.first.code or None, each.first.shown_name) for each in listed.rows]
    known = investors.same_of_each(firms) if request.actor.posts else [None] * len(firms)
    return page(
        request,
        "chains/partners",
        chain=chain,
        kind="partners",
        page=listed,
        rows=[
            Row(each, ranked.get(each.first.registry_id), firm)
            for each, firm in zip(listed.rows, known, strict=True)
        ],
        wanted=wanted,
        links={each.code: each.name for each in industries.links(chain)},
        sides=partner_lists.KINDS,
        leaders=partner_lists.leaders(chain.code, seen_by=request.actor),
        lists=partner_lists.lists(chain.code, seen_by=request.actor),
        may=partner_lists.may_keep(chain, request.actor),
    )


@require_GET
def one(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show one list row by row, as its file had it."""
    return _page(request, found(partner_lists.find(public_id, seen_by=request.actor)))


@require_POST
def undo(request: DeskRequest, public_id: str) -> HttpResponse:
    """Take a list back, or say what is missing."""
    listed = found(partner_lists.find(public_id, seen_by=request.actor))
    form = UndoForm(request.POST)
    if form.is_valid():
        try:
            partners.undo(listed, form.cleaned_data["because"], by=request.actor)
        except partners.AlreadyUndone as refusal:
            return faults.conflict(request, str(refusal))
        except (partners.Incomplete, StateSecret) as refusal:
            form.add_error("because", str(refusal))
        else:
            saying = _("名单已撤销；此前的名单恢复为现行")
            return onward(request, "partners", listed.chain, saying=saying)
    return _page(request, listed, form)


def _page(
    request: DeskRequest, listed: "PartnerList", refused: UndoForm | None = None
) -> HttpResponse:
    chain = found(industries.chain(listed.chain))
    may = partner_lists.may_keep(chain, request.actor) and listed.state != "undone"
    return page(
        request,
        "chains/partner_list",
        422 if refused else 200,
        chain=chain,
        listed=listed,
        page=partner_lists.page_of(listed, page_number(request)),
        links={each.code: each.name for each in industries.links(chain)},
        form=(refused or UndoForm()) if may else None,
        files=evidence.files(f"industries/{listed.public_id}", seen_by=request.actor),
    )
