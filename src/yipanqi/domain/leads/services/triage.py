"""What becomes of a signal (信息研判): answered for, passed on, judged, followed, closed."""

from datetime import date

from django.db import transaction

from yipanqi.domain.evidence.services import handing
from yipanqi.domain.leads import inbox, kinds
from yipanqi.domain.leads.services import signal_steps as steps
from yipanqi.domain.leads.services.signal_steps import NotOpen, Stale, Unclear
from yipanqi.domain.leads.signal_events import (
    ExpertsAsked,
    ReferrerAnswered,
    SignalAnswered,
    SignalAssigned,
    SignalJudged,
    SignalNoted,
)
from yipanqi.domain.leads.signals import Signal, SignalNote
from yipanqi.domain.ledger.services import entries
from yipanqi.domain.people.models import Officer, Unit
from yipanqi.domain.rules import calendars
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor, NotAllowed, home, require

__all__ = (
    "NotOpen", "Stale", "Unclear", "add", "answer_referrer", "ask_experts", "assign", "discard",
    "follow", "hand_to", "report", "respond",
)  # fmt: skip


@transaction.atomic
def respond(signal: Signal, *, by: Actor) -> None:
    """Answer for the signal: the officer handles it, judging has begun; twice is harmless."""
    found = steps.own(signal, by=by, doing="响应信息")
    if found.state == "judging":
        return
    steps.refuse_unless(found, "new")
    found.responded_at, found.state = clock.now(), "judging"
    found.handler_id = found.handler_id or by.id or None
    found.due_on = _judge_due(found)
    steps.save(found)
    event = SignalAnswered(subject=inbox.subject(found), due=steps.told(found.due_on))
    entries.record(event, by=by, scope=inbox.scope(found), under=inbox.sheet_in_force())


@transaction.atomic
def hand_to(signal: Signal, officer: Officer, *, by: Actor) -> None:
    """Give the signal to a colleague of the unit. Raises NotAllowed, NotOpen or Unclear."""
    found = steps.own(signal, by=by, doing="指定经办人")
    if officer.unit_id != found.unit_id or not officer.is_active:
        raise Unclear("经办人须是本单位在岗人员；转给其他单位请用“转交”")
    if found.handler_id == officer.pk:
        return
    found.handler = officer
    steps.save(found)
    _tell_assigned(found, by)


@transaction.atomic
def assign(signal: Signal, unit: Unit, *, because: str, by: Actor) -> None:
    """Pass the signal to another unit, where its terms begin anew; files go with it.

    The unit that has it may pass it on; whoever may assign (分派) may do so with any in sight.
    """
    if not by.may("signals.assign"):
        require(by, "signals.triage", doing="转交信息")
    found = steps.locked(signal)
    if found.unit_id != home(by) and not by.may("signals.assign"):
        raise NotAllowed(f"这条信息由{found.unit.short_name}办理，只有该单位或分派人员能转交")
    steps.refuse_closed(found)
    if unit.pk == found.unit_id:
        raise Unclear("已由该单位办理；请选择另一单位")
    words = steps.said(because, "转交理由未填；请写明为何由该单位办理")
    sheet, today = inbox.sheet_in_force(), clock.today()
    _noted(found, "added", f"转交{unit.short_name}：{words}", today, by)
    found.unit, found.handler, found.state, found.received_on = unit, None, "new", today
    found.responded_at, found.experts = None, ""
    found.due_on = sheet.respond_due(today, calendar=calendars.is_workday) if sheet else None
    steps.save(found)
    handing.hand_over(inbox.subject(found), to=inbox.scope(found), by=by)
    _tell_assigned(found, by)


@transaction.atomic
def ask_experts(signal: Signal, who: str, *, by: Actor) -> None:
    """Note that outside experts are asked; judging may take the longer term."""
    found = steps.own(signal, by=by, doing="邀请外部专家")
    steps.refuse_unless(found, "judging")
    found.experts = steps.said(who, "专家未填；请写明姓名或单位")[:200]
    found.due_on = _judge_due(found)
    steps.save(found)
    event = ExpertsAsked(subject=inbox.subject(found), due=steps.told(found.due_on))
    entries.record(event, by=by, scope=inbox.scope(found), under=inbox.sheet_in_force())


