"""Counts and amounts of projects, each of which drills down to its rows by the same filters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from django.db.models import Count, Max, Q, Sum

from yipanqi.domain.people import queries as people
from yipanqi.domain.projects import crediting, queries
from yipanqi.domain.projects.models import Project
from yipanqi.domain.projects.queries import Filters
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor
from yipanqi.vocab.stages import Official

CARDS = 20

# What projects may be counted by: the address's word, the column, and the label's column.
GROUPS: Mapping[str, tuple[str, str]] = {
    "official": ("official", "official"),
    "park": ("park__unit__code", "park__short_name"),
    "chain": ("chain", "chain"),
    "unit": ("unit__code", "unit__short_name"),
}


@dataclass(frozen=True, slots=True)
class Totals:
    """How many projects, and how much; `unstated` counts those whose amount is not known.

    Counts are exact parts where projects are shared between units. `amount_fen` sums only what is
    stated and is None when nothing is: unknown is never zero.
    `latest` is the newest change among them: the figure's own as-of.
    """

    count: int | Fraction
    amount_fen: int | None
    unstated: int | Fraction
    latest: datetime | None


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a breakdown: its key for the filter, its label, and its totals."""

    key: str
    label: str
    totals: Totals


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the board: an official stage, its totals, and its first cards."""

    official: Official
    totals: Totals
    cards: Sequence[Project]


def totals(filters: Filters, *, seen_by: Actor) -> Totals:
    """The figures over every project this person may see that matches."""
    rows = queries.narrowed(Project.objects.filter(people.visible(seen_by)), filters)
    found = rows.aggregate(**_MEASURES)
    return Totals(found["count"], found["amount_fen"], found["unstated"], found["latest"])


def breakdown(group_by: str, filters: Filters, *, seen_by: Actor) -> list[Group]:
    """The figures by one of GROUPS, largest count first; official stages in their own order.

    Units are credited by the shares of transfers in force today; together they sum to the whole.
    """
    key, label = GROUPS[group_by]
    rows = queries.narrowed(Project.objects.filter(people.visible(seen_by)), filters)
    if group_by == "unit":
        return [_credited(each) for each in crediting.by_unit(rows, on=clock.today())]
    found = rows.order_by().values(key, *({label} - {key})).annotate(**_MEASURES)
    groups = [
        Group(
            each[key] or "",
            each[label] or "",
            Totals(each["count"], each["amount_fen"], each["unstated"], each["latest"]),
        )
        for each in found
    ]
    if group_by == "official":
        return _in_official_order(groups)
    return sorted(groups, key=lambda group: (-group.totals.count, group.key))


def credits_of_units(
    filters: Filters, *, seen_by: Actor, on: date | None = None
) -> list[crediting.Credit]:
    """What each unit is credited of the projects that match, by the shares in force on the day."""
    rows = queries.narrowed(Project.objects.filter(people.visible(seen_by)), filters)
    return crediting.by_unit(rows, on=on or clock.today())


def board(filters: Filters, *, seen_by: Actor) -> list[Column]:
    """The four official stages with figures and the first CARDS projects of each."""
    by_stage = {
        group.key: group.totals for group in breakdown("official", filters, seen_by=seen_by)
    }
    return [
        Column(official, by_stage[official], _cards(official, filters, seen_by))
        for official in Official
        if not filters.official or filters.official == official
    ]


_MEASURES = {
    "count": Count("pk"),
    "amount_fen": Sum("total_investment_fen"),
    "unstated": Count("pk", filter=Q(total_investment_fen=None)),
    "latest": Max("updated_at"),
}
_NOTHING = Totals(0, None, 0, None)


def _credited(credit: crediting.Credit) -> Group:
    unstated = credit.count - credit.stated
    totals = Totals(credit.count, credit.total_investment_fen, unstated, credit.latest)
    return Group(credit.code, credit.label, totals)


def _in_official_order(groups: list[Group]) -> list[Group]:
    by_key = {group.key: group.totals for group in groups}
    return [Group(each, each.title, by_key.get(each, _NOTHING)) for each in Official]


def _cards(official: Official, filters: Filters, seen_by: Actor) -> list[Project]:
    rows = queries.narrowed(queries.seen(seen_by), filters).filter(official=official)
    return list(rows.order_by("-updated_at", "-id")[:CARDS])
