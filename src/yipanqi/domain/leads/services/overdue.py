"""Terms of signals that passed without what was due: told once each, for whoever follows up."""

from datetime import date

from django.db import transaction
from django.db.models import F, Q

from yipanqi.domain.leads import inbox, kinds
from yipanqi.domain.leads.signal_events import SignalOverdue
from yipanqi.domain.leads.signals import Signal
from yipanqi.domain.ledger.services import entries
from yipanqi.rulebook.triage import Step
from yipanqi.vocab import clock
from yipanqi.vocab.actors import HOUSE

WORDS = {
    Step.RESPOND: "响应",
    Step.JUDGE: "研判",
    Step.PROGRESS: "进展报告",
    Step.REPLY: "反馈推荐人",
}


@transaction.atomic
def tell() -> int:
    """Record every term that passed and was not told of; safe to run twice. Gives the count."""
    today, count = clock.today(), 0
    for signal in _late(today):
        step, due = signal.step, signal.due_on
        if step and due and due < today and signal.told_due != due:
            signal.told_due = due
            _tell(signal, step, due)
            count += 1
        reply = signal.reply_open
        if reply and reply < today and signal.told_reply != reply:
            signal.told_reply = reply
            _tell(signal, Step.REPLY, reply)
            count += 1
        signal.save(update_fields=["told_due", "told_reply"])
    return count


def _late(today: date) -> list[Signal]:
    acting = Q(state__in=kinds.OPEN, due_on__lt=today) & (
        Q(told_due=None) | ~Q(told_due=F("due_on"))
    )
    owing = Q(reply_due__lt=today, replied_at=None) & (
        Q(told_reply=None) | ~Q(told_reply=F("reply_due"))
    )
    rows = Signal.objects.filter(acting | owing).select_for_update(of=("self",))
    return list(rows.select_related("unit").order_by("id"))


def _tell(signal: Signal, step: Step, due: date) -> None:
    event = SignalOverdue(subject=inbox.subject(signal), what=WORDS[step], due=due.isoformat())
    entries.record(event, by=HOUSE, scope=inbox.scope(signal), under=inbox.sheet_in_force())
