"""Publishing how lists like these fared in the backtest, from the file the backtest writes."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from yipanqi.domain.ledger.services import entries
from yipanqi.domain.studies import events
from yipanqi.domain.studies.told import TrackRecord
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor, Scope, require
from yipanqi.vocab.labels import Label

_COUNTS = ("k", "hits", "listed")


class NotATrackRecord(Exception):
    """The file is not what the backtest writes; the message names the place and the remedy."""


@transaction.atomic
def publish(text: str, *, by: Actor) -> list[TrackRecord]:
    """Put each chain's figures in force; those of a chain the file leaves out stay as they are.

    `text` is track_record.json of `yipanqi backtest targets`. Raises NotATrackRecord, NotAllowed.
    """
    require(by, "studies.run", doing="公布回测命中率")
    told = _read(text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return [_put_in_force(chain, figures, digest, by) for chain, figures in told.items()]


def _put_in_force(chain: str, figures: list[dict[str, Any]], digest: str, by: Actor) -> TrackRecord:
    TrackRecord.objects.filter(chain=chain, current=True).update(current=False)
    row = TrackRecord.objects.create(
        chain=chain, figures=figures, digest=digest, current=True, published_at=clock.now()
    )
    event = events.TrackRecordPublished(
        subject=f"studies/{row.public_id}", chain=chain, sha256=digest
    )
    entries.record(event, by=by, scope=Scope("/", Label.PUBLIC, chain))
    return row


def _read(text: str) -> Mapping[str, list[dict[str, Any]]]:
    try:
        told = json.loads(text)
    except ValueError as fault:
        raise NotATrackRecord("文件不是 JSON：请给回测写出的 track_record.json") from fault
    if not isinstance(told, dict) or not told:
        raise NotATrackRecord("文件应为“产业链代码: 命中”的对照：请给 track_record.json")
    for chain, figures in told.items():
        if not isinstance(figures, list) or not figures:
            raise NotATrackRecord(f"{chain}：没有命中数字，请重新运行回测")
        for number, one in enumerate(figures, start=1):
            _check(f"{chain} 第 {number} 项", one)
    return told


def _check(place: str, one: object) -> None:
    if not isinstance(one, dict):
        raise NotATrackRecord(f"{place}不是一组数字，请重新运行回测")
    for name in _COUNTS:
        if not _is_count(one.get(name)):
            raise NotATrackRecord(f"{place}的 {name} 应为非负整数，请重新运行回测")
    if one["hits"] > one["listed"]:
        raise NotATrackRecord(f"{place}：命中 {one['hits']} 多于名单 {one['listed']}，文件有误")
    interval = one.get("interval")
    if interval is not None and not (isinstance(interval, list) and len(interval) == 2):  # noqa: PLR2004
        raise NotATrackRecord(f"{place}的 interval 应为两个数，请重新运行回测")


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
