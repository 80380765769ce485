"""Screen: who answers for a project — its team, joint units, and what was promised by whom."""

from typing import TYPE_CHECKING

from django import forms
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yipanqi.delivery.desk import faults
from yipanqi.delivery.desk.projects.team_forms import (
    ClosingForm,
    JointForm,
    LeavingForm,
    PledgeForm,
    SeatForm,
)
from yipanqi.delivery.desk.screens import DeskRequest, found, onward, page
from yipanqi.domain.people import queries as people
from yipanqi.domain.projects import life, queries, roster
from yipanqi.domain.projects.services import pledges, team
from yipanqi.domain.projects.services.passed import GateEmptied
from yipanqi.vocab import clock
from yipanqi.vocab.actors import require
from yipanqi.vocab.labels import StateSecret

if TYPE_CHECKING:
    from yipanqi.domain.people.models import Officer, Unit
    from yipanqi.domain.projects.models import Project

_GONE = (team.AlreadyLeft, pledges.AlreadyClosed, life.Ended)


@require_GET
def show(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show who answers for the project."""
    return _page(request, _project(request, public_id))


@require_POST
def appoint(request: DeskRequest, public_id: str) -> HttpResponse:
    """Bring somebody into the team, or say what is missing."""
    project = _project(request, public_id)
    form, officers, units = _seat_form(request, request.POST)
    if form.is_valid():
        try:
            team.appoint(project, form.seat(officers, units), by=request.actor)
        except life.Ended as refusal:
            return faults.conflict(request, str(refusal))
        except team.Unclear as refusal:
            form.add_error(refusal.field, str(refusal))
        except StateSecret as refusal:
            form.add_error(None, str(refusal))
        else:
            return onward(request, "project-team", public_id, saying=_("已加入专班"))
    return _page(request, project, seat_form=form)


@require_POST
def release(request: DeskRequest, public_id: str) -> HttpResponse:
    """Let somebody leave the team, or hand the seat over."""
    member = found(roster.member(public_id, seen_by=request.actor))
    form, officers = _leaving_form(request, request.POST, public_id)
    if form.is_valid():
        on, chosen = form.cleaned_data["on"], form.cleaned_data["officer"]
        taker = next((each for each in officers if each.public_id == chosen), None)
        try:
            if taker:
                team.hand_over(member, taker, on=on, by=request.actor)
            else:
                team.release(member, on=on, by=request.actor)
        except _GONE as refusal:
            return faults.conflict(request, str(refusal))
        except team.Unclear as refusal:
            form.add_error(refusal.field, str(refusal))
        except GateEmptied as refusal:
            form.add_error(None, str(refusal))
        else:
            saying = _("已交接；承诺仍由原单位承担") if taker else _("已退出专班")
            return onward(request, "project-team", member.project.public_id, saying=saying)
    project = _project(request, member.project.public_id)
    return _page(request, project, leaving=(public_id, form))


@require_POST
def join(request: DeskRequest, public_id: str) -> HttpResponse:
    """Add a joint unit, or say what is missing."""
    project = _project(request, public_id)
    form = _joint_form(request, request.POST)
    if form.is_valid():
        given = form.cleaned_data
        unit = found(people.unit(given["unit"]))
        try:
            team.join(project, unit, given["duty"], by=request.actor)
        except life.Ended as refusal:
            return faults.conflict(request, str(refusal))
        except team.Unclear as refusal:
            form.add_error(refusal.field, str(refusal))
        except StateSecret as refusal:
            form.add_error("duty", str(refusal))
        else:
            return onward(request, "project-team", public_id, saying=_("已列为联合单位"))
    return _page(request, project, joint_form=form)


@require_POST
def leave(request: DeskRequest, public_id: str) -> HttpResponse:
    """Let a joint unit leave."""
    joint = found(roster.joint_unit(public_id, seen_by=request.actor))
    try:
        team.leave(joint, by=request.actor)
    except _GONE as refusal:
        return faults.conflict(request, str(refusal))
    return onward(request, "project-team", joint.project.public_id, saying=_("该单位已退出"))


@require_POST
def pledge(request: DeskRequest, public_id: str) -> HttpResponse:
    """Write a pledge of one's own unit down, or say what is missing."""
    project = _project(request, public_id)
    form = PledgeForm(request.POST, prefix="pledge")
    if form.is_valid():
        try:
            pledges.make(project, form.promise(), by=request.actor)
        except life.Ended as refusal:
            return faults.conflict(request, str(refusal))
        except pledges.Unclear as refusal:
            form.add_error(refusal.field, str(refusal))
        except StateSecret as refusal:
            form.add_error("text", str(refusal))
        else:
            return onward(request, "project-team", public_id, saying=_("承诺已登记在本单位名下"))
    return _page(request, project, pledge_form=form)


@require_POST
def close(request: DeskRequest, public_id: str) -> HttpResponse:
    """Note that a pledge is kept or released, or say what is missing."""
    made = found(roster.pledge(public_id, seen_by=request.actor))
    form = ClosingForm(request.POST, prefix=public_id)
    if form.is_valid():
        words = form.cleaned_data["words"]
        try:
            if form.cleaned_data["how"] == "keep":
                on = form.day(clock.today())
                pledges.keep(made, on=on, words=words, by=request.actor)
            else:
                pledges.release(made, words=words, by=request.actor)
        except _GONE as refusal:
            return faults.conflict(request, str(refusal))
        except pledges.Unclear as refusal:
            form.add_error(refusal.field, str(refusal))
        except StateSecret as refusal:
            form.add_error("words", str(refusal))
        else:
            return onward(request, "project-team", made.project.public_id, saying=_("已登记"))
    project = _project(request, made.project.public_id)
    return _page(request, project, closing=(public_id, form))


def _project(request: DeskRequest, public_id: str) -> "Project":
    return found(queries.find(public_id, seen_by=request.actor))


def _page(
    request: DeskRequest,
    project: "Project",
    *,
    leaving: tuple[str, forms.Form] | None = None,
    closing: tuple[str, forms.Form] | None = None,
    **refused: forms.Form,
) -> HttpResponse:
    if request.method == "POST":
        require(request.actor, "projects.edit", doing=_("调整专班"))
    is_refused = bool(refused or leaving or closing)
    left, ended = dict([leaving] if leaving else []), dict([closing] if closing else [])
    blank = _leaving_form(request, None, "")[0] if request.actor.may("projects.edit") else None
    fresh = {
        "seat_form": _seat_form(request)[0],
        "joint_form": _joint_form(request),
        "pledge_form": PledgeForm(prefix="pledge"),
    }
    return page(
        request,
        "projects/team",
        422 if is_refused else 200,
        project=project,
        members=[
            (each, left.get(each.public_id) or _again(blank, each.public_id))
            for each in roster.team(project)
        ],
        units=roster.joint_units(project),
        pledges=[
            (each, ended.get(each.public_id) or ClosingForm(prefix=each.public_id))
            for each in roster.pledges(project)
        ],
        is_over=bool(project.ended_as) or project.archived_at is not None,
        **(fresh | refused),
    )


def _again(blank: LeavingForm | None, prefix: str) -> LeavingForm | None:
    """The same choices under another name: asking for them once is enough."""
    if blank is None:
        return None
    form = LeavingForm(prefix=prefix)
    form.fields["officer"].choices = blank.fields["officer"].choices  # type: ignore[attr-defined]
    return form


def _seat_form(
    request: DeskRequest, given: QueryDict | None = None
) -> "tuple[SeatForm, list[Officer], list[Unit]]":
    officers = people.officers(seen_by=request.actor)
    units = people.units(seen_by=request.actor)
    form = SeatForm(given)
    form.offer(officers, units)
    return form, officers, units


def _leaving_form(
    request: DeskRequest, given: QueryDict | None, prefix: str
) -> "tuple[LeavingForm, list[Officer]]":
    officers = people.officers(seen_by=request.actor)
    form = LeavingForm(given, prefix=prefix or None)
    form.offer(officers)
    return form, officers


def _joint_form(request: DeskRequest, given: QueryDict | None = None) -> JointForm:
    form = JointForm(given, prefix="joint")
    form.offer(people.units(seen_by=request.actor))
    return form
