"""Projects by the day a stage was verified: what a period's figures rest on."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, Sum

from yipanqi.domain.people import queries as people
from yipanqi.domain.projects import life
from yipanqi.domain.projects.models import Project
from yipanqi.domain.projects.moves import StageMove
from yipanqi.vocab.actors import Actor
from yipanqi.vocab.stages import Official

# 在谈 is where every project begins: nobody verifies it.
REACHED = (Official.SIGNED, Official.STARTED, Official.BUILT)


@dataclass(frozen=True, slots=True)
class Reached:
    """How many projects were verified as having reached an official stage in a period.

    `amount_fen` sums the planned totals that are stated (None when none is) and `unstated` counts
    the others; `ended` counts those that reached it and have left the road since, told apart.
    """

    official: Official
    count: int
    amount_fen: int | None
    unstated: int
    ended: int


def reached(*, since: date, until: date, seen_by: Actor) -> list[Reached]:
    """Each official stage after 在谈 with the projects verified as at it from day to day, both in.

    A project counts once for a stage: a move undone by a backward one counts no more.
    """
    rows = StageMove.objects.filter(
        people.visible(
            seen_by,
            path="project__unit__path",
            label="project__label",
            chain="project__chain",
        ),
        life.COUNTING,
        counted_on__gte=since,
        counted_on__lte=until,
    )
    measures = {
        f"{official}_{name}": measure
        for official in REACHED
        for name, measure in _measures(_crossing(official)).items()
    }
    found = rows.aggregate(**measures)
    names = ("count", "amount_fen", "unstated", "ended")
    return [
        Reached(official, *(found[f"{official}_{name}"] for name in names)) for official in REACHED
    ]


def unverified(*, seen_by: Actor) -> int:
    """How many projects stand at 签约 or beyond without anybody having verified that they do.

    They were brought in with their stage, or moved before verification was kept.
    """
    crossing = StageMove.objects.filter(life.COUNTING, project=OuterRef("pk"))
    crossing = crossing.exclude(official_after=Official.TALKING)
    rows = Project.objects.filter(people.visible(seen_by), ended_as="")
    return rows.exclude(official=Official.TALKING).filter(~Exists(crossing)).count()


def _crossing(official: Official) -> Q:
    """Moves that take a project from before the official stage to it or beyond."""
    order = [each.value for each in Official]
    place = order.index(official)
    return Q(official_before__in=order[:place], official_after__in=order[place:])


def _measures(crossing: Q) -> dict[str, Count | Sum]:
    going = crossing & Q(project__ended_as="")
    return {
        "count": Count("project", filter=going, distinct=True),
        "amount_fen": Sum("project__total_investment_fen", filter=going),
        "unstated": Count(
            "project", filter=going & Q(project__total_investment_fen=None), distinct=True
        ),
        "ended": Count("project", filter=crossing & ~Q(project__ended_as=""), distinct=True),
    }
