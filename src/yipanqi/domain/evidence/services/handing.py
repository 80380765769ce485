"""Handing a subject's files over with it, so that whoever answers for it sees what proves it."""

from django.db import transaction

from yipanqi.domain.evidence import events
from yipanqi.domain.evidence.models import EvidenceFile
from yipanqi.domain.ledger.services import entries
from yipanqi.domain.people.models import Unit
from yipanqi.vocab.actors import Actor, Scope


@transaction.atomic
def hand_over(subject: str, *, to: Scope, by: Actor) -> int:
    """Every file of the subject stands where its new owner does; their number."""
    unit = Unit.objects.get(path=to.unit_path)
    files = EvidenceFile.objects.filter(subject=subject).exclude(unit=unit)
    count = files.update(unit=unit)
    if count:
        event = events.EvidenceHandedOver(subject=subject, count=count)
        entries.record(event, by=by, scope=to)
    return count


@transaction.atomic
def relabel(subject: str, *, to: Scope, by: Actor) -> int:
    """Every file of the subject is as secret as its subject now is; their number."""
    files = EvidenceFile.objects.filter(subject=subject).exclude(label=to.label)
    count = files.update(label=to.label)
    if count:
        event = events.EvidenceRelabelled(subject=subject, count=count, label=to.label.title)
        entries.record(event, by=by, scope=to)
    return count
