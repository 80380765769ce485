"""Screen: which registered enterprise one row of a leader's list means, chosen or corrected."""

from dataclasses import replace
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yipanqi.delivery import limits
from yipanqi.delivery.desk import faults
from yipanqi.delivery.desk.chains import partner_matching
from yipanqi.delivery.desk.chains.partner_reading import Said
from yipanqi.delivery.desk.screens import DeskRequest, asked, found, onward, page
from yipanqi.domain.industries import partner_lists
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.industries.partner_kinds import MatchedBy, PartnerKind
from yipanqi.domain.industries.services import partners
from yipanqi.domain.industries.services.partners import Known
from yipanqi.vocab.actors import NotAllowed

if TYPE_CHECKING:
    from yipanqi.domain.industries.stated import PartnerRow

NOBODY = "nobody"


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: DeskRequest, public_id: str, number: int) -> HttpResponse:
    """Offer the enterprises the row, or the name typed instead, may mean; take the one chosen."""
    listed = found(partner_lists.find(public_id, seen_by=request.actor))
    row = found(partner_lists.row(listed, number))
    chain = found(industries.chain(listed.chain))
    if not partner_lists.may_keep(chain, request.actor):
        raise NotAllowed(_("只能维护本办公室所负责产业链的链主名单"))
    limits.count(request.actor, "search")
    name = asked(request, "name", 200)
    offered = _offered(row, name)
    chosen = request.POST.get("registry_id", "")
    if request.method == "POST" and (chosen == NOBODY or chosen in offered):
        try:
            partners.recognise(row, offered.get(chosen), by=request.actor)
        except partners.NotInForce as refusal:
            return faults.conflict(request, str(refusal))
        return onward(request, "partner-list", public_id, saying=_("已改对应的登记企业"))
    return page(
        request,
        "chains/partner_match",
        422 if request.method == "POST" else 200,
        chain=chain,
        listed=listed,
        row=row,
        name=name or row.name,
        offered=list(offered.values()),
        nobody=NOBODY,
        is_missing=request.method == "POST",
    )


def _offered(row: "PartnerRow", name: str) -> dict[str, Known]:
    """Those the name may mean by registry id, the surest first."""
    kind = PartnerKind(row.of.kind)
    said = Said(row.number, kind, name or row.name, "" if name else row.code)
    matches = partner_matching.matches([said])
    near = [each.known for each in matches.near.get(row.number, ())]
    certain = matches.certain.get(row.number)
    found = [certain, *near] if certain else near
    if name and name != row.name:
        # The list does not write that name: how alike it is says nothing of the row.
        found = [replace(each, confidence=None, matched_by=MatchedBy.CHOSEN) for each in found]
    return {each.registry_id: each for each in found}
