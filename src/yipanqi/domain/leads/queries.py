"""Reading leads and claims, each for the eyes that may see it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from yipanqi.domain.investors.models import Enterprise
from yipanqi.domain.leads.models import Claim, ClaimState, Lead
from yipanqi.domain.people import queries as people
from yipanqi.vocab import names
from yipanqi.vocab.actors import Actor, Scope
from yipanqi.vocab.labels import Label
from yipanqi.vocab.pages import Page, bounds

_BY_LEAD = {"path": "lead__unit__path", "label": "lead__label", "chain": "lead__chain"}


@dataclass(frozen=True, slots=True)
class Filters:
    """How a list of leads is narrowed; empty means no matter."""

    text: str = ""
    state: str = ""
    unit: str = ""
    chain: str = ""


def find(public_id: str, *, seen_by: Actor) -> Lead | None:
    """One lead with its claim, or None when there is none for this person."""
    return _seen(seen_by).filter(public_id=public_id).first()


def claim(public_id: str, *, seen_by: Actor) -> Claim | None:
    """One claim, or None when there is none for this person."""
    return _claims(seen_by).filter(public_id=public_id).first()


def listing(filters: Filters, *, seen_by: Actor, page: int = 1) -> Page[Lead]:
    """A page of leads, newest first."""
    rows = _narrowed(_seen(seen_by), filters)
    return Page(list(rows[bounds(page)]), rows.count(), page)


def population(*, seen_by: Actor) -> QuerySet[Claim]:
    """Every claim with its lead this person may see, by id, for an export in full."""
    return _claims(seen_by).order_by("id")


def of_enterprise(enterprise: Enterprise, *, seen_by: Actor) -> list[Lead]:
    """The leads with an enterprise that this person may know of."""
    return list(_seen(seen_by).filter(enterprise=enterprise))


def held_of_each(enterprises: Iterable[Enterprise], *, seen_by: Actor) -> dict[int, Claim]:
    """A claim that is held on each enterprise, by the enterprise's key, if one may know of it."""
    rows = _claims(seen_by).filter(state=ClaimState.HELD, enterprise__in=list(enterprises))
    return {row.enterprise_id: row for row in rows.order_by("-id")}


def pending(*, seen_by: Actor) -> list[Claim]:
    """Filings that wait for a ruling, oldest first."""
    return list(_claims(seen_by).filter(state=ClaimState.PENDING).order_by("id"))


def ending_soon(*, seen_by: Actor, until: object) -> list[Claim]:
    """Claims of this person's own unit whose protection ends by a day and that have no project."""
    if seen_by.unit_id is None:
        return []
    held = _claims(seen_by).filter(state=ClaimState.HELD, unit_id=seen_by.unit_id)
    ending = held.filter(protected_until__lte=until, lead__project=None)
    return list(ending.order_by("protected_until", "id"))


def rivals(enterprise: Enterprise, matter: str, *, at_least: int) -> list[Claim]:
    """Held claims on the same enterprise or its namesakes for a matter this much alike (0–100).

    For the house's own use: what comes back is not to be shown without `may_know`.
    """
    # The first two characters of a Chinese firm's name are its place or brand: a block that keeps
    # the comparison to a handful of rows.
    near = Q(enterprise=enterprise) | Q(enterprise__name_key__startswith=enterprise.name_key[:2])
    held = Claim.objects.filter(near, state=ClaimState.HELD)
    alike = [
        (names.likeness(each.lead.matter, matter), each)
        for each in held.select_related("lead", "lead__unit", "unit", "enterprise")
        if _are_namesakes(each.enterprise, enterprise, at_least=at_least)
    ]
    return [each for score, each in sorted(alike, key=lambda x: -x[0]) if score >= at_least]


def may_know(claim: Claim, *, seen_by: Actor) -> bool:
    """Whether this person is cleared to know of the claim."""
    return people.reaches(seen_by, scope(claim.lead))


def scope(lead: Lead) -> Scope:
    """Where a lead stands for the row filter."""
    return Scope(lead.unit.path, Label(lead.label), lead.chain)


def _are_namesakes(one: Enterprise, other: Enterprise, *, at_least: int) -> bool:
    return one.pk == other.pk or names.likeness(one.name_key, other.name_key) >= at_least


def _seen(seen_by: Actor) -> QuerySet[Lead]:
    rows = Lead.objects.filter(people.visible(seen_by))
    return rows.select_related("enterprise", "unit", "claim", "claim__unit", "project")


def _claims(seen_by: Actor) -> QuerySet[Claim]:
    rows = Claim.objects.filter(people.visible(seen_by, **_BY_LEAD))
    return rows.select_related(
        "lead", "lead__unit", "lead__enterprise", "unit", "enterprise", "officer", "proof",
        "rival", "rival__lead", "rival__lead__unit", "rival__unit", "rival__enterprise",
        "rival__proof",
    )  # fmt: skip


def _narrowed(rows: QuerySet[Lead], filters: Filters) -> QuerySet[Lead]:
    if text := names.key(filters.text):
        rows = rows.filter(
            Q(matter_key__contains=text)
            | Q(enterprise__name_key__contains=text)
            | Q(enterprise__initials__startswith=text)
        )
    if filters.state:
        rows = rows.filter(claim__state=filters.state)
    if filters.unit:
        rows = rows.filter(unit__code=filters.unit)
    if filters.chain:
        rows = rows.filter(chain=filters.chain)
    return rows
