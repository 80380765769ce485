"""What happens to files."""

from dataclasses import dataclass
from typing import ClassVar

from yipanqi.domain.ledger.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceAttached(Event):
    """A file was attached to a subject; its hash is kept for ever."""

    kind: ClassVar[str] = "evidence.attached"
    sentence: ClassVar[str] = "附上{material}（{size_bytes} 字节，SHA-256 {sha256}）"

    file: str
    material: str
    sha256: str
    size_bytes: int
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceDownloaded(Event):
    """A file was taken out by somebody."""

    kind: ClassVar[str] = "evidence.downloaded"
    sentence: ClassVar[str] = "下载了材料 {file}"

    file: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceHandedOver(Event):
    """A subject's files went with it to another unit."""

    kind: ClassVar[str] = "evidence.handed_over"
    sentence: ClassVar[str] = "{count} 份材料随事项移交"

    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRelabelled(Event):
    """A subject's files took the label their subject was given."""

    kind: ClassVar[str] = "evidence.relabelled"
    sentence: ClassVar[str] = "{count} 份材料随事项改为“{label}”"

    count: int
    label: str
