"""Reading who deals with an enterprise: account managers, planned visits and their collisions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from yipanqi.domain.investors.models import AccountManager, Enterprise, Interaction, PlannedVisit
from yipanqi.domain.people import queries as people
from yipanqi.domain.rules import queries as rules
from yipanqi.rulebook.library import NotInForce
from yipanqi.rulebook.visits import VisitSheet
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor


@dataclass(frozen=True, slots=True)
class Collision:
    """Other units plan to meet the same enterprise at nearly the same time.

    `plans` are those the person may see; where there are others, that is all that is said.
    """

    plans: Sequence[PlannedVisit]
    is_more: bool


def managers(enterprise: Enterprise, *, seen_by: Actor) -> list[AccountManager]:
    """Who answers and who answered for the enterprise, as far as this person may know."""
    rows = enterprise.account_managers.filter(people.visible(seen_by))
    return list(rows.select_related("officer", "unit").order_by("until", "-since", "-id"))


def plans(enterprise: Enterprise, *, seen_by: Actor) -> list[PlannedVisit]:
    """The open plans with the enterprise this person may know of, the next one first."""
    rows = enterprise.planned_visits.filter(people.visible(seen_by), state="planned")
    return list(rows.select_related("unit", "officer", "enterprise"))


def plan(public_id: str, *, seen_by: Actor) -> PlannedVisit | None:
    """One plan, or None when there is none for this person."""
    rows = PlannedVisit.objects.filter(people.visible(seen_by), public_id=public_id)
    return rows.select_related("unit", "officer", "enterprise").first()


def same_plan(enterprise: Enterprise, kind: str, on: date, *, unit_id: int) -> PlannedVisit | None:
    """The unit's own open plan of that kind and day with the enterprise, if there is one."""
    rows = PlannedVisit.objects.filter(enterprise=enterprise, kind=kind, planned_on=on)
    return rows.filter(unit_id=unit_id, state="planned").select_related("unit").first()


def collision(planned: PlannedVisit, *, seen_by: Actor) -> Collision | None:
    """What other units plan with the enterprise within the sheet's window; None for nothing."""
    seen = plans(planned.enterprise, seen_by=seen_by)
    return collisions([planned], seen, planned.enterprise).get(planned.pk)


def collisions(
    asked: Iterable[PlannedVisit], seen: Iterable[PlannedVisit], enterprise: Enterprise
) -> Mapping[int, Collision]:
    """The collision of each open plan that has one, by its key.

    `seen` are the open plans with the enterprise the person may see: only these are shown.
    """
    sheet = _sheet()
    if sheet is None:
        return {}
    all_open = list(
        PlannedVisit.objects.filter(enterprise=enterprise, state="planned").only(
            "unit_id", "planned_on"
        )
    )
    shown = {each.pk: each for each in seen}
    found = {}
    for plan in asked:
        first, last = sheet.window(plan.planned_on)
        near = [
            each
            for each in all_open
            if first <= each.planned_on <= last and each.unit_id != plan.unit_id
        ]
        if near:
            told = [shown[each.pk] for each in near if each.pk in shown]
            found[plan.pk] = Collision(told, len(told) < len(near))
    return found


def planned_by_unit(*, seen_by: Actor, until: date) -> list[PlannedVisit]:
    """The open plans of the person's own unit up to that day, overdue ones among them."""
    if seen_by.unit_id is None:
        return []
    rows = PlannedVisit.objects.filter(
        people.visible(seen_by),
        unit_id=seen_by.unit_id,
        state="planned",
        planned_on__lte=until,
    )
    return list(rows.select_related("unit", "officer", "enterprise"))


def promised(*, seen_by: Actor, until: date) -> list[Interaction]:
    """The next steps the person promised that are open and due up to that day, oldest first."""
    rows = open_steps(seen_by=seen_by).filter(officer_id=seen_by.id, next_step_on__lte=until)
    return list(rows.select_related("enterprise", "unit").order_by("next_step_on", "id"))


def open_steps(*, seen_by: Actor) -> QuerySet[Interaction]:
    """Every dated next step not yet closed this person may know of."""
    dated = Q(step_result="", next_step_on__isnull=False)
    return Interaction.objects.filter(people.visible(seen_by)).filter(dated)


def interaction(public_id: str, *, seen_by: Actor) -> Interaction | None:
    """One record of dealings, or None when there is none for this person."""
    rows = Interaction.objects.filter(people.visible(seen_by), public_id=public_id)
    return rows.select_related("unit", "officer", "enterprise").first()


def managed_by(actor: Actor) -> QuerySet[Enterprise]:
    """The enterprises this person answers for at present."""
    current = AccountManager.objects.filter(officer_id=actor.id, until=None)
    return Enterprise.objects.filter(pk__in=current.values("enterprise"))


def _sheet() -> VisitSheet | None:
    """The sheet in force; None where the city has none yet."""
    try:
        return rules.visits(on=clock.today())
    except NotInForce:
        return None
