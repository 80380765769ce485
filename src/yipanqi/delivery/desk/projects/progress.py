"""Screens: moving a project on, past stages and back; the page says why when it stays."""

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from yipanqi.delivery.desk.fields import BLANK
from yipanqi.delivery.desk.projects.papers import Paper, asked, words
from yipanqi.delivery.desk.projects.record import Refusal, record
from yipanqi.delivery.desk.screens import DeskRequest, found, onward
from yipanqi.domain.projects import life, queries
from yipanqi.domain.projects.moves import MoveState
from yipanqi.domain.projects.services import stages
from yipanqi.domain.rules import queries as rules
from yipanqi.vocab import clock
from yipanqi.vocab.actors import require
from yipanqi.vocab.stages import Stage


class OffRoadForm(forms.Form):
    """Which stage, and why not the usual way."""

    to = forms.ChoiceField(label=gettext_lazy("阶段"))
    because = words(gettext_lazy("理由"), gettext_lazy("记入台账，统计和讲评时可查"))


@require_POST
def advance(request: DeskRequest, public_id: str, to: str) -> HttpResponse:
    """Move the project on; the page it gives back says why when it stays."""
    project = found(queries.find(public_id, seen_by=request.actor))
    try:
        move = stages.advance(project, to=to, by=request.actor)
    except stages.GateClosed as closed:
        return record(request, project, Refusal(422, missing=closed.missing))
    except (stages.NotNext, life.Ended) as refusal:
        return record(request, project, Refusal(409, says=str(refusal)))
    return onward(request, "project", public_id, saying=saying(move.state))


def saying(state: str) -> str:
    """What a submitted move is answered with."""
    if state == MoveState.PENDING:
        return _("已提交，待另一人核验；核验通过之日计入统计")
    return _("已进入下一阶段")


@require_http_methods(["GET", "POST"])
def skip(request: DeskRequest, public_id: str) -> HttpResponse:
    """Move the project past stages that must be reached, each gate of them open."""
    require(request.actor, "projects.skip", doing=_("越级推进项目"))
    project = found(queries.find(public_id, seen_by=request.actor))
    sheet = rules.stages(on=clock.today())
    paper = Paper(
        _("越级推进"),
        _("一次越过必经阶段，如签约即开工。沿途各阶段的条件都须满足或已豁免，并照常核验。"),
        _("越级推进"),
    )

    def act(form: OffRoadForm) -> str:
        move = stages.skip(project, by=request.actor, **form.cleaned_data)
        return saying(move.state)

    return asked(request, project, _form(request, sheet.beyond(project.stage)), paper, act)


@require_http_methods(["GET", "POST"])
def back(request: DeskRequest, public_id: str) -> HttpResponse:
    """Move the project back to a stage behind it."""
    require(request.actor, "projects.move_back", doing=_("退回项目阶段"))
    project = found(queries.find(public_id, seen_by=request.actor))
    behind = rules.stages(on=clock.today()).behind(project.stage)
    paper = Paper(
        _("退回阶段"),
        _("退回后，其后阶段的核验不再计入统计；原记录和理由保留。"),
        _("退回阶段"),
    )

    def act(form: OffRoadForm) -> str:
        stages.move_back(project, by=request.actor, **form.cleaned_data)
        return _("已退回")

    return asked(request, project, _form(request, behind), paper, act)


def _form(request: DeskRequest, offered: tuple[Stage, ...]) -> OffRoadForm:
    form = OffRoadForm(request.POST if request.method == "POST" else None)
    choices = [BLANK, *((stage.code, stage.title) for stage in offered)]
    form.fields["to"].choices = choices  # type: ignore[attr-defined]
    return form
