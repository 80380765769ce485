"""Reading what is known of an enterprise beyond its registration, each with its source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from yipanqi.domain.investors.models import Enterprise, FieldSource, ListMembership, Trait
from yipanqi.domain.people import queries as people
from yipanqi.vocab.actors import Actor


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a field comes from and as of when."""

    source: str
    as_of: date | None


def origins(enterprise: Enterprise) -> Mapping[str, Origin]:
    """The origin of each field that has one of its own; all others are the record's."""
    rows = FieldSource.objects.filter(enterprise=enterprise)
    return {row.field: Origin(row.source, row.as_of) for row in rows}


def listings(enterprise: Enterprise) -> Sequence[ListMembership]:
    """Its places on lists of 500, by list, the newest year first."""
    return list(enterprise.listings.order_by("roll", "-year"))


def listing(public_id: str, *, seen_by: Actor) -> ListMembership | None:
    """One place on a list, or None when there is none for this person."""
    if not seen_by.posts:
        return None
    rows = ListMembership.objects.filter(public_id=public_id)
    return rows.select_related("enterprise__registered_by_unit").first()


def ranked() -> QuerySet[ListMembership]:
    """Every place on a list of 500: common knowledge."""
    return ListMembership.objects.order_by()


def tied(*, seen_by: Actor) -> QuerySet[Trait]:
    """Every tie with Hunan (湘商) that stands, as far as this person may know."""
    ties = Trait.objects.filter(people.visible(seen_by), about="tie", withdrawn_on=None)
    return ties.order_by()


def traits(enterprise: Enterprise, *, seen_by: Actor) -> Sequence[Trait]:
    """The notes on it this person may know of; withdrawn ones are left out."""
    rows = enterprise.traits.filter(people.visible(seen_by), withdrawn_on=None)
    return list(rows.select_related("unit").order_by("about", "kind", "id"))


def trait(public_id: str, *, seen_by: Actor) -> Trait | None:
    """One note, or None when there is none for this person."""
    rows = Trait.objects.filter(people.visible(seen_by), public_id=public_id)
    return rows.select_related("enterprise", "unit").first()
