"""Screen part: naming the account manager of one's own unit, and handing over."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yipanqi.delivery.desk.investors.profile import profile
from yipanqi.delivery.desk.investors.profile_forms import ManagerForm
from yipanqi.delivery.desk.screens import DeskRequest, found, onward
from yipanqi.domain.investors import queries
from yipanqi.domain.investors.services import account_managers
from yipanqi.domain.investors.services.contacts import Incomplete
from yipanqi.domain.people import queries as people
from yipanqi.vocab.actors import require
from yipanqi.vocab.labels import StateSecret


@require_POST
def appoint(request: DeskRequest, public_id: str) -> HttpResponse:
    """Name the account manager, or show the form with what is missing."""
    require(request.actor, "investors.register", doing=_("指定客户经理"))
    enterprise = found(queries.find(public_id, seen_by=request.actor))
    colleagues = {str(each.public_id): each for each in people.colleagues(seen_by=request.actor)}
    form = ManagerForm(request.POST)
    form.offer(colleagues.values())
    if form.is_valid():
        given = form.cleaned_data
        try:
            account_managers.appoint(
                enterprise,
                colleagues[given["officer"]],
                by=request.actor,
                because=given["because"],
            )
        except (Incomplete, StateSecret) as refusal:
            form.add_error(None, str(refusal))
        else:
            return onward(request, "investor", public_id, saying=_("客户经理已保存"))
    return profile(request, enterprise, refused=form)
