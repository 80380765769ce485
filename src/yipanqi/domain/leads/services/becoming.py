"""What a signal becomes: part of another, an enterprise of the library, a lead with a claim."""

from collections.abc import Sequence

from django.db import transaction

from yipanqi.domain.evidence.models import EvidenceFile
from yipanqi.domain.evidence.services import storing
from yipanqi.domain.evidence.services.storing import Received
from yipanqi.domain.investors.models import Enterprise
from yipanqi.domain.investors.services import registering
from yipanqi.domain.leads import inbox, kinds
from yipanqi.domain.leads.models import Lead
from yipanqi.domain.leads.services import signal_steps as steps
from yipanqi.domain.leads.services import signals, triage
from yipanqi.domain.leads.services.signal_steps import Unclear
from yipanqi.domain.leads.services.signals import FILE_KIND, Draft
from yipanqi.domain.leads.signal_events import SignalMerged, SignalPromoted, SignalTakenIn
from yipanqi.domain.leads.signals import Signal, SignalNote
from yipanqi.domain.ledger.services import entries
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor, home, require


def fold_in(draft: Draft, files: Sequence[storing.Upload], *, into: Signal, by: Actor) -> None:
    """What was heard goes into an open signal as a note, its files with it; no other is made.

    Raises Unclear, NotOpen, NotAllowed, StateSecret or a safety.Refused; changes nothing then.
    """
    require(by, "signals.capture", doing="补充信息")
    signals.check(draft)
    received = [storing.receive(each) for each in files]
    with transaction.atomic():
        words = _said(draft.source, draft.enterprise_name, draft.matter, draft.details)
        triage.add(into, words, by=by)
        for each in received:
            signals.attached(each, into, by=by)


@transaction.atomic
def merge(signal: Signal, into: Signal, *, by: Actor) -> None:
    """The signal goes into another open one: words and files are there too, its own term ends.

    Both carry one label, so that nobody reads more than before. Raises Unclear, NotOpen or
    NotAllowed.
    """
    if signal.pk == into.pk:
        raise Unclear("不能并入自己；请选择另一条信息")
    first, second = sorted((signal.pk, into.pk))
    held = {pk: steps.locked(Signal(pk=pk)) for pk in (first, second)}
    steps.own(held[signal.pk], by=by, doing="合并信息")
    gone, kept = held[signal.pk], held[into.pk]
    steps.refuse_closed(kept)
    if gone.label != kept.label:
        raise Unclear("两条信息密级标签不同，不能合并；请改为补充要点")
    SignalNote.objects.create(
        signal=kept,
        kind="added",
        words=_words(gone),
        happened_on=clock.civil_day(gone.captured_at),
        unit_id=home(by),
        officer_id=by.id or None,
        recorded_at=clock.now(),
    )
    _copy_files(gone, kept, by)
    gone.state, gone.merged_into, gone.due_on = "merged", kept, None
    steps.save(gone)
    steps.save(kept)
    event = SignalMerged(subject=inbox.subject(gone), into=kept.public_id)
    entries.record(event, by=by, scope=inbox.scope(gone))


@transaction.atomic
def take_in(signal: Signal, *, by: Actor) -> tuple[Enterprise, bool]:
    """The signal's enterprise in the library, registered now if need be; True when it is new.

    Raises Unclear, NotAllowed, NotOpen or StateSecret.
    """
    found = steps.own(signal, by=by, doing="纳入客商库")
    if found.enterprise is not None:
        return found.enterprise, False
    if not found.name_key:
        raise Unclear("企业未明；请先补正企业名称（营业执照上的全称），再纳入客商库")
    facts = registering.EnterpriseFacts(
        name=found.enterprise_name,
        source=f"信息库：{kinds.SOURCES[found.source]}",
        source_as_of=clock.civil_day(found.captured_at),
    )
    place = registering.Place(found.chain, found.link, found.matter) if found.link else None
    enterprise, is_new = registering.register(facts, by=by, place=place)
    found.enterprise = enterprise
    steps.save(found)
    event = SignalTakenIn(subject=inbox.subject(found), enterprise=enterprise.public_id)
    entries.record(event, by=by, scope=inbox.scope(found))
    return enterprise, is_new


@transaction.atomic
def promote(signal: Signal, lead: Lead, *, by: Actor) -> None:
    """Close the signal: the lead filed from it goes on with the matter; twice is harmless.

    Raises Unclear where the lead is with another enterprise or unit, NotAllowed or NotOpen.
    """
    if signal.lead_id == lead.pk:
        return
    found = steps.own(signal, by=by, doing="转为线索")
    if found.enterprise_id != lead.enterprise_id or lead.unit_id != found.unit_id:
        raise Unclear("线索与信息的企业或单位不一致；请先把企业纳入客商库，再从该信息登记线索")
    found.lead, found.state, found.due_on = lead, "promoted", None
    found.responded_at = found.responded_at or clock.now()
    found.judged_at = found.judged_at or clock.now()
    steps.save(found)
    event = SignalPromoted(subject=inbox.subject(found), lead=lead.public_id)
    entries.record(event, by=by, scope=inbox.scope(found))


def _said(source: str, name: str, matter: str, details: str) -> str:
    told = f"{kinds.SOURCES[source]}：{name.strip() or '企业未明'}，{matter.strip()}"
    return f"{told}\n{details.strip()}".strip()


def _words(signal: Signal) -> str:
    told = [
        _said(signal.source, signal.enterprise_name, signal.matter, signal.details),
        f"推荐人：{signal.referrer}" if signal.referrer else "",
        *(note.words for note in signal.notes.order_by("id")),
    ]
    return "\n".join(part for part in told if part)


def _copy_files(gone: Signal, kept: Signal, by: Actor) -> None:
    """Each file of the one stands with the other too; the bytes are kept once."""
    rows = EvidenceFile.objects.filter(subject=inbox.subject(gone), withdrawn_at=None)
    place = storing.Attachment(inbox.subject(kept), FILE_KIND, inbox.scope(kept))
    for row in rows.order_by("id"):
        received = Received(row.name, row.sha256, row.size_bytes, row.media_type)
        storing.record(received, to=place, by=by)
