"""`yipanqi groups`: outside names found in the registry, with candidates, confidence and group."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from yipanqi.delivery.cli.analysis import asking, columns
from yipanqi.engine.groups import Relation
from yipanqi.engine.indices import NoRegistry
from yipanqi.engine.matching import answers, lists, lookups
from yipanqi.engine.matching.answers import Answer, Found
from yipanqi.engine.matching.candidates import Ground
from yipanqi.engine.matching.lists import Entry, ListRefused

MOST = 50
_SURE = 0.85  # from here on the first candidate is taken without a second look
_HEAD = ("名单", "名次", "名称", "登记企业", "把握", "依据", "登记数", "集团", "关系", "归属把握")
_RIGHT = frozenset({1, 4, 6, 9})
_GROUNDS = {
    Ground.SAME_CODE: "代码相同",
    Ground.SAME_NAME: "名称相同",
    Ground.SAME_CORE: "仅组织形式不同",
    Ground.SAME_BRAND: "字号行业相同",
    Ground.SHORT_NAME: "简称",
    Ground.PART_OF_NAME: "名称的一部分",
    Ground.NEAR_NAME: "写法相近",
    Ground.NEAR_TRADE: "字号同、行业相近",
    Ground.NEAR_BRAND: "字号差一字",
    Ground.OTHER_TRADE: "字号同而行业不同",
    Ground.OTHER_BRAND: "字号不同",
    Ground.OTHER_PLACE: "地名不同",
}
_RELATIONS = {
    Relation.ITSELF: "本身",
    Relation.BRANCH: "分支机构",
    Relation.SUBSIDIARY: "子公司",
    Relation.BRAND: "同字号",
}


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `groups match` and `groups lookup` to the command line."""
    parser = subparsers.add_parser("groups", help="集团与名单：外来名称对到登记企业")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="对名单或查名称")
    matching = verbs.add_parser("match", help="名单（CSV）逐个对到登记企业和集团")
    matching.add_argument("list", type=Path, help="表头 list,year,rank,name[,code] 的 UTF-8 CSV")
    _add_options(matching, top=3)
    matching.set_defaults(run=match)
    asking_one = verbs.add_parser("lookup", help="查一个名称")
    asking_one.add_argument("name", help="企业全称、简称或分支机构名称")
    _add_options(asking_one, top=5)
    asking_one.set_defaults(run=look_up)


def match(options: argparse.Namespace) -> int:
    """Print each name's candidates; 0 when done, 2 with one sentence when it cannot be."""
    try:
        entries = lists.read(options.list)
    except ListRefused as refused:
        print(refused, file=sys.stderr)
        return 2
    return _answer(entries, options)


def look_up(options: argparse.Namespace) -> int:
    """Print one name's candidates; 0 when done, 2 when it cannot be."""
    name = options.name.strip()
    if not name or len(name) > lists.MOST_CHARACTERS:
        print(f"名称应为 1 到 {lists.MOST_CHARACTERS} 个字", file=sys.stderr)
        return 2
    return _answer([Entry(1, name, None, None, None, None)], options)


def written(answer: Answer) -> dict[str, Any]:
    """One entry as JSON."""
    entry = answer.entry
    return {
        "line": entry.line,
        "list": entry.list_name,
        "year": entry.year,
        "rank": entry.rank,
        "name": entry.name,
        "code": entry.code,
        "candidates": [_written(one) for one in answer.found],
    }


def shown(found: Sequence[Answer]) -> str:
    """The entries with their candidates as a table, and how many were found at all."""
    rows = [row for answer in found for row in _rows(answer)]
    sure = sum(bool(one.found) and one.found[0].candidate.confidence >= _SURE for one in found)
    told = f"共 {len(found)} 个名称，其中 {sure} 个首选把握不低于 {_SURE}；把握低的请人工核对"
    return "\n".join([columns.table(_HEAD, rows, right=_RIGHT), "", told])


def _answer(entries: Sequence[Entry], options: argparse.Namespace) -> int:
    try:
        registry = asking.registry(options.registry)
        if not lookups.is_made(registry):
            print("这批登记数据首次查名称，先建索引，约需几分钟", file=sys.stderr)
        found = answers.answered(registry, entries, top=options.top)
    except (asking.CannotAnswer, NoRegistry) as cannot:
        print(cannot, file=sys.stderr)
        return 2
    if options.format == "json":
        print(json.dumps([written(one) for one in found], ensure_ascii=False, indent=2))
    else:
        print(shown(found))
    return 0


def _written(found: Found) -> dict[str, Any]:
    candidate, standing = found.candidate, found.standing
    return {
        "name": candidate.name,
        "registry_id": candidate.registry_id,
        "registrations": candidate.registrations,
        "confidence": candidate.confidence,
        "ground": candidate.ground,
        "ground_label": _GROUNDS[candidate.ground],
        "likeness": candidate.likeness,
        "group": standing.group,
        "relation": standing.relation,
        "relation_label": _RELATIONS[Relation(standing.relation)],
        "group_confidence": standing.confidence,
        "group_reason": standing.reason,
    }


def _rows(answer: Answer) -> list[tuple[str, ...]]:
    entry = answer.entry
    listed = " ".join(filter(None, (entry.list_name, entry.year))) or "—"
    front = (listed, entry.rank or "—", entry.name)
    if not answer.found:
        return [(*front, "未找到", *("—",) * (len(_HEAD) - len(front) - 1))]
    return [(*front, *_cells(found)) for found in answer.found]


def _cells(found: Found) -> tuple[str, ...]:
    candidate, standing = found.candidate, found.standing
    own = candidate.name if candidate.registry_id else f"{candidate.name}（只见分支机构）"
    return (
        own,
        f"{candidate.confidence:.2f}",
        _GROUNDS[candidate.ground],
        f"{candidate.registrations:,}",
        standing.group,
        _RELATIONS[Relation(standing.relation)],
        f"{standing.confidence:.2f}",
    )


def _add_options(parser: argparse.ArgumentParser, *, top: int) -> None:
    parser.add_argument("--registry", type=Path, help="登记数据目录，默认为最近发布的一批")
    parser.add_argument("--top", type=_top, default=top, help=f"每个名称列几个候选，默认 {top}")
    parser.add_argument("--format", choices=("table", "json"), default="table")


def _top(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) <= MOST:
        return int(text)
    raise argparse.ArgumentTypeError(f"“{text}”不是 1 到 {MOST} 的整数")
