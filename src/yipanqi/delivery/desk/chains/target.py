"""Screen: one target — why it is on the list, whether it lives, and what came of it."""

from typing import TYPE_CHECKING

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yipanqi.delivery.desk import chronicle, faults
from yipanqi.delivery.desk.chains import target_rows
from yipanqi.delivery.desk.chains.target_forms import AnswerForm, LookForm
from yipanqi.delivery.desk.screens import DeskRequest, found, onward, page
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.projects import queries as projects
from yipanqi.domain.studies import queries as studies
from yipanqi.domain.studies import target_lists
from yipanqi.domain.studies.services import feedback, records
from yipanqi.vocab.actors import require
from yipanqi.vocab.labels import StateSecret

if TYPE_CHECKING:
    from yipanqi.delivery.desk.chains.target_rows import Row
    from yipanqi.domain.projects.models import Project
    from yipanqi.domain.studies.models import Target


@require_GET
def show(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show the target."""
    return _page(request, found(studies.target(public_id)))


@require_POST
def check(request: DeskRequest, public_id: str) -> HttpResponse:
    """Write down a look whether it lives, or say what is missing."""
    require(request.actor, "investors.register", doing=_("登记核实企业存续"))
    target = found(studies.target(public_id))
    form = LookForm(request.POST)
    if form.is_valid():
        try:
            records.check(target, form.look(), by=request.actor)
        except (records.NotChecked, StateSecret) as refusal:
            form.add_error(None, str(refusal))
        else:
            return onward(request, "target", public_id, saying=_("核实已登记，各批名单都会显示"))
    return _page(request, target, refused=form)


@require_POST
def answer(request: DeskRequest, public_id: str) -> HttpResponse:
    """Write down what came of it, or say what is missing."""
    target = found(studies.target(public_id))
    row = _row(request, target)
    form = AnswerForm(_projects(request, row), request.POST)
    if form.is_valid():
        try:
            feedback.answer(target, form.answer(), by=request.actor)
        except feedback.AlreadyTold as refusal:
            return faults.conflict(request, str(refusal))
        except (feedback.Incomplete, StateSecret) as refusal:
            form.add_error(None, str(refusal))
        else:
            return onward(request, "target", public_id, saying=_("反馈已记录，将用于改进名单"))
    return _page(request, target, refused=form)


@require_POST
def withdraw(request: DeskRequest, public_id: str) -> HttpResponse:
    """Take back what one's own unit told by mistake."""
    response = found(target_lists.response(public_id, seen_by=request.actor))
    try:
        feedback.withdraw(response, by=request.actor)
    except feedback.AlreadyWithdrawn as refusal:
        return faults.conflict(request, str(refusal))
    return onward(request, "targets", response.chain, saying=_("反馈已撤回"))


def _page(
    request: DeskRequest, target: "Target", *, refused: forms.Form | None = None
) -> HttpResponse:
    row = _row(request, target)
    known = _projects(request, row)
    look = refused if isinstance(refused, LookForm) else LookForm()
    told = refused if isinstance(refused, AnswerForm) else AnswerForm(known)
    chain = industries.chain(target.study.chain)
    return page(
        request,
        "chains/target_page",
        422 if refused else 200,
        row=row,
        target=target,
        study=target.study,
        chain=chain,
        projects=known,
        bar=target_rows.BAR,
        checks=target_lists.checks(target.registry_id),
        look_form=look,
        answer_form=told,
        lines=chronicle.lines(f"studies/{target.registry_id}", seen_by=request.actor),
    )


def _row(request: DeskRequest, target: "Target") -> "Row":
    (row,) = target_rows.rows([target], industries.names(), seen_by=request.actor)
    return row


def _projects(request: DeskRequest, row: "Row") -> "dict[str, Project]":
    if row.known is None:
        return {}
    known = projects.of_enterprise(row.known.pk, seen_by=request.actor)
    return {each.public_id: each for each in known}
