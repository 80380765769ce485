"""Screen: one officer, their posts, and the ways in that an administrator opens and shuts."""

from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yipanqi.delivery.desk import second_factor
from yipanqi.delivery.desk.people.forms import AppointmentForm, role_titles
from yipanqi.delivery.desk.screens import DeskRequest, found, onward, page
from yipanqi.domain.people import queries
from yipanqi.domain.people.services import officers, passwords
from yipanqi.vocab import clock
from yipanqi.vocab.actors import require

if TYPE_CHECKING:
    from yipanqi.domain.people.models import Officer


@require_GET
def show(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show the officer."""
    return _page(request, _find(request, public_id))


@require_POST
def appoint(request: DeskRequest, public_id: str) -> HttpResponse:
    """Give the officer a role, or say what stands against it."""
    officer = _find(request, public_id)
    form = AppointmentForm(request.POST)
    form.offer(request.actor)
    if form.is_valid():
        try:
            officers.appoint(officer, form.appointment(), by=request.actor)
        except officers.Unclear as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            return onward(request, "officer", public_id, saying=_("任职已登记"))
    return _page(request, officer, form=form)


@require_POST
def end_post(request: DeskRequest, public_id: str, number: int) -> HttpResponse:
    """Make a day the last of an appointment."""
    officer = _find(request, public_id)
    post = found(queries.post(number, of=officer))
    try:
        officers.end_post(post, on=_last_day(request), by=request.actor)
    except officers.Unclear as refusal:
        return _page(request, officer, fault=str(refusal))
    return onward(request, "officer", public_id, saying=_("任职止日已登记"))


@require_POST
def reset_password(request: DeskRequest, public_id: str) -> HttpResponse:
    """Set a new initial password and show it this once."""
    officer = _find(request, public_id)
    password = passwords.reset(officer, by=request.actor)
    return page(request, "people/handover", officer=officer, password=password)


@require_POST
def reset_second_factor(request: DeskRequest, public_id: str) -> HttpResponse:
    """Take the second factor away, to be set up anew at the next log-in."""
    passwords.reset_second_factor(_find(request, public_id), by=request.actor)
    return onward(request, "officer", public_id, saying=_("动态口令已重置，本人下次登录须重新绑定"))


@require_POST
def deactivate(request: DeskRequest, public_id: str) -> HttpResponse:
    """Shut the officer out."""
    officers.deactivate(_find(request, public_id), by=request.actor)
    return onward(request, "officer", public_id, saying=_("账户已停用"))


@require_POST
def reactivate(request: DeskRequest, public_id: str) -> HttpResponse:
    """Let the officer in again."""
    officers.reactivate(_find(request, public_id), by=request.actor)
    return onward(request, "officer", public_id, saying=_("账户已恢复"))


def _find(request: DeskRequest, public_id: str) -> "Officer":
    require(request.actor, "people.manage", doing=_("管理人员"))
    return found(queries.officer(public_id, seen_by=request.actor))


def _last_day(request: DeskRequest) -> date:
    try:
        return date.fromisoformat(request.POST.get("until", ""))
    except ValueError:
        return clock.today()


def _page(
    request: DeskRequest,
    officer: "Officer",
    *,
    form: AppointmentForm | None = None,
    fault: str = "",
) -> HttpResponse:
    if form is None:
        form = AppointmentForm(
            initial={"since": clock.today(), "unit": officer.unit.code if officer.unit else ""}
        )
        form.offer(request.actor)
    return page(
        request,
        "people/record",
        422 if form.errors or fault else 200,
        officer=officer,
        form=form,
        fault=fault,
        roles=role_titles(),
        has_second_factor=second_factor.is_enrolled(officer),
        is_self=officer.pk == request.actor.id,
        today=clock.today(),
    )