@transaction.atomic
def follow(signal: Signal, *, because: str, by: Actor) -> None:
    """Judge the signal worth following; a progress report is due every so often from then."""
    found = steps.own(signal, by=by, doing="研判信息")
    steps.refuse_unless(found, "new", "judging")
    found.reason = steps.said(because, "研判意见未填；请写明为何值得跟进")
    sheet = inbox.sheet_in_force()
    found.due_on = (
        sheet.progress_due(clock.today(), calendar=calendars.is_workday) if sheet else None
    )
    _judged(found, "following", by)


@transaction.atomic
def discard(signal: Signal, *, because: str, by: Actor) -> None:
    """Close the signal with a reason: not worth following, or not any more."""
    found = steps.own(signal, by=by, doing="研判信息")
    found.reason = steps.said(because, "不予跟进的理由未填；推荐人会问起，请写明")
    found.due_on = None
    _judged(found, "discarded", by)


@transaction.atomic
def report(signal: Signal, words: str, *, on: date, by: Actor) -> None:
    """Tell progress of a signal that is followed; the next report is due from that day."""
    found = steps.own(signal, by=by, doing="报告进展")
    steps.refuse_unless(found, "following")
    words = steps.said(words, "进展未填；请写明谈到哪一步、下一步是什么")
    if not clock.civil_day(found.captured_at) <= on <= clock.today():
        raise Unclear("进展日期应在登记之日与今天之间")
    _noted(found, "progress", words, on, by)
    sheet = inbox.sheet_in_force()
    due = sheet.progress_due(on, calendar=calendars.is_workday) if sheet else None
    # An older report told late moves nothing back.
    if due and (found.due_on is None or due > found.due_on):
        found.due_on = due
    steps.save(found)
    _tell_noted(found, "报告进展", on, by)


@transaction.atomic
def add(signal: Signal, words: str, *, by: Actor) -> None:
    """Add what else was heard; whoever sees the signal and may capture can."""
    require(by, "signals.capture", doing="补充信息")
    found = steps.locked(signal)
    steps.refuse_closed(found)
    today = clock.today()
    _noted(found, "added", steps.said(words, "补充内容未填"), today, by)
    steps.save(found)
    _tell_noted(found, "补充信息", today, by)


@transaction.atomic
def answer_referrer(signal: Signal, words: str, *, by: Actor) -> None:
    """Keep what the one who referred it was told. Open or closed, its unit owes the answer."""
    require(by, "signals.triage", doing="反馈推荐人")
    found = steps.locked(signal)
    if found.unit_id != home(by):
        raise NotAllowed(f"这条信息由{found.unit.short_name}办理，由该单位反馈")
    if found.reply_due is None or found.replied_at is not None:
        raise NotOpen("这条信息没有待反馈的推荐人，或已经反馈；请刷新查看")
    found.reply = steps.said(words, "反馈内容未填；请写明告诉了推荐人什么")
    found.replied_at = clock.now()
    steps.save(found)
    event = ReferrerAnswered(subject=inbox.subject(found))
    entries.record(event, by=by, scope=inbox.scope(found))


def _judge_due(signal: Signal) -> date | None:
    sheet = inbox.sheet_in_force()
    if sheet is None:
        return None
    return sheet.judge_due(
        signal.received_on, calendar=calendars.is_workday, experts=bool(signal.experts)
    )


def _judged(signal: Signal, state: str, by: Actor) -> None:
    signal.state = state
    signal.responded_at = signal.responded_at or clock.now()
    signal.judged_at = clock.now()
    signal.handler_id = signal.handler_id or by.id or None
    steps.save(signal)
    event = SignalJudged(
        subject=inbox.subject(signal), verdict=kinds.STATES[state], due=steps.told(signal.due_on)
    )
    entries.record(event, by=by, scope=inbox.scope(signal), under=inbox.sheet_in_force())


def _noted(signal: Signal, kind: str, words: str, on: date, by: Actor) -> None:
    SignalNote.objects.create(
        signal=signal,
        kind=kind,
        words=words,
        happened_on=on,
        unit_id=home(by),
        officer_id=by.id or None,
        recorded_at=clock.now(),
    )


def _tell_noted(signal: Signal, what: str, on: date, by: Actor) -> None:
    event = SignalNoted(
        subject=inbox.subject(signal),
        what=what,
        on=on.isoformat(),
        due=steps.told(signal.due_on),
    )
    entries.record(event, by=by, scope=inbox.scope(signal))


def _tell_assigned(signal: Signal, by: Actor) -> None:
    event = SignalAssigned(
        subject=inbox.subject(signal),
        unit=signal.unit.name,
        due=steps.told(signal.due_on),
    )
    entries.record(event, by=by, scope=inbox.scope(signal), under=inbox.sheet_in_force())
