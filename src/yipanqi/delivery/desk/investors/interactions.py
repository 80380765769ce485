"""Screen part: writing down a visit, call, fair or reception."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yipanqi.delivery.desk.investors.forms import OccasionForm
from yipanqi.delivery.desk.investors.profile import profile
from yipanqi.delivery.desk.screens import DeskRequest, found, onward
from yipanqi.domain.investors import queries
from yipanqi.domain.investors.services import interactions
from yipanqi.domain.investors.services.contacts import Incomplete
from yipanqi.vocab.labels import StateSecret


@require_POST
def log(request: DeskRequest, public_id: str) -> HttpResponse:
    """Write the occasion down, or show the form with what is missing."""
    enterprise = found(queries.find(public_id, seen_by=request.actor))
    form = OccasionForm(request.POST)
    if form.is_valid():
        try:
            interactions.log(enterprise, form.occasion(), by=request.actor)
        except (Incomplete, StateSecret) as refusal:
            form.add_error(None, str(refusal))
        else:
            return onward(request, "investor", public_id, saying=_("往来已记录"))
    return profile(request, enterprise, refused=form)
