"""Writing a signal down (信息登记): quickly, once, and put right later."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from django.db import IntegrityError, transaction

from yipanqi.domain.evidence.services import storing
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.leads import inbox, kinds, resemblance
from yipanqi.domain.leads.resemblance import Alike, Heard
from yipanqi.domain.leads.services import signal_steps
from yipanqi.domain.leads.services.signal_steps import NotOpen, Stale, Unclear
from yipanqi.domain.leads.signal_events import SignalAmended, SignalCaptured
from yipanqi.domain.leads.signals import Signal
from yipanqi.domain.ledger.services import entries
from yipanqi.domain.people.spelling import initials
from yipanqi.domain.rules import calendars
from yipanqi.vocab import clock, names
from yipanqi.vocab.actors import Actor, home, require
from yipanqi.vocab.labels import Label, refuse_state_secrets

__all__ = (
    "FILE_KIND", "Draft", "LooksKnown", "NotOpen", "Stale", "Unclear", "amend", "attach",
    "attached", "capture", "check", "heard",
)  # fmt: skip
FILE_KIND = "signal_file"
_MOST_FILES = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What was heard. `slip` is the sender's own number of it; `is_checked`: likely ones seen."""

    matter: str
    source: str
    enterprise_name: str = ""
    details: str = ""
    source_note: str = ""
    referrer: str = ""
    registry_id: str = ""
    chain: str = ""
    link: str = ""
    estimate_fen: int | None = None
    label: Label = Label.INTERNAL
    slip: str = ""
    is_checked: bool = False


class LooksKnown(Exception):
    """Others like it are there; the officer is to look and decide. `alike` says which."""

    def __init__(self, alike: Alike) -> None:
        super().__init__("信息库中有相近的信息，请核对：是同一件事的并入原有信息，不是的再登记")
        self.alike = alike


def capture(draft: Draft, files: Sequence[storing.Upload] = (), *, by: Actor) -> Signal:
    """The signal, owned by the officer's unit, its terms running; a slip sent twice is one signal.

    Raises LooksKnown, Unclear, NotAllowed, StateSecret or a safety.Refused; changes nothing then.
    """
    require(by, "signals.capture", doing="登记信息")
    check(draft)
    if sent := _sent(draft, by):
        return sent
    alike = resemblance.of(heard(draft), seen_by=by)
    if alike.bars and not draft.is_checked:
        raise LooksKnown(alike)
    received = [storing.receive(each) for each in _few(files)]
    try:
        return _captured(draft, alike, received, by)
    except IntegrityError:
        # The same slip arrived twice at the same moment: the other one is the signal.
        if sent := _sent(draft, by):
            return sent
        raise


def heard(draft: Draft) -> Heard:
    """The draft as duplicates are told by."""
    return Heard(draft.enterprise_name, draft.matter, draft.estimate_fen, draft.chain, draft.link)


def check(draft: Draft) -> None:
    """Raise Unclear or StateSecret where a field is empty, absurd, or may not be kept."""
    if not names.key(draft.matter):
        raise Unclear("事项未填；请用一句话写明听到了什么，如“拟在中部建液压件基地”")
    if draft.source not in kinds.SOURCES:
        raise Unclear(f"来源未选；可选：{'、'.join(kinds.SOURCES.values())}")
    if draft.estimate_fen is not None and draft.estimate_fen < 0:
        raise Unclear("意向投资不能为负数；不知道的请留空")
    if fault := industries.misplaced(draft.chain, draft.link):
        raise Unclear(fault)
    said = (draft.matter, draft.enterprise_name, draft.details, draft.source_note, draft.referrer)
    refuse_state_secrets(*said)


