"""`yipanqi registry`: take registrations in, make synthetic ones, prepare and search them."""

import argparse
import json
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from yipanqi.delivery.cli.analysis import preparing, searching
from yipanqi.engine.registry import generating, importing, making
from yipanqi.engine.registry.generating import Recipe
from yipanqi.engine.registry.importing import Imported, Request
from yipanqi.engine.registry.refusals import ImportRefused
from yipanqi.rulebook import packs
from yipanqi.rulebook.chains import TermKind
from yipanqi.rulebook.faults import SheetFaults

Subparsers = argparse._SubParsersAction  # noqa: SLF001 -- argparse gives the type no public name

_PACK = Path("packs/changsha")
_MOST_ROWS = making.MOST_ROWS


def register(subparsers: "Subparsers[argparse.ArgumentParser]") -> None:
    """Add `registry import`, `generate`, `prepare`, `index` and `search` to the command line."""
    parser = subparsers.add_parser("registry", help="登记数据：导入、生成、预备、建立索引、搜索")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="动作")
    taking = verbs.add_parser("import", help="导入登记文件（CSV、XLSX、Parquet）")
    taking.add_argument("paths", nargs="+", type=Path, help="一个或多个文件；同一企业后出现的为准")
    taking.add_argument("--mapping", type=Path, help="说明各列含义的 TOML 文件，用于别的表头")
    taking.add_argument("--licence", help="数据来源的许可说明，写入清单")
    taking.add_argument("--as-of", type=_day, help="数据截止日，如 2024-12-31")
    _add_destination(taking)
    taking.set_defaults(run=take_in)
    made = verbs.add_parser("generate", help="生成标明“合成”的登记数据")
    made.add_argument("--rows", type=_rows, default=200_000, help="企业数")
    made.add_argument("--seed", type=int, default=7, help="随机种子；同一种子结果相同")
    made.add_argument("--pack", type=Path, help=f"取识别词的规则包，默认 {_PACK}（有则用）")
    _add_destination(made)
    made.set_defaults(run=generate)
    preparing.add_verb(verbs)
    searching.add_verbs(verbs)


def take_in(options: argparse.Namespace) -> int:
    """Import files and print the account; 0 when done, 2 when it cannot be."""
    request = Request(tuple(options.paths), options.mapping, options.licence, options.as_of)
    return _carried_out(
        options,
        lambda: (
            importing.published(request, telling=_Progress())
            if options.publish
            else importing.into_folder(request, options.out, telling=_Progress())
        ),
    )


def generate(options: argparse.Namespace) -> int:
    """Make a synthetic registry and print the account; 0 when done, 2 when it cannot be."""

    def work() -> Imported:
        recipe = Recipe(options.rows, options.seed, _terms(options.pack))
        if options.publish:
            return generating.published(recipe, telling=_Progress())
        return generating.into_folder(recipe, options.out, telling=_Progress())

    return _carried_out(options, work)


class _Progress:
    """Tells each step on stderr with the seconds gone by."""

    def __init__(self) -> None:
        self._start = time.monotonic()

    def __call__(self, step: str) -> None:
        told = f"[{time.monotonic() - self._start:6.1f} 秒] {step}"
        print(told, file=sys.stderr, flush=True)


def _carried_out(options: argparse.Namespace, work: Callable[[], Imported]) -> int:
    if bool(options.out) == bool(options.publish):
        print("请给出 --out 目录，或用 --publish 发布到平台，二者选一", file=sys.stderr)
        return 2
    try:
        done = work()
    except ImportRefused as refused:
        print(refused, file=sys.stderr)
        return 2
    if options.format == "json":
        print(json.dumps(done.account.as_mapping(), ensure_ascii=False, indent=2))
    else:
        print(_summary(done))
        if options.publish:
            print("网站运行时会自动建立搜索索引；也可现在运行 yipanqi registry index")
    return 0


def _summary(done: Imported) -> str:
    told = done.account.as_mapping()
    lines = [
        (
            f"读入 {told['read']:,} 行 = 采用 {told['accepted']:,} + 重复 {told['duplicates']:,}"
            f" + 退回 {told['rejected']:,}"
        ),
        *(f"  退回 {count:,} 行：{reason}" for reason, count in told["reasons"].items()),
        *(f"  注意 {count:,} 行：{remark}" for remark, count in told["warnings"].items()),
        (
            f"截止日 {done.manifest['as_of']}，覆盖 {len(done.manifest['provinces'])} 个省级地区，"
            f"有缺年的 {len(done.manifest['gaps'])} 个（见 manifest.json）"
        ),
        f"结果在 {done.place}；退回的行见 rejected.csv",
    ]
    if done.manifest["synthetic"]:
        lines.append("注意：本数据为合成，不是真实企业")
    return "\n".join(lines)


def _terms(pack: Path | None) -> dict[str, dict[str, list[str]]] | None:
    """The recognition terms of a pack by chain and link; None where no pack is at hand."""
    if pack is None and not _PACK.is_dir():
        return None
    try:
        tables = packs.load(pack or _PACK).chains(on=date.max)
    except (SheetFaults, OSError) as fault:
        if pack is None:
            return None
        raise ImportRefused(f"规则包“{pack}”不能用：请先运行 yipanqi pack check {pack}") from fault
    terms: dict[str, dict[str, list[str]]] = {}
    for row in tables.terms:
        if row.kind == TermKind.INCLUDE:
            terms.setdefault(row.chain, {}).setdefault(row.link, []).append(row.term)
    return terms or None


def _add_destination(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, help="结果文件夹（新的、空的，或上次导入的）")
    parser.add_argument("--publish", action="store_true", help="发布为平台当前的登记数据")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="摘要的格式")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，请写成 2024-12-31") from fault


def _rows(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _MOST_ROWS:
        raise argparse.ArgumentTypeError(f"企业数应在 1 与 {_MOST_ROWS} 之间")
    return int(text)
