"""How often a person may do what could be abused: counted per person, act and window."""

from dataclasses import dataclass
from datetime import UTC, datetime

from yipanqi.domain.people.services import tallies
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many times within a window of so many seconds."""

    most: int
    seconds: int
    doing: str


# Log-in has its own limits (ACCOUNT_RATE_LIMITS): nobody is known there yet.
LIMITS = {
    "api": Limit(600, 60, "调用接口"),
    "export": Limit(20, 3600, "导出"),
    "reveal": Limit(30, 3600, "查看联系方式"),
    "ping": Limit(30, 3600, "试发推送"),
    "search": Limit(240, 60, "搜索"),
    "upload": Limit(120, 3600, "上传材料"),
}


class TooOften(Exception):
    """The person has done this as often as the window allows; the message says when to go on."""

    def __init__(self, limit: Limit, retry_after_seconds: int) -> None:
        often = f"{_span(limit.seconds)}内最多 {limit.most} 次"
        super().__init__(f"{limit.doing}过于频繁（{often}），请 {_span(retry_after_seconds)}后再试")
        self.retry_after_seconds = retry_after_seconds


def count(actor: Actor, verb: str) -> None:
    """Count one more `verb` (a key of LIMITS) by the person. Raises TooOften beyond the limit."""
    limit = LIMITS[verb]
    now = clock.now()
    opened = int(now.timestamp()) // limit.seconds * limit.seconds
    window = datetime.fromtimestamp(opened, UTC)
    if tallies.add(f"{verb}:{actor.id}", window=window) > limit.most:
        raise TooOften(limit, max(1, opened + limit.seconds - int(now.timestamp())))


def _span(seconds: int) -> str:
    """A length of time as people say it, rounded up."""
    for size, word in ((3600, "小时"), (60, "分钟")):
        if seconds >= size:
            return f"{-(-seconds // size)} {word}"
    return f"{seconds} 秒"
