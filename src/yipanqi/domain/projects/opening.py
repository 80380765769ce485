"""Opening balance (存量): projects from older ledgers, and what is still to be proved of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from yipanqi.domain.evidence import queries as evidence
from yipanqi.domain.people import queries as people
from yipanqi.domain.projects import queries
from yipanqi.domain.projects.models import Project
from yipanqi.domain.rules import queries as rules
from yipanqi.rulebook.gates import GateSheet, Requirement, unmet
from yipanqi.rulebook.library import NotInForce
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor
from yipanqi.vocab.pages import Page, bounds
from yipanqi.vocab.stages import Stage

WAITING = Q(is_opening=True, opening_verified_on=None)


@dataclass(frozen=True, slots=True)
class Gap:
    """Something a passed stage asked for by the law then in force, and is not there.

    `on` is the day the stage was reached as far as is known, `sheet` the rules of that day.
    """

    stage: Stage
    on: date
    requirement: Requirement
    sheet: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A project of the opening balance with what is missing, whose it is and by when it is due."""

    project: Project
    gaps: tuple[Gap, ...]

    @property
    def is_late(self) -> bool:
        """Whether something is missing beyond the day it was due."""
        due = self.project.opening_due_on
        return bool(self.gaps) and due is not None and due < clock.today()


@dataclass(frozen=True, slots=True)
class Balance:
    """The opening balance counted apart: what waits to be verified, and what has been."""

    waiting: int
    waiting_fen: int | None
    verified: int
    verified_fen: int | None


def due(day: date) -> date | None:
    """By when what comes in on the day must be proved; None where the city has no such rule."""
    try:
        return rules.opening(on=day).due(day)
    except NotInForce:
        return None


def balance(*, seen_by: Actor) -> Balance:
    """The opening balance this person may see, counted apart."""
    rows = Project.objects.filter(people.visible(seen_by), is_opening=True, ended_as="")
    found = rows.aggregate(
        waiting=Count("pk", filter=WAITING),
        waiting_fen=Sum("total_investment_fen", filter=WAITING),
        verified=Count("pk", filter=~WAITING),
        verified_fen=Sum("total_investment_fen", filter=~WAITING),
    )
    return Balance(**found)


def listing(*, seen_by: Actor, unit: str = "", page: int = 1) -> Page[Standing]:
    """A page of what waits to be verified, the earliest due first."""
    rows = waiting(seen_by=seen_by)
    if unit:
        rows = rows.filter(unit__code=unit)
    found = list(rows.order_by("opening_due_on", "id")[bounds(page)])
    return Page(standings(found), rows.count(), page)


def waiting(*, seen_by: Actor) -> QuerySet[Project]:
    """The projects of the opening balance that wait to be verified."""
    return queries.seen(seen_by).filter(WAITING, ended_as="")


def standings(projects: Sequence[Project]) -> list[Standing]:
    """Each project with what is missing; the number of queries does not grow with the projects."""
    attached = evidence.kinds_by_subject(queries.subject(each) for each in projects)
    return [
        Standing(each, _gaps(each, attached.get(queries.subject(each), frozenset())))
        for each in projects
    ]


def gaps(project: Project) -> tuple[Gap, ...]:
    """What the project's stage and those before it asked for then, and is not there."""
    return standings([project])[0].gaps


def _gaps(project: Project, attached: frozenset[str]) -> tuple[Gap, ...]:
    sheet = rules.stages(on=clock.today())
    known = queries.known(project, attached)
    found = []
    for stage in (*sheet.behind(project.stage)[1:], sheet.find(project.stage)):
        if stage == sheet.first or (stage.optional and stage.code != project.stage):
            # Nobody knows whether an optional step was taken.
            continue
        day = _reached(project, stage)
        if gates := _gates(day, project.unit.code):
            found += [Gap(stage, day, row, gates.id) for row in unmet(gates, stage.code, known)]
    return tuple(found)


def _reached(project: Project, stage: Stage) -> date:
    """The day the stage was reached: its own day where known, else that of the present stage."""
    own = getattr(project, stage.day, None) if stage.day else None
    return own if isinstance(own, date) else project.stage_since


def _gates(day: date, unit: str) -> GateSheet | None:
    """The law then in force; None before there was any."""
    try:
        return rules.gates(on=day, unit=unit)
    except NotInForce:
        return None
