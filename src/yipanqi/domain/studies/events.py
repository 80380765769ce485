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
