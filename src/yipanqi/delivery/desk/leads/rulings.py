"""Screen: filings that wait for a ruling, each beside the one it meets."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from yipanqi.delivery.desk import faults
from yipanqi.delivery.desk.fields import BLANK
from yipanqi.delivery.desk.screens import DeskRequest, found, onward, page
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.leads import queries
from yipanqi.domain.leads.services import rulings
from yipanqi.vocab import names
from yipanqi.vocab.actors import require
from yipanqi.vocab.labels import StateSecret

if TYPE_CHECKING:
    from yipanqi.domain.leads.models import Claim


class RulingForm(forms.Form):
    """Which way, and why; both units will read the reason."""

    uphold = forms.TypedChoiceField(
        label=gettext_lazy("裁定"),
        choices=[
            BLANK,
            ("yes", gettext_lazy("支持本次登记")),
            ("no", gettext_lazy("维持原持有单位")),
        ],
        coerce=lambda text: text == "yes",
    )
    because = forms.CharField(
        label=gettext_lazy("裁定理由"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("双方单位都将看到"),
    )


@dataclass(frozen=True, slots=True)
class Case:
    """A filing, the claim it meets (None where it may not be known), and how alike they are."""

    claim: "Claim"
    rival: "Claim | None"
    likeness: int | None
    form: RulingForm


@require_GET
def show(request: DeskRequest) -> HttpResponse:
    """List what waits."""
    return _page(request)


@require_POST
def rule(request: DeskRequest, public_id: str) -> HttpResponse:
    """Rule on one filing, or say what is missing."""
    require(request.actor, "leads.rule", doing=_("裁定首报"))
    claim = found(queries.claim(public_id, seen_by=request.actor))
    form = RulingForm(request.POST, prefix=public_id)
    if form.is_valid():
        try:
            rulings.rule(claim, by=request.actor, **form.cleaned_data)
        except rulings.NothingToRule as refusal:
            return faults.conflict(request, str(refusal))
        except (rulings.ReasonMissing, StateSecret) as refusal:
            form.add_error("because", str(refusal))
        else:
            return onward(request, "rulings", saying=_("已裁定，双方单位可在线索页看到结果与理由"))
    return _page(request, refused=form)


def _page(request: DeskRequest, refused: RulingForm | None = None) -> HttpResponse:
    require(request.actor, "leads.rule", doing=_("裁定首报"))
    cases = [_case(request, claim, refused) for claim in queries.pending(seen_by=request.actor)]
    status = 422 if refused else 200
    return page(request, "leads/rulings", status, cases=cases, names=industries.names())


def _case(request: DeskRequest, claim: "Claim", refused: RulingForm | None) -> Case:
    rival = claim.rival
    if rival is not None and not queries.may_know(rival, seen_by=request.actor):
        rival = None
    form = RulingForm(prefix=claim.public_id)
    if refused and refused.prefix == claim.public_id:
        form = refused
    alike = names.likeness(claim.lead.matter, rival.lead.matter) if rival else None
    return Case(claim, rival, alike, form)
