"""Reading leads and claims, each for the eyes that may see it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Case, Prefetch, Q, QuerySet, When

from yipanqi.domain.investors.models import Enterprise
from yipanqi.domain.leads.models import (
    Claim,
    ClaimState,
    Contest,
    Lead,
    Party,
    Renewal,
    Transfer,
    TransferState,
)
from yipanqi.domain.people import queries as people
from yipanqi.domain.people.models import Unit
from yipanqi.vocab import names
from yipanqi.vocab.actors import Actor, Scope
from yipanqi.vocab.labels import Label
from yipanqi.vocab.pages import Page, bounds
from yipanqi.vocab.relations import Clash, Outcome, Relation, Sight
from yipanqi.vocab.shares import fractions

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
    rows = matching(filters, seen_by=seen_by)
    return Page(list(rows[bounds(page)]), rows.count(), page)


def matching(filters: Filters, *, seen_by: Actor) -> QuerySet[Lead]:
    """The leads of a list, with what it shows of each, newest first."""
    return _narrowed(_seen(seen_by), filters)


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


def open_of_unit(unit_id: int | None, *, seen_by: Actor) -> list[Claim]:
    """Held claims of a unit that have not become projects, as far as this person may know."""
    if unit_id is None:
        return []
    held = _claims(seen_by).filter(state=ClaimState.HELD, unit_id=unit_id, lead__project=None)
    return list(held.order_by("id"))


def contest(claim: Claim) -> Contest | None:
    """The grounds given for a claim that waited, with the holder's answer, if any."""
    return Contest.objects.filter(claim=claim).first()


def contests_of(claim: Claim) -> list[Contest]:
    """What waits against a held claim: for its holder's eyes, and not to name the challenger."""
    waiting = Contest.objects.filter(claim__rival=claim, claim__state=ClaimState.PENDING)
    return list(waiting.select_related("claim").order_by("id"))


def to_answer(*, seen_by: Actor) -> list[Contest]:
    """Contests of claims one's own unit holds that nobody has answered yet, soonest due first."""
    if seen_by.unit_id is None:
        return []
    mine = Claim.objects.filter(people.visible(seen_by, **_BY_LEAD), unit_id=seen_by.unit_id)
    waiting = Contest.objects.filter(
        claim__rival__in=mine, claim__state=ClaimState.PENDING, answered_at=None
    )
    return list(waiting.select_related("claim__rival__lead").order_by("answer_due", "id"))


def renewals(claim: Claim) -> list[Renewal]:
    """How a claim was renewed, first to last."""
    return list(claim.renewals.select_related("evidence"))


def transfers_of(lead: Lead) -> list[Transfer]:
    """Every transfer of a lead, newest first; for who may see the lead."""
    return list(_transfers().filter(lead=lead))


def transfer(public_id: str, *, seen_by: Actor) -> Transfer | None:
    """One transfer, for its parties and for who may see the lead; else None."""
    return _transfers_seen(seen_by).filter(public_id=public_id).first()


def transfers(*, seen_by: Actor, page: int = 1) -> Page[Transfer]:
    """A page of transfers, those that wait first, then newest first."""
    rows = _transfers_seen(seen_by)
    ordered = rows.order_by(Case(When(state=TransferState.PROPOSED, then=0), default=1), "-id")
    return Page(list(ordered[bounds(page)]), rows.count(), page)


def receivers(lead: Lead) -> list[Unit]:
    """The units a lead may be handed to; that a unit exists is no secret."""
    rows = Unit.objects.exclude(pk=lead.unit_id).exclude(kind__in=("leading_group", "office"))
    return list(rows.order_by("path"))


def to_agree(*, seen_by: Actor) -> list[Transfer]:
    """Transfers that wait for the agreement of this person's unit, oldest first."""
    if seen_by.unit_id is None:
        return []
    mine = Party.objects.filter(unit_id=seen_by.unit_id, accepted_at=None)
    waiting = _transfers().filter(state=TransferState.PROPOSED, parties__in=mine)
    return list(waiting.order_by("id"))


def shares(leads: Iterable[int], *, on: date) -> Mapping[int, Mapping[int, Fraction]]:
    """Who shares the benefit of each lead on a day: lead's key -> unit's key -> exact share.

    Only leads with an agreement in force are in the answer, and their shares sum to 1; every other
    lead is wholly its own unit's. The latest agreement that began by the day counts. For the
    house's own figures: split amounts with vocab.shares.split.
    """
    begun = Transfer.objects.filter(lead__in=list(leads), since__lte=on)
    rows = begun.prefetch_related("parties").order_by("since", "id")
    latest = {row.lead_id: row for row in rows}
    return {
        key: _shares_of(row) for key, row in latest.items() if row.until is None or row.until >= on
    }


def may_know(claim: Claim, *, seen_by: Actor) -> bool:
    """Whether this person is cleared to know of the claim."""
    return people.reaches(seen_by, scope(claim.lead))


def subject(lead: Lead) -> str:
    """The lead's stream in the ledger."""
    return f"leads/{lead.public_id}"


def scope(lead: Lead) -> Scope:
    """Where a lead stands for the row filter."""
    return Scope(lead.unit.path, Label(lead.label), lead.chain)


def _seen(seen_by: Actor) -> QuerySet[Lead]:
    rows = Lead.objects.filter(people.visible(seen_by))
    return rows.select_related("enterprise", "unit", "claim", "claim__unit", "project")


def _shares_of(transfer: Transfer) -> Mapping[int, Fraction]:
    parties = list(transfer.parties.all())
    parts = fractions([party.part for party in parties])
    return {party.unit_id: part for party, part in zip(parties, parts, strict=True)}


def _transfers() -> QuerySet[Transfer]:
    rows = Transfer.objects.select_related(
        "lead", "lead__unit", "lead__enterprise", "giver", "receiver", "agreement"
    )
    return rows.prefetch_related(Prefetch("parties", Party.objects.select_related("unit")))


def _transfers_seen(seen_by: Actor) -> QuerySet[Transfer]:
    # A party keeps sight of what it agreed to, wherever the matter went since.
    open_to = people.visible(
        seen_by, path="lead__unit__path", label="lead__label", chain="lead__chain"
    )
    # An empty condition lets every row pass, but vanishes from an OR.
    if open_to and seen_by.unit_id is not None and seen_by.posts:
        own = Party.objects.filter(unit_id=seen_by.unit_id).values("transfer")
        open_to |= Q(pk__in=own)
    return _transfers().filter(open_to)


def _claims(seen_by: Actor) -> QuerySet[Claim]:
    rows = Claim.objects.filter(people.visible(seen_by, **_BY_LEAD))
    return rows.select_related(
        "lead", "lead__unit", "lead__enterprise", "unit", "enterprise", "officer", "proof",
        "rival", "rival__lead", "rival__lead__unit", "rival__unit", "rival__enterprise",
        "rival__proof", "contest",
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


# What merging two records of an enterprise moves; `yipanqi.roof.merging` lists every room's.
_SETTLE = "两份档案在同一事项上都有首报；请先由招商主管部门裁定，或由一方放弃，再合并"
OF_ENTERPRISES = (
    Relation("leads.Lead", "enterprise", "线索"),
    Relation("leads.Signal", "enterprise", "信息"),
    Relation(
        "leads.Claim",
        "enterprise",
        "首报",
        Sight(**_BY_LEAD),
        {
            "one_holder": Clash(Outcome.REFUSED, _SETTLE),
            "one_open_claim_per_unit": Clash(Outcome.REFUSED, _SETTLE),
        },
        naming="lead.matter",
    ),
)
