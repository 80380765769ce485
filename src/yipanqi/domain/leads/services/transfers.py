"""Handing a matter to another unit (流转): proposed, agreed by every party, shared as agreed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from yipanqi.domain.evidence.services import handing, storing
from yipanqi.domain.investors.models import Enterprise
from yipanqi.domain.leads import events, queries
from yipanqi.domain.leads.models import (
    Claim,
    ClaimState,
    Lead,
    Party,
    Transfer,
    TransferState,
)
from yipanqi.domain.leads.services import claims, entering
from yipanqi.domain.ledger.services import entries
from yipanqi.domain.people.models import Unit
from yipanqi.domain.rules import queries as rules
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor, home, require
from yipanqi.vocab.labels import refuse_state_secrets

# What else moves with a lead: called with the lead, its new unit set, in the same transaction.
Follower = Callable[[Lead, Actor], None]
_MOST_YEARS, _MOST_PART = 30, 10_000


@dataclass(frozen=True, slots=True)
class Proposal:
    """To whom, why, and who shares the benefit: parts of a ratio by the units' codes, such as 5:5.

    `years` None takes the sheet's. The giver and the receiver are always among the parties.
    """

    receiver: str
    reason: str
    parts: Mapping[str, int]
    years: int | None = None
    agreement: storing.Upload | None = None


class NotTransferable(Exception):
    """The matter is not one's own to hand over, or a transfer is under way already."""


class Unshared(Exception):
    """The proposal is not complete or absurd; the message names the field and the remedy."""


class NothingToAgree(Exception):
    """The transfer no longer waits for this unit."""


def propose(lead: Lead, proposal: Proposal, *, by: Actor) -> Transfer:
    """Propose to hand the lead over; the giver's own agreement is in it.

    Raises NotAllowed, NotTransferable, Unshared, StateSecret or a safety.Refused; changes nothing
    then.
    """
    require(by, "leads.register", doing="提出流转")
    if not proposal.reason.strip():
        raise Unshared("流转理由未填；请写明为什么由对方承接更合适")
    refuse_state_secrets(proposal.reason)
    received = storing.receive(proposal.agreement) if proposal.agreement else None
    return _proposed(lead, proposal, received, by)


@transaction.atomic
def accept(transfer: Transfer, *, by: Actor, followers: Sequence[Follower] = ()) -> bool:
    """Agree for one's own unit; tells whether every party has, and so the matter has moved.

    Raises NotAllowed, NothingToAgree, NotTransferable or claims.TooManyClaims; changes nothing
    then.
    """
    require(by, "leads.register", doing="同意流转")
    receiver = Unit.objects.select_for_update(no_key=True).get(pk=transfer.receiver_id)
    Enterprise.objects.select_for_update(no_key=True).get(pk=transfer.lead.enterprise_id)
    transfer = _locked(transfer)
    party = transfer.parties.filter(unit_id=home(by), accepted_at=None).first()
    if party is None or transfer.state != TransferState.PROPOSED:
        raise NothingToAgree("没有待本单位同意的流转；请刷新后查看")
    _agree(party, by)
    if transfer.parties.filter(accepted_at=None).exists():
        return False
    _move(transfer, receiver, by)
    for follow in followers:
        follow(transfer.lead, by)
    return True


@transaction.atomic
def decline(transfer: Transfer, *, because: str, by: Actor) -> None:
    """Refuse, as a party, or take the proposal back, as the giver; the matter stays where it is.

    Raises NotAllowed, NothingToAgree, Unshared or StateSecret; changes nothing then.
    """
    require(by, "leads.register", doing="答复流转")
    if not because.strip():
        raise Unshared("理由未填；各方都将看到理由")
    refuse_state_secrets(because)
    transfer = _locked(transfer)
    is_party = transfer.parties.filter(unit_id=home(by)).exists()
    if not is_party or transfer.state != TransferState.PROPOSED:
        raise NothingToAgree("没有待本单位答复的流转；请刷新后查看")
    is_giver = transfer.giver_id == by.unit_id
    transfer.state = TransferState.WITHDRAWN if is_giver else TransferState.DECLINED
    transfer.closed_at, transfer.closing = clock.now(), because.strip()
    transfer.save()
    event = events.TransferClosed(
        subject=queries.subject(transfer.lead),
        transfer=transfer.public_id,
        outcome="提出方撤回" if is_giver else "有一方未同意",
    )
    entries.record(event, by=by, scope=queries.scope(transfer.lead))


