"""`yipanqi investors ranks`: an operator's list of 500 noted on the enterprises of 客商库."""

import argparse
import csv
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from yipanqi.domain.investors import kinds
from yipanqi.domain.investors.services import ranking
from yipanqi.domain.investors.services.contacts import Incomplete
from yipanqi.domain.investors.services.ranking import Rank, Ranked
from yipanqi.vocab.actors import HOUSE

Subparsers = argparse._SubParsersAction  # noqa: SLF001 -- argparse gives the type no public name
# The columns of the file by their heads; only the name must be there.
_NAME = ("name", "company", "企业名称", "公司名称", "名称")
_CODE = ("code", "credit_code", "统一社会信用代码")
_RANK = ("rank", "名次", "排名")
_SHOWN = 20


class Unreadable(Exception):
    """The file is no list; the message names the row and the remedy."""


def register(subparsers: "Subparsers[argparse.ArgumentParser]") -> None:
    """Add `investors ranks` to the command line."""
    parser = subparsers.add_parser("investors", help="客商库：榜单名次整表记入")
    verbs = parser.add_subparsers(required=True, metavar="ranks")
    ranks = verbs.add_parser("ranks", help="把一份500强名单（CSV）记到已登记的客商上")
    ranks.add_argument("file", type=Path, help="CSV：企业名称、名次，可有统一社会信用代码")
    ranks.add_argument("--roll", required=True, choices=sorted(kinds.ROLLS), help="榜单")
    ranks.add_argument("--year", required=True, type=int, help="榜单年份")
    ranks.add_argument("--source", required=True, help="发布单位和日期")
    ranks.add_argument("--try", dest="is_trial", action="store_true", help="只试算，不写入")
    ranks.set_defaults(run=_ranks)


def _ranks(args: argparse.Namespace) -> int:
    """0 when noted, 2 with a sentence when the file or a row of it cannot be."""
    try:
        rows = list(_rows(args.file, args.roll, args.year, args.source))
        told = ranking.rank_many(rows, by=HOUSE, is_trial=args.is_trial)
    except OSError:
        return _refuse(f"读不到 {args.file}，请核对路径")
    except UnicodeDecodeError:
        return _refuse(f"{args.file.name} 不是 UTF-8 编码；请另存为 UTF-8 的 CSV")
    except (Unreadable, Incomplete) as refusal:
        return _refuse(f"{args.file.name}：{refusal}")
    print(_said(told, len(rows), is_trial=args.is_trial))
    return 0


def _rows(file: Path, roll: str, year: int, source: str) -> Iterator[tuple[str | None, str, Rank]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        reader = csv.DictReader(opened)
        heads = reader.fieldnames or []
        if not set(heads) & set(_NAME):
            raise Unreadable(f"第 1 行没有企业名称一列；列名可用：{'、'.join(_NAME)}")
        for row in reader:
            name = _cell(row, _NAME)
            if name:
                rank = _rank(_cell(row, _RANK), reader.line_num)
                yield _cell(row, _CODE) or None, name, Rank(roll, year, source, rank)


def _cell(row: Mapping[str, str | None], heads: tuple[str, ...]) -> str:
    return next((text.strip() for head in heads if (text := row.get(head))), "")


def _rank(text: str, line: int) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= ranking.LOWEST_RANK):
        raise Unreadable(f"第 {line} 行的名次“{text}”应为 1 至 500 的整数；不知道可留空")
    return int(text)


def _said(told: Ranked, rows: int, *, is_trial: bool) -> str:
    counts = f"新记 {told.new}、更正 {told.changed}、与原有相同 {told.same}"
    done = "试算" if is_trial else "已记入"
    lines = [f"{done}：名单 {rows} 家，{counts}，客商库没有的 {len(told.strangers)} 家"]
    lines += [f"  未登记：{name}" for name in told.strangers[:_SHOWN]]
    if len(told.strangers) > _SHOWN:
        lines.append(f"  …… 另有 {len(told.strangers) - _SHOWN} 家")
    return "\n".join(lines)


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2
