"""Screen part: recording a body's minutes, and that a condition is met."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yipanqi.delivery.desk import faults
from yipanqi.delivery.desk.reviews.forms import DecisionForm, MeetingForm
from yipanqi.delivery.desk.reviews.review import Refused, sheet_of
from yipanqi.delivery.desk.screens import DeskRequest, found, onward
from yipanqi.domain.people import queries as people
from yipanqi.domain.projects.services import admission
from yipanqi.domain.projects.services.passed import GateEmptied
from yipanqi.domain.reviews import queries
from yipanqi.domain.reviews.services import deciding, opening
from yipanqi.vocab.actors import require
from yipanqi.vocab.labels import StateSecret


@require_POST
def decide(request: DeskRequest, public_id: str) -> HttpResponse:
    """Record what the body whose turn it is decided, or say what forbids it."""
    actor = request.actor
    require(actor, "reviews.decide", doing=_("登记评审结论"))
    review = found(queries.find(public_id, seen_by=actor))
    form = DecisionForm(request.POST)
    form.offer(people.units(seen_by=actor))
    if form.is_valid():
        decision = form.decision(request.POST.get("body", ""))
        try:
            deciding.decide(review, decision, by=actor, followers=(admission.follow,))
        except opening.AlreadyClosed as refusal:
            return faults.conflict(request, str(refusal))
        except deciding.Unclear as refusal:
            form.add_error(refusal.field, str(refusal))
        except (deciding.NotReady, GateEmptied, StateSecret) as refusal:
            form.add_error(None, str(refusal))
        else:
            return onward(request, "review", public_id, saying=_("结论已登记"))
    return sheet_of(request, review, Refused("decision_form", form))


@require_POST
def meet(request: DeskRequest, public_id: str, condition_id: str) -> HttpResponse:
    """Note that a condition is met, or say what is missing."""
    review = found(queries.find(public_id, seen_by=request.actor))
    rows = {each.public_id: each for each in review.conditions.all()}
    condition = found(rows.get(condition_id))
    form = MeetingForm(request.POST, prefix=condition_id)
    if form.is_valid():
        on, proof = form.told()
        try:
            deciding.meet(
                condition, on=on, proof=proof, by=request.actor, followers=(admission.follow,)
            )
        except (deciding.NotMet, StateSecret) as refusal:
            form.add_error("proof", str(refusal))
        else:
            return onward(request, "review", public_id, saying=_("已登记落实"))
    return sheet_of(request, review, Refused("meeting_form", form))
