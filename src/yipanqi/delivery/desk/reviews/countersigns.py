"""Screen part: a department's grade and comment."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yipanqi.delivery.desk import faults
from yipanqi.delivery.desk.reviews.forms import CountersignForm
from yipanqi.delivery.desk.reviews.review import Refused, sheet_of
from yipanqi.delivery.desk.screens import DeskRequest, found, onward
from yipanqi.domain.reviews import queries
from yipanqi.domain.reviews.services import countersigning, opening
from yipanqi.vocab.labels import StateSecret


@require_POST
def sign(request: DeskRequest, public_id: str) -> HttpResponse:
    """Give the unit's grade, or say what is missing."""
    review = found(queries.find(public_id, seen_by=request.actor))
    form = CountersignForm(request.POST)
    form.offer(queries.sheet(review))
    if form.is_valid():
        try:
            countersigning.countersign(review, *form.answer(), by=request.actor)
        except opening.AlreadyClosed as refusal:
            return faults.conflict(request, str(refusal))
        except (countersigning.CommentMissing, StateSecret) as refusal:
            form.add_error("comment", str(refusal))
        else:
            return onward(request, "review", public_id, saying=_("会签已提交"))
    return sheet_of(request, review, Refused("countersign_form", form))
