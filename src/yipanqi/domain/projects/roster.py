"""Reading who answers for a project: its team, its joint units, and what was pledged by whom."""

from datetime import date

from django.db.models import Q

from yipanqi.domain.people import queries as people
from yipanqi.domain.projects.models import Project
from yipanqi.domain.projects.teams import JointUnit, Pledge, TeamMember
from yipanqi.vocab.actors import Actor

_ABOUT = {"path": "project__unit__path", "label": "project__label", "chain": "project__chain"}
_OPEN = Q(kept_on=None, released_on=None)


def team(project: Project) -> list[TeamMember]:
    """The team, those in it first, then those who left; for who may see the project."""
    rows = project.team.select_related("officer", "unit")
    return sorted(rows, key=lambda each: (each.until is not None, each.pk))


def joint_units(project: Project) -> list[JointUnit]:
    """The units that answer together with the project's own now."""
    return list(project.joint_units.filter(until=None).select_related("unit"))


def pledges(project: Project) -> list[Pledge]:
    """What was pledged, open ones first, soonest due first."""
    rows = project.pledges.select_related("unit", "officer")
    return sorted(
        rows, key=lambda each: (bool(each.kept_on or each.released_on), each.due or date.max)
    )


def member(public_id: str, *, seen_by: Actor) -> TeamMember | None:
    """One membership, or None when there is none for this person."""
    rows = TeamMember.objects.filter(people.visible(seen_by, **_ABOUT), public_id=public_id)
    return rows.select_related("project__unit", "unit", "officer").first()


def joint_unit(public_id: str, *, seen_by: Actor) -> JointUnit | None:
    """One joint unit, or None when there is none for this person."""
    rows = JointUnit.objects.filter(people.visible(seen_by, **_ABOUT), public_id=public_id)
    return rows.select_related("project__unit", "unit").first()


def pledge(public_id: str, *, seen_by: Actor) -> Pledge | None:
    """One pledge, or None when there is none for this person."""
    rows = Pledge.objects.filter(people.visible(seen_by, **_ABOUT), public_id=public_id)
    return rows.select_related("project__unit", "unit").first()


def pledged(*, seen_by: Actor, until: date) -> list[Pledge]:
    """The open pledges of this person's unit that are due by that day, soonest first."""
    if seen_by.unit_id is None:
        return []
    rows = Pledge.objects.filter(
        people.visible(seen_by, **_ABOUT), _OPEN, unit_id=seen_by.unit_id, due__lte=until
    )
    return list(rows.select_related("project", "unit").order_by("due", "id"))
