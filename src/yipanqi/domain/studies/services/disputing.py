"""Objecting to a verdict, and answering: the one who knows the ground is heard and counted."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from yipanqi.domain.ledger.services import entries
from yipanqi.domain.people.models import Officer
from yipanqi.domain.studies import events
from yipanqi.domain.studies.models import Dispute, DisputeState, LinkVerdict
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor, Scope, home, require
from yipanqi.vocab.labels import Label, refuse_state_secrets

STATUSES = ("strong", "weak", "missing")


class Unfounded(Exception):
    """The objection says nothing against the verdict, or no reason."""


class AlreadyDisputed(Exception):
    """The unit's earlier objection to this verdict is still open."""


class NothingToAnswer(Exception):
    """The objection was answered already."""


class OwnDispute(Exception):
    """Nobody answers what they raised themselves."""


@dataclass(frozen=True, slots=True)
class Objection:
    """What the unit holds to be true of the link, and why."""

    status: str
    reason: str
    label: Label = Label.INTERNAL


@transaction.atomic
def dispute(verdict: LinkVerdict, objection: Objection, *, by: Actor) -> Dispute:
    """Put the objection on record. Raises Unfounded, AlreadyDisputed, NotAllowed, StateSecret."""
    require(by, "studies.dispute", doing="对研判提出异议")
    _insist_on_grounds(verdict, objection)
    unit_id = home(by)
    scope = Scope(by.unit_path, objection.label, verdict.study.chain)
    try:
        with transaction.atomic():
            row = Dispute.objects.create(
                study=verdict.study,
                chain=verdict.study.chain,
                link=verdict.link,
                status_said=verdict.status,
                action_said=verdict.action,
                rule=verdict.rule,
                status_held=objection.status,
                reason=objection.reason.strip(),
                label=objection.label,
                unit_id=unit_id,
                raised_by_id=by.id,
                raised_at=clock.now(),
            )
    except IntegrityError as fault:
        raise AlreadyDisputed(
            "本单位对这一结论已提出异议，尚待答复；有新情况请写在原异议下"
        ) from fault
    event = events.VerdictDisputed(
        subject=f"studies/{row.public_id}",
        study=verdict.study.public_id,
        link=verdict.link,
        rule=verdict.rule,
        said=verdict.status,
        held=objection.status,
    )
    entries.record(event, by=by, scope=scope)
    return row


@transaction.atomic
def answer(found: Dispute, *, uphold: bool, because: str, by: Actor) -> Dispute:
    """Answer an open objection. Raises NothingToAnswer, OwnDispute, Unfounded, StateSecret."""
    require(by, "studies.answer", doing="答复研判异议")
    if not because.strip():
        raise Unfounded("答复理由未填；提出单位将看到理由")
    refuse_state_secrets(because)
    row = Dispute.objects.select_for_update(of=("self",)).select_related("unit").get(pk=found.pk)
    if row.state != DisputeState.OPEN:
        raise NothingToAnswer("这条异议已经答复，请刷新后查看")
    if row.raised_by_id == by.id:
        raise OwnDispute("不能答复自己提出的异议，请由另一位同事答复")
    row.state = DisputeState.UPHELD if uphold else DisputeState.DISMISSED
    row.answer = because.strip()
    row.answered_by = Officer.objects.get(pk=by.id)
    row.answered_at = clock.now()
    row.save()
    event = events.DisputeAnswered(
        subject=f"studies/{row.public_id}", link=row.link, outcome=DisputeState(row.state).label
    )
    entries.record(event, by=by, scope=Scope(row.unit.path, Label(row.label), row.chain))
    return row


def _insist_on_grounds(verdict: LinkVerdict, objection: Objection) -> None:
    if objection.status not in STATUSES:
        raise Unfounded("请选择本单位认为的强弱：强、弱或缺")
    if objection.status == verdict.status:
        raise Unfounded("所选与研判结论相同，不构成异议；请改选，或不必提出")
    if not objection.reason.strip():
        raise Unfounded("理由未填：请写明本单位掌握的情况和来源")
    refuse_state_secrets(objection.reason)
