"""Screen part: asking somebody to be an expert."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yipanqi.delivery.desk import faults
from yipanqi.delivery.desk.reviews.forms import ExpertForm
from yipanqi.delivery.desk.reviews.review import Refused, sheet_of
from yipanqi.delivery.desk.screens import DeskRequest, found, onward
from yipanqi.domain.people import queries as people
from yipanqi.domain.reviews import queries
from yipanqi.domain.reviews.services import experts, opening
from yipanqi.vocab.actors import require


@require_POST
def appoint(request: DeskRequest, public_id: str) -> HttpResponse:
    """Ask the officer, or say why not."""
    actor = request.actor
    require(actor, "reviews.open", doing=_("聘请评审专家"))
    review = found(queries.find(public_id, seen_by=actor))
    offered = people.officers(seen_by=actor)
    form = ExpertForm(request.POST)
    form.offer(offered)
    if form.is_valid():
        named = {each.public_id: each for each in offered}
        try:
            experts.appoint(review, named[form.cleaned_data["officer"]], by=actor)
        except opening.AlreadyClosed as refusal:
            return faults.conflict(request, str(refusal))
        except experts.NotFit as refusal:
            form.add_error("officer", str(refusal))
        else:
            return onward(request, "review", public_id, saying=_("已聘请；专家须先申报再看材料"))
    return sheet_of(request, review, Refused("expert_form", form))
