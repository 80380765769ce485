"""What happens to signals (信息库), from capture to what became of them."""

from dataclasses import dataclass
from typing import ClassVar

from yipanqi.domain.ledger.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalCaptured(Event):
    """Somebody wrote down what they heard; `alike` counts likely duplicates they were shown."""

    kind: ClassVar[str] = "leads.signal_captured"
    sentence: ClassVar[str] = "登记信息（来源：{source}），请在 {due} 前响应"

    source: str
    due: str
    alike: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalAmended(Event):
    """What is known of a signal was completed or put right."""

    kind: ClassVar[str] = "leads.signal_amended"
    sentence: ClassVar[str] = "补正：{fields}"

    fields: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalAssigned(Event):
    """A signal was given to a unit, or within it to somebody."""

    kind: ClassVar[str] = "leads.signal_assigned"
    sentence: ClassVar[str] = "交由{unit}办理，期限 {due}"

    unit: str
    due: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalAnswered(Event):
    """The unit answered for the signal and began to judge it."""

    kind: ClassVar[str] = "leads.signal_answered"
    sentence: ClassVar[str] = "已响应，请在 {due} 前研判"

    due: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertsAsked(Event):
    """Outside experts were asked; judging may take longer."""

    kind: ClassVar[str] = "leads.experts_asked"
    sentence: ClassVar[str] = "邀请外部专家，研判期限至 {due}"

    due: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalJudged(Event):
    """The unit judged the signal; the reason is kept with it."""

    kind: ClassVar[str] = "leads.signal_judged"
    sentence: ClassVar[str] = "研判：{verdict}"

    verdict: str
    due: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalMerged(Event):
    """A signal went into another on the same matter."""

    kind: ClassVar[str] = "leads.signal_merged"
    sentence: ClassVar[str] = "并入信息 {into}"

    into: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalNoted(Event):
    """Progress was told, or something added."""

    kind: ClassVar[str] = "leads.signal_noted"
    sentence: ClassVar[str] = "{what}（{on}），下次期限 {due}"

    what: str
    on: str
    due: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferrerAnswered(Event):
    """The one who referred it was told what came of it."""

    kind: ClassVar[str] = "leads.referrer_answered"
    sentence: ClassVar[str] = "已反馈推荐人"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalTakenIn(Event):
    """The enterprise of a signal is one of the library's."""

    kind: ClassVar[str] = "leads.signal_taken_in"
    sentence: ClassVar[str] = "企业已纳入客商库"

    enterprise: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalPromoted(Event):
    """A lead was filed from the signal."""

    kind: ClassVar[str] = "leads.signal_promoted"
    sentence: ClassVar[str] = "转为线索"

    lead: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalOverdue(Event):
    """A term passed without what was due."""

    kind: ClassVar[str] = "leads.signal_overdue"
    sentence: ClassVar[str] = "{what}已超期（期限 {due}）"

    what: str
    due: str
