"""Screens: an expert declares interest and secrecy, then scores, on a phone if need be."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yipanqi.delivery.desk import faults
from yipanqi.delivery.desk.reviews.forms import DeclarationForm, MarksForm, name_of
from yipanqi.delivery.desk.screens import DeskRequest, found, onward, page
from yipanqi.domain.reviews import queries
from yipanqi.domain.reviews.services import experts, opening
from yipanqi.vocab.actors import require
from yipanqi.vocab.labels import StateSecret

if TYPE_CHECKING:
    from yipanqi.domain.reviews.models import Expert


@require_http_methods(["GET", "POST"])
def declare(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show the declaration; when it is sent, go on to score or stay out."""
    expert = found(queries.appointment(public_id, of=request.actor))
    form = DeclarationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = experts.declare(expert.review, form.said(), by=request.actor)
        except opening.AlreadyClosed as refusal:
            return faults.conflict(request, str(refusal))
        except (experts.NotDeclared, StateSecret) as refusal:
            form.add_error(None, str(refusal))
        else:
            if made.has_interest:
                return onward(
                    request, "reviews", saying=_("已申报回避，感谢您；该项评审不再请您评分")
                )
            return onward(
                request, "review-score", public_id, saying=_("已申报，可以查看材料和评分")
            )
    return page(
        request, "reviews/declaration", 422 if form.errors else 200, expert=expert, form=form
    )


@require_http_methods(["GET", "POST"])
def score(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show the marks; when they are sent, hand them in."""
    require(request.actor, "reviews.score", doing=_("评分"))
    expert = found(queries.appointment(public_id, of=request.actor))
    if expert.declared_at is None:
        return onward(request, "review-declare", public_id)
    review = found(queries.find(public_id, seen_by=request.actor))
    asked = experts.judged(review)
    form = MarksForm(asked, request.POST if request.method == "POST" else None, _given(expert))
    if request.method == "POST" and form.is_valid():
        try:
            experts.mark(review, form.points(), by=request.actor)
        except opening.AlreadyClosed as refusal:
            return faults.conflict(request, str(refusal))
        except experts.NotMarked as refusal:
            field = name_of(refusal.line)
            form.add_error(field if field in form.fields else None, str(refusal))
        else:
            return onward(request, "review", public_id, saying=_("评分已提交；会前还可修改"))
    status = 422 if form.errors else 200
    return page(request, "reviews/marks", status, review=review, expert=expert, form=form)


def _given(expert: "Expert") -> dict[experts.Line, Decimal]:
    return {(mark.scheme, mark.indicator): mark.points for mark in expert.marks.all()}
