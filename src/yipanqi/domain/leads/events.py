"""What happens to leads and claims (首报首谈)."""

from dataclasses import dataclass
from typing import ClassVar

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
