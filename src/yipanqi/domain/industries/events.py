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
