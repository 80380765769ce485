"""What happens to leads and claims (首报首谈)."""

from dataclasses import dataclass
from typing import ClassVar

from yipanqi.domain.leads import signal_events  # noqa: F401 -- events of the room too
from yipanqi.domain.ledger.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadFiled(Event):
    """A unit filed a lead with an enterprise."""

    kind: ClassVar[str] = "leads.lead_filed"
    sentence: ClassVar[str] = "登记线索（接洽证明：{proof}）"

    enterprise: str
    chain: str
    link: str
    proof: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimHeld(Event):
    """The unit holds the matter, until a day."""

    kind: ClassVar[str] = "leads.claim_held"
    sentence: ClassVar[str] = "首报成立，保护期至 {until}"

    claim: str
    unit: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimReferred(Event):
    """The filing waits for a ruling."""

    kind: ClassVar[str] = "leads.claim_referred"
    sentence: ClassVar[str] = "转招商主管部门裁定"

    claim: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRefused(Event):
    """A second unit was told that the matter is held."""

    kind: ClassVar[str] = "leads.claim_refused"
    sentence: ClassVar[str] = "另一单位登记同一事项，已告知持有情况"

    claim: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLapsed(Event):
    """The protection window ended without a project."""

    kind: ClassVar[str] = "leads.claim_lapsed"
    sentence: ClassVar[str] = "保护期满，首报失效"

    claim: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimReleased(Event):
    """The holder gave the matter up."""

    kind: ClassVar[str] = "leads.claim_released"
    sentence: ClassVar[str] = "放弃持有"

    claim: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRuled(Event):
    """The bureau ruled on a filing; the reason is kept with the claim."""

    kind: ClassVar[str] = "leads.claim_ruled"
    sentence: ClassVar[str] = "裁定：{outcome}"

    claim: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimIdle(Event):
    """The holder made no real progress for too long, and holds no longer."""

    kind: ClassVar[str] = "leads.claim_idle"
    sentence: ClassVar[str] = "连续 {days} 天无实质进展（最近进展 {progressed_on}），首报失效"

    claim: str
    progressed_on: str
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LapseWarned(Event):
    """The holder was warned that the claim ends soon."""

    kind: ClassVar[str] = "leads.lapse_warned"
    sentence: ClassVar[str] = "提醒：{why}，首报将于 {on} 后失效"

    claim: str
    on: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRenewed(Event):
    """The window is longer, for the evidence of real progress."""

    kind: ClassVar[str] = "leads.claim_renewed"
    sentence: ClassVar[str] = "第 {number} 次续期，保护期至 {until}"

    claim: str
    number: int
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimContested(Event):
    """Another unit contests a held claim; written on the challenger's own lead."""

    kind: ClassVar[str] = "leads.claim_contested"
    sentence: ClassVar[str] = "对持有单位提出异议，答复期至 {answer_due}"

    claim: str
    answer_due: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestReceived(Event):
    """The holder is told of a contest; written on the holder's lead, without the challenger."""

    kind: ClassVar[str] = "leads.contest_received"
    sentence: ClassVar[str] = "收到异议，请在 {answer_due} 前答复"

    claim: str
    answer_due: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestAnswered(Event):
    """The holder answered the contest."""

    kind: ClassVar[str] = "leads.contest_answered"
    sentence: ClassVar[str] = "已答复异议"

    claim: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferProposed(Event):
    """The holder proposes to hand the matter over, with who shares the benefit."""

    kind: ClassVar[str] = "leads.transfer_proposed"
    sentence: ClassVar[str] = "提出流转至{receiver}，利益分享 {ratio}，{years} 年"

    transfer: str
    receiver: str
    ratio: str
    years: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferAgreed(Event):
    """One party agreed to the transfer."""

    kind: ClassVar[str] = "leads.transfer_agreed"
    sentence: ClassVar[str] = "{unit}同意流转"

    transfer: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadTransferred(Event):
    """Every party agreed: the matter is the receiver's, and the shares are in force."""

    kind: ClassVar[str] = "leads.lead_transferred"
    sentence: ClassVar[str] = (
        "流转生效：由{giver}转{receiver}，利益分享 {ratio}，{since} 至 {until}"
    )

    transfer: str
    giver: str
    receiver: str
    ratio: str
    since: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferClosed(Event):
    """The transfer came to nothing; the reason is kept with it."""

    kind: ClassVar[str] = "leads.transfer_closed"
    sentence: ClassVar[str] = "流转未成：{outcome}"

    transfer: str
    outcome: str
