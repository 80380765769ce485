"""What comes in as a whole."""

from dataclasses import dataclass
from typing import ClassVar

from yipanqi.domain.ledger.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PackLoaded(Event):
    """A city's rules came into force; each new or changed file with its digest."""

    kind: ClassVar[str] = "intake.pack_loaded"
    sentence: ClassVar[str] = "规则包 {pack} 生效，新增或变更 {changed} 份"

    pack: str
    changed: int
    files: dict[str, str]
