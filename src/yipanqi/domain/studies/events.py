"""What happens to studies."""

from dataclasses import dataclass
from typing import ClassVar

from yipanqi.domain.ledger.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyPublished(Event):
    """A run of the engine became the one in force."""

    kind: ClassVar[str] = "studies.published"
    sentence: ClassVar[str] = "研判结果生效（数据批次 {snapshot}，{rows} 行）"

    study: str
    chain: str
    snapshot: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictDisputed(Event):
    """A unit objected to the verdict on a link."""

    kind: ClassVar[str] = "studies.verdict_disputed"
    sentence: ClassVar[str] = "对研判提出异议（环节 {link}：研判为 {said}，本单位认为 {held}）"

    study: str
    link: str
    rule: str
    said: str
    held: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeAnswered(Event):
    """An objection to a verdict was answered."""

    kind: ClassVar[str] = "studies.dispute_answered"
    sentence: ClassVar[str] = "答复研判异议（环节 {link}）：{outcome}"

    link: str
    outcome: str
