"""Screens: ending a project (退库、终止履约、清退), reopening it, archiving it."""

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yipanqi.delivery.desk import faults
from yipanqi.delivery.desk.projects.papers import OVERTAKEN, Paper, ReasonForm, asked, filled
from yipanqi.delivery.desk.screens import DeskRequest, found, onward
from yipanqi.domain.projects import queries
from yipanqi.domain.projects.services import ending
from yipanqi.domain.rules import queries as rules
from yipanqi.vocab import clock
from yipanqi.vocab.actors import require
from yipanqi.vocab.stages import Parting


@require_http_methods(["GET", "POST"])
def end(request: DeskRequest, public_id: str, how: str) -> HttpResponse:
    """End the project in one of the sheet's ways."""
    project = found(queries.find(public_id, seen_by=request.actor))
    sheet = rules.stages(on=clock.today())
    way = found(next((each for each in sheet.endings if each.code == how), None))
    if way.parting is Parting.MOVED:
        return faults.conflict(request, _("流转随线索办理：请在线索页提出流转"))
    require(request.actor, ending.VERBS[way.parting], doing=way.title)
    paper = Paper(
        way.title,
        _("项目将停止推进、不再计入统计，只能查看；记录和材料保留。依据：%(source)s")
        % {"source": way.source},
        way.title,
    )

    def act(form: forms.Form) -> str:
        ending.end(project, how=how, by=request.actor, **form.cleaned_data)
        return _("已办理：%(title)s") % {"title": way.title}

    return asked(request, project, filled(request, ReasonForm), paper, act)


@require_http_methods(["GET", "POST"])
def reopen(request: DeskRequest, public_id: str) -> HttpResponse:
    """Let an ended project go on."""
    require(request.actor, "projects.reopen", doing=_("重启项目"))
    project = found(queries.find(public_id, seen_by=request.actor))
    paper = Paper(_("重启项目"), _("项目从结束时的阶段继续推进，重新计入统计。"), _("重启"))

    def act(form: forms.Form) -> str:
        ending.reopen(project, by=request.actor, **form.cleaned_data)
        return _("已重启")

    return asked(request, project, filled(request, ReasonForm), paper, act)


@require_POST
def archive(request: DeskRequest, public_id: str) -> HttpResponse:
    """Put the project away, read-only for good."""
    project = found(queries.find(public_id, seen_by=request.actor))
    try:
        ending.archive(project, by=request.actor)
    except OVERTAKEN as refusal:
        return faults.conflict(request, str(refusal))
    return onward(request, "project", public_id, saying=_("已归档"))
