"""What happens to projects."""

from dataclasses import dataclass
from typing import ClassVar

from yipanqi.domain.ledger.events import Event, Plain


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectCreated(Event):
    """A project entered 项目库."""

    kind: ClassVar[str] = "projects.created"
    sentence: ClassVar[str] = "建立项目，阶段 {stage}"

    enterprise: str
    lead: str | None
    unit: str
    stage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectEdited(Event):
    """Fields changed; each with its value before and after."""

    kind: ClassVar[str] = "projects.edited"
    sentence: ClassVar[str] = "修改了{fields}"

    fields: str
    before: dict[str, Plain]
    after: dict[str, Plain]


@dataclass(frozen=True, slots=True, kw_only=True)
class StageAdvanced(Event):
    """A project moved on to a stage."""

    kind: ClassVar[str] = "projects.stage_advanced"
    sentence: ClassVar[str] = "由{before_title}进入{after_title}"

    before: str
    after: str
    before_title: str
    after_title: str
    official: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectHandedOver(Event):
    """The project went to another unit with its lead (流转)."""

    kind: ClassVar[str] = "projects.handed_over"
    sentence: ClassVar[str] = "随事项流转：由{giver}转{receiver}"

    giver: str
    receiver: str