def ratio(transfer: Transfer) -> str:
    """The parts as officers write them, giver first: 5:5, 4:4:2."""
    return ":".join(str(party.part) for party in transfer.parties.all())


@transaction.atomic
def _proposed(
    lead: Lead, proposal: Proposal, received: storing.Received | None, by: Actor
) -> Transfer:
    claim = _own(lead, by)
    units = _parties(claim, proposal)
    sheet = rules.claims(on=clock.today(), unit=claim.unit.code)
    years = proposal.years if proposal.years is not None else sheet.sharing_years
    if years is None or not 1 <= years <= _MOST_YEARS:
        raise Unshared(f"分享年限应为 1 至 {_MOST_YEARS} 年的整数；各地常见 5 年")
    agreement = entering.attached(received, "agreement", claim.lead, by=by) if received else None
    transfer = Transfer.objects.create(
        lead=claim.lead,
        giver=claim.unit,
        receiver=units[1],
        reason=proposal.reason.strip(),
        years=years,
        agreement=agreement,
        state=TransferState.PROPOSED,
        proposed_by_id=by.id or None,
        proposed_at=clock.now(),
    )
    for unit in units:
        is_giver = unit.pk == claim.unit_id
        Party.objects.create(
            transfer=transfer,
            unit=unit,
            part=proposal.parts[unit.code],
            accepted_at=clock.now() if is_giver else None,
            accepted_by_id=(by.id or None) if is_giver else None,
        )
    _tell_proposed(transfer, by)
    return transfer


def _tell_proposed(transfer: Transfer, by: Actor) -> None:
    event = events.TransferProposed(
        subject=queries.subject(transfer.lead),
        transfer=transfer.public_id,
        receiver=transfer.receiver.name,
        ratio=ratio(transfer),
        years=transfer.years,
    )
    entries.record(event, by=by, scope=queries.scope(transfer.lead))


def _own(lead: Lead, by: Actor) -> Claim:
    claim = Claim.objects.select_for_update(of=("self",)).select_related(
        "lead__unit", "lead__enterprise", "unit"
    ).get(lead=lead)  # fmt: skip
    if claim.state != ClaimState.HELD or claim.unit_id != by.unit_id:
        raise NotTransferable("只能流转本单位持有的事项；待裁定的请等待裁定")
    if lead.transfers.filter(state=TransferState.PROPOSED).exists():
        raise NotTransferable("该事项已有一项流转待各方同意；请先等待答复或撤回")
    return claim


def _parties(claim: Claim, proposal: Proposal) -> list[Unit]:
    """The units of the agreement: giver, receiver, then the others by code."""
    known = {unit.code: unit for unit in Unit.objects.filter(code__in=proposal.parts)}
    receiver = known.get(proposal.receiver)
    if receiver is None or receiver.pk == claim.unit_id:
        raise Unshared("承接单位未选，或就是本单位；请选择另一单位并写明其份额")
    if claim.unit.code not in known:
        raise Unshared("本单位的份额未填；请写明各方份额，如 5:5")
    if unknown := sorted(set(proposal.parts) - set(known)):
        raise Unshared(f"没有代码为“{unknown[0]}”的单位；请从单位名录中选择")
    if any(part < 1 or part > _MOST_PART for part in proposal.parts.values()):
        raise Unshared(f"每一方的份额应为 1 至 {_MOST_PART} 的整数，如 5:5 或 4:4:2")
    _refuse_leaving_out(claim, known)
    others = [known[code] for code in sorted(known) if known[code] not in (receiver, claim.unit)]
    return [claim.unit, receiver, *others]


