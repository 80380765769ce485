"""Screen part: raising a veto and taking it back."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yipanqi.delivery.desk import faults
from yipanqi.delivery.desk.reviews.forms import VetoForm
from yipanqi.delivery.desk.reviews.review import Refused, sheet_of
from yipanqi.delivery.desk.screens import DeskRequest, found, onward
from yipanqi.domain.reviews import queries
from yipanqi.domain.reviews.services import opening, vetoing
from yipanqi.vocab.labels import StateSecret


@require_POST
def raise_one(request: DeskRequest, public_id: str) -> HttpResponse:
    """Raise a veto, or say what is missing."""
    review = found(queries.find(public_id, seen_by=request.actor))
    form = VetoForm(request.POST)
    form.offer(queries.sheet(review))
    if form.is_valid():
        given = form.cleaned_data
        try:
            vetoing.raise_veto(review, given["code"], given["reason"], by=request.actor)
        except opening.AlreadyClosed as refusal:
            return faults.conflict(request, str(refusal))
        except (vetoing.NoSuchVeto, vetoing.ReasonMissing, StateSecret) as refusal:
            form.add_error("reason", str(refusal))
        else:
            return onward(request, "review", public_id, saying=_("已提出一票否决"))
    return sheet_of(request, review, Refused("veto_form", form))


@require_POST
def withdraw(request: DeskRequest, public_id: str, veto_id: str) -> HttpResponse:
    """Take the unit's own veto back, with a reason."""
    review = found(queries.find(public_id, seen_by=request.actor))
    because = request.POST.get("because", "").replace("\x00", "")[:2000]
    try:
        vetoing.withdraw(review, veto_id, because=because, by=request.actor)
    except (
        opening.AlreadyClosed,
        vetoing.NoSuchVeto,
        vetoing.ReasonMissing,
        StateSecret,
    ) as refusal:
        return faults.conflict(request, str(refusal))
    return onward(request, "review", public_id, saying=_("已撤销一票否决"))
