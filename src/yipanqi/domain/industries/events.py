"""What happens to the chains."""

from dataclasses import dataclass
from typing import ClassVar

from yipanqi.domain.ledger.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalsTakenIn(Event):
    """Suggestions of a graph were put before a chain office."""

    kind: ClassVar[str] = "industries.proposals_taken_in"
    sentence: ClassVar[str] = "导入产业链提议 {added} 条（来源：{source}）"

    chain: str
    source: str
    added: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalAccepted(Event):
    """A suggestion became part of the chain, by a new sheet."""

    kind: ClassVar[str] = "industries.proposal_accepted"
    sentence: ClassVar[str] = "采纳产业链提议“{name}”，写入 {sheet}"

    chain: str
    name: str
    sheet: str
    digests: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalRejected(Event):
    """A suggestion was turned down, with a reason."""

    kind: ClassVar[str] = "industries.proposal_rejected"
    sentence: ClassVar[str] = "退回产业链提议“{name}”"

    chain: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnersListed(Event):
    """A leader's list of suppliers or purchasers came into force."""

    kind: ClassVar[str] = "industries.partners_listed"
    sentence: ClassVar[str] = (
        "应用链主{side}名单：{rows} 行，对应登记企业 {matched} 行"
        "（截至 {as_of}，文件摘要 {sha256}）"
    )

    chain: str
    side: str
    as_of: str
    rows: int
    matched: int
    sha256: str
    # The list it takes the place of; empty where it is the first.
    replaces: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnersUndone(Event):
    """A leader's list was taken back, with a reason; the one before it counts again."""

    kind: ClassVar[str] = "industries.partners_undone"
    sentence: ClassVar[str] = "撤销链主{side}名单（{rows} 行，截至 {as_of}）：{because}"

    chain: str
    side: str
    as_of: str
    rows: int
    because: str
    restores: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerMatched(Event):
    """An officer said which registered enterprise a row of a list means, or that none is meant."""

    kind: ClassVar[str] = "industries.partner_matched"
    sentence: ClassVar[str] = "名单第 {number} 行对应到登记企业 {registry_id}"

    chain: str
    number: int
    registry_id: str
