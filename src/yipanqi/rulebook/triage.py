"""信息研判: within how many days a signal is answered, judged, followed up, and its light."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from yipanqi.rulebook.claims import Term
from yipanqi.rulebook.documents import Document
from yipanqi.rulebook.sources import Edition
from yipanqi.vocab import workdays
from yipanqi.vocab.workdays import Calendar


class Step(StrEnum):
    """What a signal waits for next."""

    RESPOND = "respond"
    JUDGE = "judge"
    PROGRESS = "progress"
    REPLY = "reply"


class Light(StrEnum):
    """How a term stands; shown as colour, shape and word together."""

    LATE = "late"
    NEAR = "near"
    GOOD = "good"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class TriageSheet(Edition):
    """The figures in force for signals; `terms` gives each with its grounds."""

    id: str
    valid_from: date
    terms: Mapping[str, Term]

    def respond_due(self, received: date, *, calendar: Calendar) -> date:
        """The last day to answer for a signal that reached the unit on `received`."""
        return workdays.after(received, self._whole("respond_workdays"), calendar=calendar)

    def judge_due(self, received: date, *, calendar: Calendar, experts: bool = False) -> date:
        """The last day to judge it; longer where outside experts were asked."""
        if not experts:
            return workdays.after(received, self._whole("judge_workdays"), calendar=calendar)
        return self._settled(received, "expert_days", calendar)

    def reply_due(self, captured: date, *, calendar: Calendar) -> date:
        """The last day to tell the one who referred it what came of it."""
        return self._settled(captured, "reply_days", calendar)

    def progress_due(self, told: date, *, calendar: Calendar) -> date:
        """The last day of the next progress report after one told on that day."""
        return self._settled(told, "progress_days", calendar)

    def light(self, due: date | None, *, on: date, calendar: Calendar) -> Light:
        """How a term that ends on `due` stands on a day; no term has no light."""
        if due is None:
            return Light.NONE
        if due < on:
            return Light.LATE
        left = workdays.between(on, due, calendar=calendar)
        return Light.NEAR if left <= self._whole("warning_workdays") else Light.GOOD

    def _settled(self, day: date, key: str, calendar: Calendar) -> date:
        return workdays.settled(day + timedelta(days=self._whole(key)), calendar=calendar)

    def _whole(self, key: str) -> int:
        return int(self.terms[key].value)


# Key, what officers call it, unit.
TERMS: Mapping[str, tuple[str, str]] = {
    "respond_workdays": ("响应期限", "工作日"),
    "judge_workdays": ("研判期限", "工作日"),
    "expert_days": ("邀请外部专家时的研判期限", "天"),
    "reply_days": ("反馈推荐人期限", "天"),
    "progress_days": ("进展报告间隔", "天"),
    "warning_workdays": ("到期前提醒", "工作日"),
}


def read(document: Document) -> TriageSheet:
    """The sheet as typed figures; faults gather in the document."""
    document.allow("id", "valid_from", "notes", *TERMS)
    found = {key: term for key in TERMS if (term := _term(document, key)) is not None}
    for key in sorted(set(TERMS) - set(found)):
        document.add(1, f"缺少 [{key}]", f"补上{TERMS[key][0]}（{TERMS[key][1]}）")
    return TriageSheet(document.id, document.top.day("valid_from"), found)


def _term(document: Document, key: str) -> Term | None:
    row = document.table(key)
    if row is None:
        return None
    row.allow("value", "source", "basis", "sample", "notes")
    source, basis = row.grounds()
    value = row.number("value")
    if value < 0 or value > _MOST_DAYS or value != value.to_integral_value():
        row.add(
            "value", f"{TERMS[key][0]}应为 0 至 {_MOST_DAYS} 的整数，现在是 {value}", "改成整数"
        )
    return Term(key, value, source, basis, row.sample(basis))


_MOST_DAYS = 366
