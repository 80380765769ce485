"""`yipanqi studies labels` and `track-record`: what the desk gives the backtest and takes back."""

import argparse
import csv
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from yipanqi.domain.industries import queries as industries
from yipanqi.domain.studies import target_lists
from yipanqi.domain.studies.services import tracking
from yipanqi.vocab.actors import HOUSE

if TYPE_CHECKING:
    from yipanqi.domain.studies.told import Response

COLUMNS = ("registry_id", "outcome", "day", "list", "rank", "score", "snapshot")


def register(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add both verbs to `studies`."""
    labels = verbs.add_parser("labels", help="导出招引目标反馈，作训练和回测的标签（CSV）")
    labels.add_argument("--out", type=Path, help="写入的文件；不给则写到屏幕")
    labels.set_defaults(run=_labels)
    record = verbs.add_parser("track-record", help="公布回测写出的 track_record.json")
    record.add_argument("file", type=Path, help="yipanqi backtest targets 写出的文件")
    record.set_defaults(run=_track_record)


def _labels(args: argparse.Namespace) -> int:
    """Every answer that stands, one a line; always 0."""
    rows = target_lists.labels().iterator(2000)
    if args.out is None:
        _write(rows, sys.stdout)
        return 0
    with args.out.open("w", encoding="utf-8", newline="") as file:
        number = _write(rows, file)
    print(f"已写入 {args.out}：{number} 条反馈")
    return 0


def _write(rows: "Iterable[Response]", file: TextIO) -> int:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    number = 0
    for row in rows:
        day, place = row.happened_on.isoformat(), f"{row.chain}/{row.link}"
        snapshot = row.study.snapshot
        writer.writerow((row.registry_id, row.outcome, day, place, row.rank, row.score, snapshot))
        number += 1
    return number


def _track_record(args: argparse.Namespace) -> int:
    """0 when published, 2 with a sentence when the file cannot be read."""
    try:
        published = tracking.publish(args.file.read_text("utf-8"), by=HOUSE)
    except OSError:
        print(f"读不到 {args.file}，请核对路径", file=sys.stderr)
        return 2
    except (UnicodeDecodeError, tracking.NotATrackRecord) as refused:
        print(f"{args.file.name}：{refused}", file=sys.stderr)
        return 2
    names = industries.names()
    print(f"已公布 {len(published)} 条产业链的回测命中率：", end="")
    print("、".join(names.get(row.chain, row.chain) for row in published))
    return 0
