"""Screens: planning a visit, writing down that it took place, calling it off."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yipanqi.delivery.desk.investors.profile import profile
from yipanqi.delivery.desk.investors.profile_forms import HeldForm, PlanForm, reason
from yipanqi.delivery.desk.screens import DeskRequest, found, onward, page
from yipanqi.domain.investors import dealings, queries
from yipanqi.domain.investors.services import planning
from yipanqi.domain.investors.services.contacts import Incomplete
from yipanqi.vocab import clock
from yipanqi.vocab.actors import require
from yipanqi.vocab.labels import StateSecret

if TYPE_CHECKING:
    from yipanqi.domain.investors.models import PlannedVisit


@require_POST
def plan(request: DeskRequest, public_id: str) -> HttpResponse:
    """Keep the plan and warn of a collision, or show the form with what is missing."""
    enterprise = found(queries.find(public_id, seen_by=request.actor))
    form = PlanForm(request.POST)
    if not form.is_valid():
        return profile(request, enterprise, refused=form)
    try:
        planned = planning.plan(enterprise, form.plan(), by=request.actor)
    except (Incomplete, StateSecret) as refusal:
        form.add_error(None, str(refusal))
        return profile(request, enterprise, refused=form)
    _warn(request, planned)
    return onward(request, "investor", public_id, saying=_("接洽计划已保存"))


@require_http_methods(["GET", "POST"])
def hold(request: DeskRequest, public_id: str) -> HttpResponse:
    """Ask what came of the plan; when it is sent, keep it as an interaction."""
    require(request.actor, "investors.register", doing=_("登记接洽结果"))
    planned = found(dealings.plan(public_id, seen_by=request.actor))
    posted = request.method == "POST"
    form = HeldForm(request.POST) if posted else HeldForm(initial={"held_on": clock.today()})
    if posted and form.is_valid():
        try:
            planning.hold(planned, form.outcome(), by=request.actor)
        except (Incomplete, StateSecret) as refusal:
            form.add_error(None, str(refusal))
        except planning.NotPlanned as refusal:
            return profile(request, planned.enterprise, refusal=str(refusal), status=409)
        else:
            saying = _("已记为往来")
            return onward(request, "investor", planned.enterprise.public_id, saying=saying)
    status = 422 if form.errors else 200
    return page(request, "investors/held", status, plan=planned, form=form)


@require_POST
def cancel(request: DeskRequest, public_id: str) -> HttpResponse:
    """Call the plan off with a reason."""
    planned = found(dealings.plan(public_id, seen_by=request.actor))
    try:
        planning.cancel(planned, because=reason(request), by=request.actor)
    except (Incomplete, StateSecret) as refusal:
        return profile(request, planned.enterprise, refusal=str(refusal))
    except planning.NotPlanned as refusal:
        return profile(request, planned.enterprise, refusal=str(refusal), status=409)
    return onward(request, "investor", planned.enterprise.public_id, saying=_("计划已取消"))


def _warn(request: DeskRequest, planned: "PlannedVisit") -> None:
    collision = dealings.collision(planned, seen_by=request.actor)
    if collision is None:
        return
    for other in collision.plans:
        told = {"unit": other.unit.short_name, "day": other.planned_on.isoformat()}
        messages.warning(request, _("%(unit)s计划 %(day)s 接洽这家企业，请先与对方协调") % told)
    if collision.is_more:
        messages.warning(request, _("另一单位近期有接洽计划，请联系招商主管部门"))
