"""Reading what was said with enterprises as one list: every visit, call, fair or reception."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from yipanqi.domain.investors import queries
from yipanqi.domain.investors.models import Interaction
from yipanqi.vocab import clock, names
from yipanqi.vocab.actors import Actor
from yipanqi.vocab.pages import Page, bounds


@dataclass(frozen=True, slots=True)
class Filters:
    """How the list is narrowed; empty means no matter. `since` and `until` are days as text."""

    text: str = ""
    kind: str = ""
    unit: str = ""
    since: str = ""
    until: str = ""
    # open: a step promised and not closed; late: overdue; done, not_done: closed so.
    step: str = ""


def listing(filters: Filters, *, seen_by: Actor, page: int = 1) -> Page[Interaction]:
    """A page of the talks this person may know of, the latest first."""
    rows = matching(filters, seen_by=seen_by)
    return Page(list(rows[bounds(page)]), rows.count(), page)


def matching(filters: Filters, *, seen_by: Actor) -> QuerySet[Interaction]:
    """The talks of a list, with what it shows of each, the latest first."""
    rows = queries.occasions(seen_by=seen_by).order_by("-held_on", "-id")
    if text := names.key(filters.text):
        rows = rows.filter(
            Q(enterprise__name_key__contains=text) | Q(enterprise__initials__startswith=text)
        )
    columns = {
        "kind": filters.kind,
        "unit__code": filters.unit,
        "held_on__gte": _day(filters.since),
        "held_on__lte": _day(filters.until),
    }
    rows = rows.filter(**{column: value for column, value in columns.items() if value})
    return _by_step(rows, filters.step).select_related("enterprise", "unit", "officer")


def _by_step(rows: QuerySet[Interaction], step: str) -> QuerySet[Interaction]:
    if step in ("done", "not_done"):
        return rows.filter(step_result=step)
    if step in ("open", "late"):
        rows = rows.filter(step_result="").exclude(next_step="")
    return rows.filter(next_step_on__lt=clock.today()) if step == "late" else rows


def _day(text: str) -> date | None:
    """The day the text names; nonsense narrows nothing."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
