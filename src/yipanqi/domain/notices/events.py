"""What happens to the messages: a system was told, or is told no more."""

from dataclasses import dataclass
from typing import ClassVar

from yipanqi.domain.ledger.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class HookCreated(Event):
    """A person had lines of the ledger sent to another system."""

    kind: ClassVar[str] = "notices.hook_created"
    sentence: ClassVar[str] = "设置推送 {hook}：发往 {origin}，事项 {kinds}"

    hook: str
    origin: str
    kinds: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class HookEnded(Event):
    """Nothing is sent to that system any more."""

    kind: ClassVar[str] = "notices.hook_ended"
    sentence: ClassVar[str] = "停止推送 {hook}"

    hook: str
