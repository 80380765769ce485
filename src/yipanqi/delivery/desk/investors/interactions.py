"""Screen parts: writing down a visit, call, fair or reception, and closing its next step."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yipanqi.delivery.desk.investors.forms import OccasionForm
from yipanqi.delivery.desk.investors.profile import profile
from yipanqi.delivery.desk.investors.profile_forms import StepForm
from yipanqi.delivery.desk.screens import DeskRequest, found, onward
from yipanqi.domain.investors import dealings, queries
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


@require_POST
def close(request: DeskRequest, public_id: str) -> HttpResponse:
    """Say that the next step was done, or was not and why."""
    interaction = found(dealings.interaction(public_id, seen_by=request.actor))
    enterprise, form = interaction.enterprise, StepForm(request.POST)
    given = form.cleaned_data if form.is_valid() else {"result": ""}
    try:
        interactions.close_step(interaction, by=request.actor, **given)
    except (Incomplete, StateSecret) as refusal:
        return profile(request, enterprise, refusal=str(refusal))
    except interactions.StepClosed as refusal:
        return profile(request, enterprise, refusal=str(refusal), status=409)
    return onward(request, "investor", enterprise.public_id, saying=_("下一步已了结"))
