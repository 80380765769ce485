"""A project's admission review: handed in with what is known, its result deposited as facts."""

from decimal import Decimal

from django.db import transaction

from yipanqi.domain.projects import life, queries
from yipanqi.domain.projects.models import Project
from yipanqi.domain.projects.services import certificates
from yipanqi.domain.reviews import queries as reviews
from yipanqi.domain.reviews.models import Review, ReviewState
from yipanqi.domain.reviews.services import deciding, opening
from yipanqi.vocab.actors import Actor, require
from yipanqi.vocab.money import FEN_PER_WAN

OPENED, PASSED = "admission_opened", "admission_passed"


class Unclassed(Exception):
    """The project has no class yet, and its class decides which bodies it goes to."""


def stated(project: Project) -> dict[str, str]:
    """What is scored, as far as the project's record knows it; the unknown is left out."""
    amounts = {
        "annual_output_wan": project.expected_output_fen,
        "annual_tax_wan": project.expected_tax_fen,
        "fixed_investment_wan": project.fixed_investment_fen,
    }
    found = {
        key: f"{(Decimal(fen) / FEN_PER_WAN).normalize():f}"
        for key, fen in amounts.items()
        if fen is not None
    }
    if project.site_area_mu:
        found["land_mu"] = f"{project.site_area_mu.normalize():f}"
    return found


@transaction.atomic
def open_review(
    project: Project, *, summary: str, figures: dict[str, str] | None = None, by: Actor
) -> Review:
    """Hand the project in for admission, or give its open review.

    `figures` stand for what the record knows (see `stated`). Raises NotAllowed, Ended, Unclassed,
    stating.Absurd or StateSecret, and changes nothing then.
    """
    require(by, "reviews.open", doing="提请准入评审")
    life.refuse_ended(project)
    if not project.project_class:
        raise Unclassed("项目分类未填；先在项目页填写政策类、投资类、供地类或其他，再提请评审")
    dossier = opening.Dossier(
        subject=queries.subject(project),
        title=project.name,
        investor=project.enterprise.name,
        scope=queries.scope(project),
        project_class=project.project_class,
        total_investment_fen=project.total_investment_fen,
        content=project.content,
        summary=summary,
        stated=stated(project) if figures is None else figures,
    )
    review = opening.open_review(dossier, queries.facts(project), by=by)
    follow(review, by)
    return review


def follow(review: Review, by: Actor) -> None:
    """The review's state stands as facts of its project: asked for, and let in or not.

    A follower for reviews.services; raises passed.GateEmptied where a passed gate rests on it.
    """
    project = _project(review)
    if project is None:
        return
    ground = reviews.subject(review)
    if review.state == ReviewState.WITHDRAWN:
        certificates.withdraw(project, OPENED, by=by)
        return
    certificates.deposit(project, OPENED, value=True, subject=ground, by=by)
    if review.state != ReviewState.OPEN:
        holds = deciding.holds(review)
        certificates.deposit(project, PASSED, value=holds, subject=ground, by=by)


def _project(review: Review) -> Project | None:
    room, _, public_id = review.subject.partition("/")
    rows = Project.objects.select_related("unit", "lead", "park__unit")
    return rows.filter(public_id=public_id).first() if room == "projects" else None
