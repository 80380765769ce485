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


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterpriseChecked(Event):
    """An officer looked whether an enterprise on the lists lives."""

    kind: ClassVar[str] = "studies.enterprise_checked"
    sentence: ClassVar[str] = "登记核实：{result}（{way}，{checked_on}）"

    way: str
    result: str
    checked_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetAnswered(Event):
    """A unit told what came of a target."""

    kind: ClassVar[str] = "studies.target_answered"
    sentence: ClassVar[str] = "招引目标反馈：{outcome}（{happened_on}，环节 {link}，名次 {rank}）"

    response: str
    study: str
    chain: str
    link: str
    rank: int
    outcome: str
    happened_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerWithdrawn(Event):
    """A unit took back what it had told of a target by mistake."""

    kind: ClassVar[str] = "studies.answer_withdrawn"
    sentence: ClassVar[str] = "撤回招引目标反馈：{outcome}（{happened_on}）"

    response: str
    outcome: str
    happened_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackRecordPublished(Event):
    """The backtest's figures of a chain's list came into force."""

    kind: ClassVar[str] = "studies.track_record_published"
    sentence: ClassVar[str] = "公布名单的回测命中率（文件摘要 {sha256}）"

    chain: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunAsked(Event):
    """A run over every chain was asked for."""

    kind: ClassVar[str] = "studies.run_asked"
    sentence: ClassVar[str] = "发起研判运行（{city}，{cause}）"

    city: str
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunCancelAsked(Event):
    """A run was asked to stop."""

    kind: ClassVar[str] = "studies.run_cancel_asked"
    sentence: ClassVar[str] = "要求取消研判运行（已完成 {done}/{total} 条产业链）"

    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunResumed(Event):
    """A run that had stopped was asked to go on."""

    kind: ClassVar[str] = "studies.run_resumed"
    sentence: ClassVar[str] = "继续研判运行（已完成 {done}/{total} 条产业链）"

    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunEnded(Event):
    """A run ended: done, failed or cancelled."""

    kind: ClassVar[str] = "studies.run_ended"
    sentence: ClassVar[str] = (
        "研判运行{outcome}（数据批次 {snapshot}，完成 {done}/{total} 条产业链）"
    )

    outcome: str
    snapshot: str
    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecountAsked(Event):
    """A study was to be computed again from the same data and sheets."""

    kind: ClassVar[str] = "studies.recount_asked"
    sentence: ClassVar[str] = "用同样输入重算（{study}，数据批次 {snapshot}）"

    study: str
    chain: str
    snapshot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecountEnded(Event):
    """A study was computed again: `differing` of `rows` came out differently, or it failed."""

    kind: ClassVar[str] = "studies.recount_ended"
    sentence: ClassVar[str] = "重算{outcome}（比较 {rows} 行，不同 {differing} 行）"

    outcome: str
    rows: int | None
    differing: int | None