@transaction.atomic
def amend(signal: Signal, draft: Draft, *, expecting: int, by: Actor) -> Signal:
    """Complete or put right what is known of an open signal.

    The label and the slip stay as they are. Raises Stale, Unclear, NotAllowed or StateSecret.
    """
    check(draft)
    found = signal_steps.own(signal, by=by, doing="补正信息")
    if found.version != expecting:
        raise Stale("这条信息刚被别人改过；请刷新查看后再补正，您填写的内容没有保存")
    before = {name: getattr(found, name) for name in _TITLES}
    _fill(found, draft)
    changed = [title for name, title in _TITLES.items() if getattr(found, name) != before[name]]
    if not changed:
        return found
    signal_steps.save(found)
    event = SignalAmended(subject=inbox.subject(found), fields="、".join(changed))
    entries.record(event, by=by, scope=inbox.scope(found))
    return found


def attach(signal: Signal, file: storing.Upload, *, by: Actor) -> None:
    """Add a file to an open signal in sight. Raises NotAllowed, NotOpen or a safety.Refused."""
    require(by, "signals.capture", doing="补充附件")
    received = storing.receive(file)
    with transaction.atomic():
        found = signal_steps.locked(signal)
        signal_steps.refuse_closed(found)
        attached(received, found, by=by)


def attached(received: storing.Received, signal: Signal, *, by: Actor) -> None:
    """Keep a file with the signal, seen by who sees the signal."""
    place = storing.Attachment(inbox.subject(signal), FILE_KIND, inbox.scope(signal))
    storing.record(received, to=place, by=by)


@transaction.atomic
def _captured(
    draft: Draft, alike: Alike, received: Sequence[storing.Received], by: Actor
) -> Signal:
    sheet, today, unit = inbox.sheet_in_force(), clock.today(), home(by)
    signal = Signal(
        label=draft.label,
        registry_id=draft.registry_id,
        enterprise=alike.enterprise,
        captured_unit_id=unit,
        captured_by_id=by.id or None,
        captured_at=clock.now(),
        slip=draft.slip,
        unit_id=unit,
        received_on=today,
        state="new",
    )
    _fill(signal, draft)
    if sheet:
        signal.due_on = sheet.respond_due(today, calendar=calendars.is_workday)
    signal.save()
    event = SignalCaptured(
        subject=inbox.subject(signal),
        source=kinds.SOURCES[signal.source],
        due=signal_steps.told(signal.due_on),
        alike=alike.count,
    )
    entries.record(event, by=by, scope=inbox.scope(signal), under=sheet)
    for each in received:
        attached(each, signal, by=by)
    return signal


def _fill(signal: Signal, draft: Draft) -> None:
    for field in fields(draft):
        if field.name in _TITLES:
            value = getattr(draft, field.name)
            setattr(signal, field.name, value.strip() if isinstance(value, str) else value)
    signal.name_key, signal.matter_key = names.key(draft.enterprise_name), names.key(draft.matter)
    signal.initials = initials(draft.enterprise_name)
    sheet = inbox.sheet_in_force()
    owes = bool(signal.referrer) or signal.source in kinds.ANSWERED
    if sheet and owes and signal.reply_due is None:
        captured = clock.civil_day(signal.captured_at)
        signal.reply_due = sheet.reply_due(captured, calendar=calendars.is_workday)
    if not owes and signal.replied_at is None:
        signal.reply_due = None


def _sent(draft: Draft, by: Actor) -> Signal | None:
    if not draft.slip:
        return None
    found = Signal.objects.filter(captured_by_id=by.id or None, slip=draft.slip)
    return found.select_related("unit").first()


def _few(files: Sequence[storing.Upload]) -> Sequence[storing.Upload]:
    if len(files) > _MOST_FILES:
        raise Unclear(f"一次最多附 {_MOST_FILES} 个文件；其余请登记后再补充")
    return files


_TITLES = {
    "enterprise_name": "企业",
    "matter": "事项",
    "details": "详情",
    "source": "来源",
    "source_note": "来源说明",
    "referrer": "推荐人",
    "chain": "产业链",
    "link": "环节",
    "estimate_fen": "意向投资",
}