def _refuse_leaving_out(claim: Claim, known: Mapping[str, Unit]) -> None:
    """Who shares by an agreement still in force is party to the next one, and must agree to it."""
    sharing = queries.shares([claim.lead_id], on=clock.today()).get(claim.lead_id, {})
    missing = set(sharing) - {unit.pk for unit in known.values()}
    if missing:
        left_out = "、".join(Unit.objects.filter(pk__in=missing).values_list("name", flat=True))
        raise Unshared(f"原分享协议仍在有效期，须把{left_out}列入各方并写明份额")


def _agree(party: Party, by: Actor) -> None:
    party.accepted_at, party.accepted_by_id = clock.now(), by.id or None
    party.save(update_fields=["accepted_at", "accepted_by"])
    lead = party.transfer.lead
    event = events.TransferAgreed(
        subject=queries.subject(lead), transfer=party.transfer.public_id, unit=party.unit.name
    )
    entries.record(event, by=by, scope=queries.scope(lead))


def _move(transfer: Transfer, receiver: Unit, by: Actor) -> None:
    lead, today = transfer.lead, clock.today()
    claim = Claim.objects.select_for_update().get(lead=lead)
    if claim.state != ClaimState.HELD or claim.unit_id != transfer.giver_id:
        raise NotTransferable("原持有单位已不再持有该事项，流转不能生效；请撤回后重新办理")
    sheet = rules.claims(on=today, unit=receiver.code)
    if not hasattr(lead, "project"):
        claims.refuse_over_cap(receiver, sheet)
    _withdraw_own(claim, receiver, by)
    _tell_moved(transfer, by)
    lead.unit = claim.unit = receiver
    lead.save(update_fields=["unit"])
    # The receiver starts with the time it needs to show progress of its own.
    assert claim.protected_until is not None  # the database's own rule for held claims
    claim.protected_until = max(claim.protected_until, today + timedelta(days=sheet.idle_days))
    claim.progressed_on = today
    claim.save(update_fields=["unit", "protected_until", "progressed_on"])
    handing.hand_over(queries.subject(lead), to=queries.scope(lead), by=by)
    event = events.ClaimHeld(
        subject=queries.subject(lead),
        claim=claim.public_id,
        unit=receiver.code,
        until=claim.protected_until.isoformat(),
    )
    entries.record(event, by=by, scope=queries.scope(lead), under=sheet)


def _tell_moved(transfer: Transfer, by: Actor) -> None:
    """Put the agreement in force; its line stays with the giver, who was party to it."""
    since = clock.today()
    until = _years_on(since, transfer.years)
    transfer.state, transfer.closed_at = TransferState.ACCEPTED, clock.now()
    transfer.since, transfer.until = since, until
    transfer.save()
    event = events.LeadTransferred(
        subject=queries.subject(transfer.lead),
        transfer=transfer.public_id,
        giver=transfer.giver.name,
        receiver=transfer.receiver.name,
        ratio=ratio(transfer),
        since=since.isoformat(),
        until=until.isoformat(),
    )
    entries.record(event, by=by, scope=queries.scope(transfer.lead))


def _withdraw_own(claim: Claim, receiver: Unit, by: Actor) -> None:
    """The receiver's own waiting filing on the matter is settled by the transfer."""
    waiting = Claim.objects.filter(
        enterprise_id=claim.enterprise_id,
        matter_key=claim.matter_key,
        unit=receiver,
        state=ClaimState.PENDING,
    ).select_related("lead__unit")
    for each in waiting:
        each.state = ClaimState.RELEASED
        each.save(update_fields=["state"])
        event = events.ClaimReleased(subject=queries.subject(each.lead), claim=each.public_id)
        entries.record(event, by=by, scope=queries.scope(each.lead))


def _years_on(since: date, years: int) -> date:
    """The last day of so many years that begin on a day: 2018-03-01 and 5 give 2023-02-28."""
    try:
        end = since.replace(year=since.year + years)
    except ValueError:  # 29 February
        end = since.replace(year=since.year + years, month=3, day=1)
    return end - timedelta(days=1)


def _locked(transfer: Transfer) -> Transfer:
    rows = Transfer.objects.select_for_update(of=("self",)).select_related(
        "lead__unit", "lead__project", "giver", "receiver"
    )
    return rows.get(pk=transfer.pk)
