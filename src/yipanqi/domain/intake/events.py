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


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchReceived(Event):
    """A file came and waits to be read."""

    kind: ClassVar[str] = "intake.batch_received"
    sentence: ClassVar[str] = "上传{library}文件"

    library: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchConfirmed(Event):
    """Somebody asked that what the preview showed be applied."""

    kind: ClassVar[str] = "intake.batch_confirmed"
    sentence: ClassVar[str] = "确认导入{library} {rows} 行"

    library: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRead(Event):
    """A file was read and held against the library; nothing of it is in force."""

    kind: ClassVar[str] = "intake.batch_read"
    sentence: ClassVar[str] = "上传并预览{library}文件，共 {rows} 行"

    library: str
    sha256: str
    rows: int
    verdicts: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchApplied(Event):
    """A batch came into force as one; the digest covers its rows in order."""

    kind: ClassVar[str] = "intake.batch_applied"
    sentence: ClassVar[str] = "导入{library}：新增 {added}、变更 {changed}、未导入 {refused} 行"

    library: str
    sha256: str
    rows_digest: str
    added: int
    changed: int
    refused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchUndone(Event):
    """A batch was taken back as one."""

    kind: ClassVar[str] = "intake.batch_undone"
    sentence: ClassVar[str] = "撤销导入{library}：{rows} 行，原因：{because}"

    library: str
    rows: int
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchDropped(Event):
    """A batch was given up before anything of it was in force."""

    kind: ClassVar[str] = "intake.batch_dropped"
    sentence: ClassVar[str] = "放弃导入{library}文件"

    library: str
