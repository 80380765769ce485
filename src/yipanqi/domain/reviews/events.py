"""What happens in admission reviews."""

from dataclasses import dataclass
from typing import ClassVar

from yipanqi.domain.ledger.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewOpened(Event):
    """A matter was handed in for admission."""

    kind: ClassVar[str] = "reviews.opened"
    sentence: ClassVar[str] = "提请准入评审，会签 {countersigns} 家，决策机构：{bodies}"

    of: str
    countersigns: int
    bodies: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsStated(Event):
    """What is scored was stated or corrected."""

    kind: ClassVar[str] = "reviews.facts_stated"
    sentence: ClassVar[str] = "填报评审数据：{fields}"

    fields: str
    before: dict[str, str]
    after: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Countersigned(Event):
    """A department gave its grade; the comment is kept with it."""

    kind: ClassVar[str] = "reviews.countersigned"
    sentence: ClassVar[str] = "{unit}会签：{grade}"

    unit: str
    grade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountersignReminded(Event):
    """A department was reminded that its countersign is due soon."""

    kind: ClassVar[str] = "reviews.countersign_reminded"
    sentence: ClassVar[str] = "提醒{unit}：会签期限 {due}"

    unit: str
    due: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountersignOverdue(Event):
    """A department did not countersign in time."""

    kind: ClassVar[str] = "reviews.countersign_overdue"
    sentence: ClassVar[str] = "{unit}会签超期（期限 {due}）"

    unit: str
    due: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertAppointed(Event):
    """Somebody was asked to score; who, is kept with the review."""

    kind: ClassVar[str] = "reviews.expert_appointed"
    sentence: ClassVar[str] = "聘请评审专家"

    expert: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertDeclared(Event):
    """An expert declared interest and promised secrecy."""

    kind: ClassVar[str] = "reviews.expert_declared"
    sentence: ClassVar[str] = "专家申报利害关系并承诺保密：{outcome}"

    expert: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertScored(Event):
    """An expert handed in marks, or corrected them while the review was open."""

    kind: ClassVar[str] = "reviews.expert_scored"
    sentence: ClassVar[str] = "专家提交评分，{count} 项"

    expert: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VetoRaised(Event):
    """A ground of veto was found to apply; the reason is kept with it."""

    kind: ClassVar[str] = "reviews.veto_raised"
    sentence: ClassVar[str] = "{unit}提出一票否决：{title}"

    veto: str
    unit: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VetoWithdrawn(Event):
    """A veto was taken back; the reason is kept with it."""

    kind: ClassVar[str] = "reviews.veto_withdrawn"
    sentence: ClassVar[str] = "撤销一票否决：{title}"

    veto: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyDecided(Event):
    """A body decided, with the number of its minutes."""

    kind: ClassVar[str] = "reviews.body_decided"
    sentence: ClassVar[str] = "{meeting}：{outcome}（纪要 {minutes_no}）"

    meeting: str
    outcome: str
    minutes_no: str
    held_on: str
    conditions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewClosed(Event):
    """The review ended."""

    kind: ClassVar[str] = "reviews.closed"
    sentence: ClassVar[str] = "准入评审结束：{outcome}"

    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionMet(Event):
    """A condition of the pass is met; how, is kept with it."""

    kind: ClassVar[str] = "reviews.condition_met"
    sentence: ClassVar[str] = "附带条件已落实，尚余 {left} 项"

    condition: str
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewMoved(Event):
    """The review went with its subject to another unit, or under another label."""

    kind: ClassVar[str] = "reviews.moved"
    sentence: ClassVar[str] = "评审随项目调整：{unit}，{label}"

    unit: str
    label: str
