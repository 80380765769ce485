"""Contesting a held claim (异议): grounds with evidence, the holder's answer, then a ruling."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from yipanqi.domain.evidence.services import storing
from yipanqi.domain.investors.models import Enterprise
from yipanqi.domain.leads import events, queries
from yipanqi.domain.leads.models import Claim, ClaimState, Contest
from yipanqi.domain.leads.services import entering, lapsing
from yipanqi.domain.ledger.services import entries
from yipanqi.domain.rules import queries as rules
from yipanqi.vocab import clock
from yipanqi.vocab.actors import HOUSE, Actor, home, require
from yipanqi.vocab.labels import Label, refuse_state_secrets


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why the matter should be one's own, and the proof of one's own contact."""

    words: str
    proof_kind: str
    proof: storing.Upload | None


class NotContestable(Exception):
    """The claim is one's own, not held any more, or already a project."""


class GroundsMissing(Exception):
    """The grounds or the answer are not written."""


class NothingToAnswer(Exception):
    """The contest is answered or ruled already, or is another unit's to answer."""


def contest(held: Claim, grounds: Grounds, *, by: Actor) -> Claim:
    """Contest a claim that another unit holds: one's own filing on the matter, with its grounds.

    The claim must be one that `by` may know of. Raises NotAllowed, NotContestable, GroundsMissing,
    ProofMissing, StateSecret or a safety.Refused; changes nothing then.
    """
    require(by, "leads.register", doing="提出异议")
    _check_words(grounds.words, "异议理由未填；请写明本单位何时、与谁、谈到哪一步")
    lead = held.lead
    filing = entering.Filing(
        lead.matter, grounds.proof_kind, grounds.proof, lead.chain, lead.link,
        label=Label(lead.label),
    )  # fmt: skip
    proof = entering.checked(filing)
    return _contested(held, filing, proof, grounds, by)


@transaction.atomic
def plead(claim: Claim, words: str, *, by: Actor) -> Contest:
    """Give grounds for a filing of one's own that waits for a ruling; its holder is to answer.

    Raises NotAllowed, GroundsMissing, NothingToAnswer or StateSecret; changes nothing then.
    """
    require(by, "leads.register", doing="提出异议")
    _check_words(words, "异议理由未填；请写明本单位何时、与谁、谈到哪一步")
    claim = _locked(claim)
    if claim.unit_id != by.unit_id or claim.state != ClaimState.PENDING or claim.rival is None:
        raise NothingToAnswer("只能为本单位待裁定的登记提出异议；请刷新后查看")
    return _raised(claim, words, by)


def answer(claim: Claim, words: str, evidence: storing.Upload | None, *, by: Actor) -> None:
    """Answer the contest of a claim one's own unit holds; `claim` is the challenger's.

    Raises NotAllowed, GroundsMissing, NothingToAnswer, StateSecret or a safety.Refused.
    """
    require(by, "leads.register", doing="答复异议")
    _check_words(words, "答复未填；请写明本单位接洽的经过与依据")
    received = storing.receive(evidence) if evidence else None
    _answered(claim, words, received, by)


@transaction.atomic
def _contested(
    held: Claim, filing: entering.Filing, proof: storing.Received, grounds: Grounds, by: Actor
) -> Claim:
    enterprise = Enterprise.objects.select_for_update(no_key=True).get(pk=held.enterprise_id)
    lapsing.lapse(enterprise=enterprise)
    if own := _waiting(held, by):
        _raised(_locked(own), grounds.words, by)
        return own
    held = Claim.objects.select_related("lead__project", "unit").get(pk=held.pk)
    if held.state != ClaimState.HELD or held.unit_id == home(by) or hasattr(held.lead, "project"):
        raise NotContestable("只能对其他单位持有且未转为项目的首报提出异议；请刷新后查看")
    claim = entering.unsettled(enterprise, filing, proof, by=by)
    entering.refer(claim, held, by=by)
    _raised(claim, grounds.words, by)
    return claim


def _waiting(held: Claim, by: Actor) -> Claim | None:
    """One's own filing on the same matter that waits already: it is the one to argue for."""
    return Claim.objects.filter(
        enterprise_id=held.enterprise_id,
        matter_key=held.matter_key,
        unit_id=home(by),
        state=ClaimState.PENDING,
        rival__isnull=False,
    ).first()


def _raised(claim: Claim, words: str, by: Actor) -> Contest:
    if existing := Contest.objects.filter(claim=claim).first():
        return existing
    rival = claim.rival
    assert rival is not None  # a filing that waits has one
    sheet = rules.claims(on=clock.today(), unit=rival.unit.code)
    due = clock.today() + timedelta(days=sheet.answer_days)
    raised = Contest.objects.create(
        claim=claim, grounds=words.strip(), raised_at=clock.now(), answer_due=due
    )
    own = events.ClaimContested(
        subject=queries.subject(claim.lead), claim=claim.public_id, answer_due=due.isoformat()
    )
    theirs = events.ContestReceived(
        subject=queries.subject(rival.lead), claim=rival.public_id, answer_due=due.isoformat()
    )
    entries.record(own, by=by, scope=queries.scope(claim.lead), under=sheet)
    # On the holder's line the house tells of it: who contests is not for the holder to read.
    entries.record(theirs, by=HOUSE, scope=queries.scope(rival.lead), under=sheet)
    return raised


@transaction.atomic
def _answered(claim: Claim, words: str, received: storing.Received | None, by: Actor) -> None:
    claim = _locked(claim)
    contest, rival = getattr(claim, "contest", None), claim.rival
    if contest is None or rival is None or rival.unit_id != by.unit_id:
        raise NothingToAnswer("没有待本单位答复的异议；请刷新后查看")
    if claim.state != ClaimState.PENDING or contest.answered_at:
        raise NothingToAnswer("该异议已答复或已裁定；请刷新后查看")
    contest.answer, contest.answered_at = words.strip(), clock.now()
    if received:
        contest.answer_evidence = entering.attached(received, "answer_proof", rival.lead, by=by)
    contest.save()
    for lead, told, actor in ((rival.lead, rival, by), (claim.lead, claim, HOUSE)):
        event = events.ContestAnswered(subject=queries.subject(lead), claim=told.public_id)
        entries.record(event, by=actor, scope=queries.scope(lead))


def _locked(claim: Claim) -> Claim:
    rows = Claim.objects.select_for_update(of=("self",)).select_related(
        "lead__unit", "rival__lead__unit", "rival__unit", "contest"
    )
    return rows.get(pk=claim.pk)


def _check_words(words: str, missing: str) -> None:
    if not words.strip():
        raise GroundsMissing(missing)
    refuse_state_secrets(words)
