"""Screen: one admission review — its dossier, who signed, the scores, what the bodies decided."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from yipanqi.delivery.desk import chronicle
from yipanqi.delivery.desk.reviews.forms import (
    CountersignForm,
    DecisionForm,
    ExpertForm,
    MeetingForm,
    VetoForm,
)
from yipanqi.delivery.desk.screens import DeskRequest, found, page
from yipanqi.domain.people import queries as people
from yipanqi.domain.projects import queries as projects
from yipanqi.domain.reviews import queries
from yipanqi.domain.reviews.services.deciding import NO_BODY
from yipanqi.rulebook import scoring
from yipanqi.vocab.admission import ADMISSION_FACTS

if TYPE_CHECKING:
    from yipanqi.domain.reviews.models import Countersign, Review


@dataclass(frozen=True, slots=True)
class Refused:
    """A form that was refused: under which name the page shows it, and with which status."""

    name: str
    form: forms.Form
    status: int = 422


@require_GET
def show(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show the review."""
    return sheet_of(request, found(queries.find(public_id, seen_by=request.actor)))


def sheet_of(
    request: DeskRequest, review: "Review", refused: Refused | None = None
) -> HttpResponse:
    """The page of a review, with the form just refused, if any."""
    actor = request.actor
    sheet = queries.sheet(review)
    standing = queries.standing(review)
    is_open = review.state == "open"
    return page(
        request,
        "reviews/review",
        refused.status if refused else 200,
        review=review,
        sheet=sheet,
        standing=standing,
        is_open=is_open,
        project=_project(review, request),
        facts=_facts(review),
        scores=queries.scores(review),
        mine=_mine(review, request),
        is_expert=any(each.officer_id == actor.id for each in review.experts.all()),
        turn=(standing.next_sitting.title if standing.next_sitting else NO_BODY[1]),
        lines=chronicle.lines(queries.subject(review), seen_by=actor),
        **(_forms(request, review, refused) if actor.posts else {}),
    )


def _forms(request: DeskRequest, review: "Review", refused: Refused | None) -> dict[str, object]:
    """The forms of the page, filled with nothing but what was just refused."""
    actor, sheet = request.actor, queries.sheet(review)
    countersign, veto = CountersignForm(), VetoForm()
    countersign.offer(sheet)
    veto.offer(sheet)
    made: dict[str, object] = {
        "countersign_form": countersign,
        "veto_form": veto,
        "meeting_form": MeetingForm(),
    }
    if actor.may("reviews.open"):
        expert = ExpertForm()
        expert.offer(people.officers(seen_by=actor))
        made["expert_form"] = expert
    if actor.may("reviews.decide"):
        decision = DecisionForm()
        decision.offer(people.units(seen_by=actor))
        made["decision_form"] = decision
    made["conditions"] = [
        (each, _meeting(each.public_id, refused)) for each in review.conditions.all()
    ]
    return made | ({refused.name: refused.form} if refused else {})


def _meeting(condition: str, refused: Refused | None) -> forms.Form:
    if refused and refused.form.prefix == condition:
        return refused.form
    return MeetingForm(prefix=condition)


def _project(review: "Review", request: DeskRequest) -> object:
    """The project behind the review, for who may see it."""
    room, _, public_id = review.subject.partition("/")
    return projects.find(public_id, seen_by=request.actor) if room == "projects" else None


def _facts(review: "Review") -> list[tuple[str, str]]:
    """What is scored, in words; "" where it is not known."""
    known = scoring.with_intensities(queries.known(review))
    told = []
    for key, fact in ADMISSION_FACTS.items():
        value = known.get(key)
        if value is None:
            words = ""
        elif fact.values:
            words = fact.values.get(str(value), str(value))
        else:
            words = f"{scoring.shown(scoring.exact(value))} {fact.unit}"
        told.append((fact.label, words))
    return told


def _mine(review: "Review", request: DeskRequest) -> "Countersign | None":
    """The countersign asked of this person's unit, if any."""
    if not request.actor.may("reviews.countersign"):
        return None
    unit = request.actor.unit_id
    return next((each for each in review.countersigns.all() if each.unit_id == unit), None)
