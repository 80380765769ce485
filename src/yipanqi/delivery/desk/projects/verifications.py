"""Screens: stage moves that wait for this person's verification, and verifying one."""

from typing import TYPE_CHECKING

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yipanqi.delivery.desk import faults
from yipanqi.delivery.desk.projects.papers import OVERTAKEN, Paper, asked, filled, words
from yipanqi.delivery.desk.projects.record import Refusal, record
from yipanqi.delivery.desk.projects.walking import told
from yipanqi.delivery.desk.screens import DeskRequest, found, onward, page
from yipanqi.domain.projects import counting, life
from yipanqi.domain.projects.services import stages, verifying
from yipanqi.vocab import clock
from yipanqi.vocab.actors import NotAllowed

if TYPE_CHECKING:
    from yipanqi.domain.projects.moves import StageMove

_MOST_DIGITS = 9


class ReturnForm(forms.Form):
    """What is wrong, and how to put it right."""

    because = words(gettext_lazy("退回理由"), gettext_lazy("写明缺什么、请怎样补正；提交人将看到"))


@require_GET
def show(request: DeskRequest) -> HttpResponse:
    """List what waits for this person, what they submitted, and what was verified this year."""
    actor, today = request.actor, clock.today()
    return page(
        request,
        "projects/verifications",
        waiting=told(life.to_verify(seen_by=actor)),
        submitted=told(life.submitted(seen_by=actor)),
        year=today.year,
        reached=counting.reached(since=today.replace(month=1, day=1), until=today, seen_by=actor),
        unverified=counting.unverified(seen_by=actor),
        today=today,
    )


@require_POST
def verify(request: DeskRequest, public_id: str) -> HttpResponse:
    """Verify the move, or say on the project's page why not."""
    move = _fit(request, public_id)
    try:
        verifying.verify(move, expecting=_version(request), by=request.actor)
    except stages.GateClosed as closed:
        return record(request, move.project, Refusal(422, missing=closed.missing))
    except OVERTAKEN as refusal:
        return record(request, move.project, Refusal(409, says=str(refusal)))
    return onward(request, "project", move.project.public_id, saying=_("核验通过，今天起计入统计"))


@require_http_methods(["GET", "POST"])
def send_back(request: DeskRequest, public_id: str) -> HttpResponse:
    """Send the move back with a reason."""
    move = _fit(request, public_id)
    (shown,) = told([move])
    paper = Paper(
        _("退回核验"),
        _("“由%(before)s进入%(after)s”将退回提交人，项目仍在%(before)s。")
        % {"before": shown.before, "after": shown.after},
        _("退回"),
    )

    def act(form: ReturnForm) -> str:
        verifying.send_back(move, by=request.actor, **form.cleaned_data)
        return _("已退回提交人")

    return asked(request, move.project, filled(request, ReturnForm), paper, act)


@require_POST
def take_back(request: DeskRequest, public_id: str) -> HttpResponse:
    """Take back what one's own unit submitted."""
    move = found(life.move(public_id, seen_by=request.actor))
    try:
        verifying.take_back(move, by=request.actor)
    except verifying.NothingToVerify as refusal:
        return faults.conflict(request, str(refusal))
    return onward(request, "project", move.project.public_id, saying=_("已收回"))


def _fit(request: DeskRequest, public_id: str) -> "StageMove":
    """The move, for a person whose post includes verifying. Raises NotAllowed."""
    move = found(life.move(public_id, seen_by=request.actor))
    if not any(request.actor.may(verb) for verb in ("projects.verify", "projects.verify.city")):
        raise NotAllowed(_("您的岗位不能核验项目阶段；请有核验权限的同事办理"))
    return move


def _version(request: DeskRequest) -> int:
    """The version the page was made from; nonsense matches none."""
    text = request.POST.get("version", "")
    is_number = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if is_number else 0
