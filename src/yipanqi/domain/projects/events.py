"""What happens to projects."""

from dataclasses import dataclass
from typing import ClassVar

from yipanqi.domain.ledger.events import Event, Plain


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectCreated(Event):
    """A project entered 项目库."""

    kind: ClassVar[str] = "projects.created"
    sentence: ClassVar[str] = "建立项目，阶段 {stage}"

    enterprise: str
    lead: str | None
    unit: str
    stage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectImported(Event):
    """A project entered 项目库 by a row of a file, as opening balance (存量)."""

    kind: ClassVar[str] = "projects.imported"
    sentence: ClassVar[str] = (
        "由批次 {batch} 第 {line} 行导入为存量项目，阶段 {stage}（自 {since}）"
    )

    enterprise: str
    unit: str
    stage: str
    since: str
    batch: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningVerified(Event):
    """Another person found what an opening balance says of a project to be so."""

    kind: ClassVar[str] = "projects.opening_verified"
    sentence: ClassVar[str] = "核实存量项目，阶段 {stage}"

    stage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectEdited(Event):
    """Fields changed; each with its value before and after."""

    kind: ClassVar[str] = "projects.edited"
    sentence: ClassVar[str] = "修改了{fields}"

    fields: str
    before: dict[str, Plain]
    after: dict[str, Plain]


@dataclass(frozen=True, slots=True, kw_only=True)
class StageAdvanced(Event):
    """A project moved on to a stage."""

    kind: ClassVar[str] = "projects.stage_advanced"
    sentence: ClassVar[str] = "由{before_title}进入{after_title}"

    before: str
    after: str
    before_title: str
    after_title: str
    official: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectHandedOver(Event):
    """The project went to another unit with its lead (流转)."""

    kind: ClassVar[str] = "projects.handed_over"
    sentence: ClassVar[str] = "随事项流转：由{giver}转{receiver}"

    giver: str
    receiver: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfVoucher(Event):
    """One voucher of money in place: its public id, its kind in words, its amount in words."""

    voucher: str
    what: str
    amount: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoucherRecorded(_OfVoucher):
    """Money in place was recorded with its evidence."""

    kind: ClassVar[str] = "projects.voucher_recorded"
    sentence: ClassVar[str] = "登记到位资金 {amount}（{what}），待核验"


@dataclass(frozen=True, slots=True, kw_only=True)
class VoucherVerified(_OfVoucher):
    """Another person found the money in place as the voucher says."""

    kind: ClassVar[str] = "projects.voucher_verified"
    sentence: ClassVar[str] = "核验到位资金 {amount}（{what}）"


@dataclass(frozen=True, slots=True, kw_only=True)
class VoucherReturned(_OfVoucher):
    """A verifier sent the voucher back; it counts no more."""

    kind: ClassVar[str] = "projects.voucher_returned"
    sentence: ClassVar[str] = "退回到位资金凭证 {amount}（{what}）"


@dataclass(frozen=True, slots=True, kw_only=True)
class VoucherWithdrawn(_OfVoucher):
    """The voucher was taken back; it counts no more."""

    kind: ClassVar[str] = "projects.voucher_withdrawn"
    sentence: ClassVar[str] = "撤回到位资金凭证 {amount}（{what}）"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningProved(_OfVoucher):
    """An opening sum was given its evidence and its day."""

    kind: ClassVar[str] = "projects.opening_proved"
    sentence: ClassVar[str] = "为期初到位资金 {amount} 补交凭证，待核验"


@dataclass(frozen=True, slots=True, kw_only=True)
class StageSubmitted(Event):
    """A move waits to be verified; it changes and counts nothing yet."""

    kind: ClassVar[str] = "projects.stage_submitted"
    sentence: ClassVar[str] = "提交{how}：由{before_title}进入{after_title}，待核验"

    move: str
    how: str
    before: str
    after: str
    before_title: str
    after_title: str
    waived: list[Plain]


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveVerified(Event):
    """Another person verified that the stage was reached; it counts on this day."""

    kind: ClassVar[str] = "projects.move_verified"
    sentence: ClassVar[str] = "核验通过，计入 {counted_on}"

    move: str
    claimed_on: str | None
    counted_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveReturned(Event):
    """A move was sent back; the reason is kept with it."""

    kind: ClassVar[str] = "projects.move_returned"
    sentence: ClassVar[str] = "核验退回，待补正"

    move: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveTakenBack(Event):
    """A move that waited was taken back."""

    kind: ClassVar[str] = "projects.move_taken_back"
    sentence: ClassVar[str] = "收回待核验的阶段变动"

    move: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StageMovedBack(Event):
    """A project went back to an earlier stage; the reason is kept with the move."""

    kind: ClassVar[str] = "projects.stage_moved_back"
    sentence: ClassVar[str] = "由{before_title}退回{after_title}"

    before: str
    after: str
    before_title: str
    after_title: str
    official: str
    move: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GateWaived(Event):
    """A requirement is waived until a day; the reason is kept with the waiver."""

    kind: ClassVar[str] = "projects.gate_waived"
    sentence: ClassVar[str] = "豁免“{message}”，至 {until}"

    waiver: str
    requirement: str
    message: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiverRevoked(Event):
    """A waiver ended before its day."""

    kind: ClassVar[str] = "projects.waiver_revoked"
    sentence: ClassVar[str] = "撤销豁免“{message}”"

    waiver: str
    requirement: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectEnded(Event):
    """A project left the road; the reason is kept with the departure."""

    kind: ClassVar[str] = "projects.ended"
    sentence: ClassVar[str] = "项目{title}"

    departure: str
    code: str
    title: str
    stage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectReopened(Event):
    """A project that had left the road goes on."""

    kind: ClassVar[str] = "projects.reopened"
    sentence: ClassVar[str] = "重启项目（原{title}）"

    departure: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectArchived(Event):
    """A project was put away, read-only for good."""

    kind: ClassVar[str] = "projects.archived"
    sentence: ClassVar[str] = "归档项目"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactDeposited(Event):
    """A fact born in another room stands for this project, with what proves it."""

    kind: ClassVar[str] = "projects.fact_deposited"
    sentence: ClassVar[str] = "存入事实“{fact}”：{value}（依据 {ground}）"

    fact: str
    value: str
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactWithdrawn(Event):
    """A deposited fact stands no more."""

    kind: ClassVar[str] = "projects.fact_withdrawn"
    sentence: ClassVar[str] = "撤回事实“{fact}”（原依据 {ground}）"

    fact: str
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamChanged(Event):
    """Somebody, or a joint unit, came into the team or left it; who, is kept with the seat."""

    kind: ClassVar[str] = "projects.team_changed"
    sentence: ClassVar[str] = "专班{change}：{role}（{unit}）"

    member: str
    change: str
    role: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeChanged(Event):
    """A unit made a pledge to the investor, kept it or was released; its words are kept with it."""

    kind: ClassVar[str] = "projects.pledge_changed"
    sentence: ClassVar[str] = "{unit}{change}承诺"

    pledge: str
    change: str
    unit: str
