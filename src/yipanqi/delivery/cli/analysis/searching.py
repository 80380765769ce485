"""`yipanqi registry search` and `registry index`: the full-text search of the registry."""

import argparse
import json
import sys
import time
from dataclasses import asdict
from pathlib import Path

from yipanqi.delivery.cli.analysis import asking, columns
from yipanqi.engine import indices
from yipanqi.engine.search import building, finding, places, questions
from yipanqi.engine.search.finding import Answer, Hit
from yipanqi.engine.search.layout import Field
from yipanqi.engine.search.places import Progress
from yipanqi.engine.search.questions import Question
from yipanqi.vocab import regions

Subparsers = argparse._SubParsersAction  # noqa: SLF001 -- argparse gives the type no public name

_FOUND_IN = {Field.NAME: "名称", Field.SCOPE: "经营范围", Field.ADDRESS: "地址", None: "近似"}
_HEAD = ("企业", "城市", "成立", "见于", "内容")
_EVERY_SECONDS = 5.0
_MOST = 200


def add_verbs(verbs: "Subparsers[argparse.ArgumentParser]") -> None:
    """Add the two verbs to `registry`."""
    seeking = verbs.add_parser("search", help="按名称、产品、地址、拼音首字母搜索企业")
    seeking.add_argument("text", help="词语，空格隔开的都须出现；引号内整句查找")
    seeking.add_argument("--city", help="城市：名称或代码，如 长沙、430100")
    seeking.add_argument("--province", help="省份：名称或代码，如 湖南、430000")
    seeking.add_argument("--status", choices=("alive", "ceased", "unknown"), help="存续状态")
    seeking.add_argument("--since", type=int, help="成立年份不早于")
    seeking.add_argument("--until", type=int, help="成立年份不晚于")
    seeking.add_argument("--limit", type=_limit, default=20, help=f"最多列出，不超过 {_MOST}")
    seeking.add_argument("--registry", type=Path, help="登记数据目录，默认为最近发布的一批")
    seeking.add_argument("--format", choices=("table", "json"), default="table")
    seeking.set_defaults(run=search)
    making = verbs.add_parser("index", help="建立搜索索引；已有的沿用")
    making.add_argument("--registry", type=Path, help="登记数据目录，默认为最近发布的一批")
    making.set_defaults(run=index)


def search(options: argparse.Namespace) -> int:
    """Print what is found; 0 when something is, 1 when nothing is, 2 when it cannot be asked."""
    try:
        registry = asking.registry(options.registry)
        answer = finding.find(registry, _question(options), most=options.limit)
    except (asking.CannotAnswer, places.NoIndex, questions.Unanswerable) as refused:
        print(refused, file=sys.stderr)
        return 2
    print(_as_json(answer) if options.format == "json" else _as_table(answer))
    return 0 if answer.total else 1


def index(options: argparse.Namespace) -> int:
    """Build the index and say where it is; 0 when it stands, 2 when it cannot be built."""
    try:
        registry = asking.registry(options.registry)
        folder = building.build(registry, telling=_Progress())
    except (asking.CannotAnswer, indices.NoRegistry) as refused:
        print(refused, file=sys.stderr)
        return 2
    except OSError as fault:
        print(f"索引没有建成，原有的未改动：{fault}；请检查磁盘空间后重试", file=sys.stderr)
        return 2
    print(f"搜索索引已就绪：{folder}")
    return 0


class _Progress:
    """Tells how far the build is, every few seconds, on stderr."""

    def __init__(self) -> None:
        self._next = 0.0

    def __call__(self, progress: Progress) -> None:
        if time.monotonic() >= self._next or progress.done == progress.total:
            self._next = time.monotonic() + _EVERY_SECONDS
            told = f"建立搜索索引 {progress.done:,} / {progress.total:,} 家"
            print(told, file=sys.stderr, flush=True)


def _question(options: argparse.Namespace) -> Question:
    return Question(
        options.text,
        province=_province(options.province) if options.province else None,
        city=asking.city(options.city).code if options.city else None,
        status=options.status,
        since=options.since,
        until=options.until,
    )


def _province(text: str) -> str:
    found = regions.by_code().get(text.strip()) or regions.province(text)
    if found is None:
        raise asking.CannotAnswer(f"没有省份“{text}”，请写名称或六位代码，如 湖南、430000")
    return found.province_code


def _as_json(answer: Answer) -> str:
    told = {
        "total": answer.total,
        "is_loosened": answer.is_loosened,
        "hits": [{**asdict(hit.row), "field": hit.field, "excerpt": hit.excerpt}
                 for hit in answer.hits],
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, indent=2, default=str)


def _as_table(answer: Answer) -> str:
    if not answer.total:
        return "没有找到：请减少词语，或去掉城市等条件"
    lines = [columns.table(_HEAD, map(_cells, answer.hits), right=frozenset())]
    kind = "没有整词相符的，最接近的" if answer.is_loosened else "找到"
    lines.append(f"{kind} {answer.total:,} 家，列出 {len(answer.hits)} 家")
    return "\n".join(lines)


def _cells(hit: Hit) -> tuple[str, ...]:
    row = hit.row
    day = row.registered.isoformat() if row.registered else "—"
    return (row.name, row.city or row.province or "—", day, _FOUND_IN[hit.field], hit.excerpt)


def _limit(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _MOST:
        raise argparse.ArgumentTypeError(f"应在 1 与 {_MOST} 之间")
    return int(text)
