"""What happens in the investors' library. No names or telephones: references only."""

from dataclasses import dataclass
from typing import ClassVar

from yipanqi.domain.ledger.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterpriseRegistered(Event):
    """An enterprise entered 客商库."""

    kind: ClassVar[str] = "investors.enterprise_registered"
    sentence: ClassVar[str] = "纳入客商库（来源：{source}）"

    code: str | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipNoted(Event):
    """An enterprise was placed in a link of a chain."""

    kind: ClassVar[str] = "investors.membership_noted"
    sentence: ClassVar[str] = "归入环节 {link}"

    chain: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactAdded(Event):
    """A contact was added; who it is stays out of the ledger."""

    kind: ClassVar[str] = "investors.contact_added"
    sentence: ClassVar[str] = "新增联系人 {contact}"

    contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRevealed(Event):
    """Somebody looked at a full telephone number."""

    kind: ClassVar[str] = "investors.contact_revealed"
    sentence: ClassVar[str] = "查看了联系人 {contact} 的电话"

    contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InteractionLogged(Event):
    """A visit, call, fair or reception was written down."""

    kind: ClassVar[str] = "investors.interaction_logged"
    sentence: ClassVar[str] = "记录往来（{way}，{held_on}）"

    interaction: str
    way: str
    held_on: str
