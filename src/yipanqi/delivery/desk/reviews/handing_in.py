"""Screens: handing a project in for admission, correcting what is scored, taking it back."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yipanqi.delivery.desk import faults
from yipanqi.delivery.desk.reviews.forms import FactsForm, HandingInForm
from yipanqi.delivery.desk.screens import DeskRequest, found, onward, page
from yipanqi.domain.projects import queries as projects
from yipanqi.domain.projects.life import Ended
from yipanqi.domain.projects.services import admission
from yipanqi.domain.projects.services.passed import GateEmptied
from yipanqi.domain.reviews import queries
from yipanqi.domain.reviews.services import opening, stating
from yipanqi.rulebook.library import NotInForce
from yipanqi.vocab.actors import require
from yipanqi.vocab.labels import StateSecret


@require_http_methods(["GET", "POST"])
def open_one(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show what will be handed in; when it is sent, open the review."""
    actor = request.actor
    require(actor, "reviews.open", doing=_("提请准入评审"))
    project = found(projects.find(public_id, seen_by=actor))
    given = request.POST if request.method == "POST" else None
    form = HandingInForm(given, initial=admission.stated(project))
    if request.method == "POST" and form.is_valid():
        summary = form.cleaned_data["summary"]
        try:
            review = admission.open_review(
                project, summary=summary, figures=form.figures(), by=actor
            )
        except stating.Absurd as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        except (admission.Unclassed, Ended, StateSecret, NotInForce) as refusal:
            form.add_error(None, str(refusal))
        else:
            saying = _("已提请准入评审，会签单位可在“今天”看到")
            return onward(request, "review", review.public_id, saying=saying)
    return page(request, "reviews/opening", 422 if form.errors else 200, project=project, form=form)


@require_http_methods(["GET", "POST"])
def facts(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show what is scored; when it is sent, put it in place of what was."""
    actor = request.actor
    require(actor, "reviews.open", doing=_("填报评审数据"))
    review = found(queries.find(public_id, seen_by=actor))
    form = FactsForm(request.POST if request.method == "POST" else None, initial=review.facts)
    if request.method == "POST" and form.is_valid():
        try:
            stating.state(review, form.figures(), by=actor)
        except stating.Settled as refusal:
            return faults.conflict(request, str(refusal))
        except stating.Absurd as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return onward(request, "review", public_id, saying=_("已保存，得分已重新计算"))
    return page(request, "reviews/facts", 422 if form.errors else 200, review=review, form=form)


@require_POST
def withdraw(request: DeskRequest, public_id: str) -> HttpResponse:
    """Take the review back, with a reason."""
    review = found(queries.find(public_id, seen_by=request.actor))
    because = request.POST.get("because", "").replace("\x00", "")[:2000]
    try:
        opening.withdraw(review, because=because, by=request.actor, followers=(admission.follow,))
    except (opening.AlreadyClosed, opening.ReasonMissing, GateEmptied, StateSecret) as refusal:
        return faults.conflict(request, str(refusal))
    return onward(request, "review", public_id, saying=_("评审已撤回"))
