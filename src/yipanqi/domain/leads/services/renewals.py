"""Renewing a held claim (续期): only with evidence of real progress, and only so often."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from yipanqi.domain.evidence.services import storing
from yipanqi.domain.leads import events, progress, queries
from yipanqi.domain.leads.models import Claim, ClaimState, Renewal
from yipanqi.domain.leads.services import entering
from yipanqi.domain.ledger.services import entries
from yipanqi.rulebook.claims import ClaimSheet
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor, require
from yipanqi.vocab.labels import refuse_state_secrets


@dataclass(frozen=True, slots=True)
class Progress:
    """What really happened since the filing or the last renewal, and the file that shows it."""

    words: str
    on: date
    evidence: storing.Upload | None


class NoProgress(Exception):
    """The progress or its evidence is missing or absurd; the message says which."""


class NotRenewable(Exception):
    """The claim is not one's own, not held any more, or renewed as often as it may be."""


def renew(claim: Claim, progress: Progress, *, by: Actor) -> Renewal:
    """Lengthen the window of a claim of one's own unit by the sheet's renewal days.

    Raises NotAllowed, NoProgress, NotRenewable, StateSecret or a safety.Refused; changes nothing
    then.
    """
    require(by, "leads.register", doing="续期首报")
    if not progress.words.strip():
        raise NoProgress("实质进展未填；请写明谈到哪一步，如“已签意向协议”“已到园区选址”")
    if progress.evidence is None:
        raise NoProgress("续期须上传新的佐证材料，如往来函件、拜访记录、意向协议")
    if progress.on > clock.today():
        raise NoProgress("进展日期不能晚于今天；只填已经发生的进展")
    refuse_state_secrets(progress.words)
    return _renewed(claim, progress, storing.receive(progress.evidence), by)


@transaction.atomic
def _renewed(claim: Claim, shown: Progress, received: storing.Received, by: Actor) -> Renewal:
    claim = Claim.objects.select_for_update(of=("self",)).select_related(
        "lead", "lead__unit", "unit", "lead__project"
    ).get(pk=claim.pk)  # fmt: skip
    sheet, number = _renewable(claim, shown, by)
    assert claim.protected_until is not None  # the database's own rule for held claims
    claim.protected_until += timedelta(days=sheet.renewal_days)
    claim.progressed_on = max(shown.on, claim.progressed_on or shown.on)
    claim.save(update_fields=["protected_until", "progressed_on"])
    renewal = Renewal.objects.create(
        claim=claim,
        number=number,
        progress=shown.words.strip(),
        progressed_on=shown.on,
        evidence=entering.attached(received, "progress_proof", claim.lead, by=by),
        officer_id=by.id or None,
        renewed_at=clock.now(),
        until=claim.protected_until,
    )
    event = events.ClaimRenewed(
        subject=queries.subject(claim.lead),
        claim=claim.public_id,
        number=number,
        until=claim.protected_until.isoformat(),
    )
    entries.record(event, by=by, scope=queries.scope(claim.lead), under=sheet)
    return renewal


def _renewable(claim: Claim, shown: Progress, by: Actor) -> tuple[ClaimSheet, int]:
    """The sheet and the number of this renewal, or the reason why there is none."""
    now = progress.standing(claim)
    if claim.unit_id != by.unit_id or now is None or claim.state != ClaimState.HELD:
        raise NotRenewable("只能续期本单位持有且未转为项目的首报")
    if now.ending.on < clock.today():
        raise NotRenewable(f"首报已于 {now.ending.on} 期满，不能续期；仍在对接的请重新登记")
    done = list(claim.renewals.order_by("number"))
    if len(done) >= now.sheet.renewals:
        raise NotRenewable(f"已续期 {len(done)} 次，达到上限 {now.sheet.renewals} 次；请推进立项")
    after = done[-1].progressed_on if done else clock.civil_day(claim.filed_at)
    if shown.on < after:
        raise NoProgress(f"进展日期须不早于上次登记或续期所依据的 {after}；续期要有新的进展")
    return now.sheet, len(done) + 1
