"""The days ahead of a unit's projects: planned starts and finishes, promises to keep."""

from datetime import date

from yipanqi.domain.people import queries as people
from yipanqi.domain.projects import queries
from yipanqi.domain.projects.models import Project
from yipanqi.domain.projects.teams import Pledge
from yipanqi.vocab.actors import Actor


def planned(day: str, *, seen_by: Actor, since: date, until: date) -> list[Project]:
    """Projects of the person's own unit whose `day`, a column, falls in the period, in order."""
    if seen_by.unit_id is None:
        return []
    rows = queries.seen(seen_by).filter(
        unit_id=seen_by.unit_id, ended_as="", **{f"{day}__range": (since, until)}
    )
    return list(rows.order_by(day, "id"))


def pledged(*, seen_by: Actor, since: date, until: date) -> list[Pledge]:
    """What the person's own unit promised and has not kept, due in the period, in order."""
    if seen_by.unit_id is None:
        return []
    scope = {"path": "project__unit__path", "label": "project__label", "chain": "project__chain"}
    rows = Pledge.objects.filter(
        people.visible(seen_by, **scope),
        unit_id=seen_by.unit_id,
        kept_on=None,
        released_on=None,
        due__range=(since, until),
    )
    return list(rows.select_related("project").order_by("due", "id"))
