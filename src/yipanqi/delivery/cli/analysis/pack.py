"""`yipanqi pack`: is a city's pack sound, and give back the one in force."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from yipanqi.rulebook import packs
from yipanqi.rulebook.faults import SheetError, SheetFaults
from yipanqi.rulebook.library import NAMES
from yipanqi.rulebook.packs import Pack

Subparsers = argparse._SubParsersAction  # noqa: SLF001 -- argparse gives the type no public name


def register(subparsers: "Subparsers[argparse.ArgumentParser]") -> None:
    """Add `pack check` and `pack export` to the command line."""
    parser = subparsers.add_parser("pack", help="检查、导出城市规则包")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="检查或导出")
    check_parser = verbs.add_parser("check", help="检查规则包，一次列出全部问题（文件:行号）")
    check_parser.add_argument("folder", type=Path, help="规则包目录，如 packs/changsha")
    check_parser.add_argument("--format", choices=("text", "json"), default="text")
    check_parser.set_defaults(run=check)
    export_parser = verbs.add_parser("export", help="把数据库里现行的规则包写成文件")
    export_parser.add_argument("folder", type=Path, help="写到哪个目录（须不存在或为空）")
    export_parser.set_defaults(run=export)


def check(options: argparse.Namespace) -> int:
    """Print every fault of the pack, or a summary; 0 when sound, 1 when not, 2 without a folder."""
    if not options.folder.is_dir():
        print(f"没有目录 {options.folder}；请给出规则包目录，如 packs/changsha", file=sys.stderr)
        return 2
    try:
        pack = packs.load(options.folder)
    except SheetFaults as refused:
        _print_faults(options.folder, refused.faults, options.format)
        return 1
    if options.format == "json":
        print(json.dumps({"faults": [], "counts": _counts(pack)}, ensure_ascii=False, indent=2))
    else:
        print(_summary(pack))
    return 0


def export(options: argparse.Namespace) -> int:
    """Write the pack in force to a folder; 0 when done, 2 when it cannot be."""
    # The only verb here that asks the database, and so the only one that needs Django.
    from yipanqi.delivery.cli.office import pack_export  # noqa: PLC0415

    return pack_export.export(options.folder)


def _print_faults(folder: Path, faults: tuple[SheetError, ...], form: str) -> None:
    if form == "json":
        rows = [
            {"file": f.file, "line": f.line, "problem": f.problem, "remedy": f.remedy}
            for f in faults
        ]
        print(json.dumps({"faults": rows}, ensure_ascii=False, indent=2))
        return
    for found in faults:
        print(found.at((folder / found.file).as_posix(), found.line))
    print(f"共 {len(faults)} 处问题", file=sys.stderr)


def _counts(pack: Pack) -> dict[str, int]:
    tables = pack.chains(on=date.max)
    sheets = [placed.sheet for placed in pack.library.placed]
    return {
        "units": len(pack.units),
        "parks": len(pack.parks),
        **{name: sum(isinstance(s, kind) for s in sheets) for kind, name in NAMES.items()},
        "sub_packs": len({placed.unit for placed in pack.library.placed if placed.unit}),
        "chains": len(tables.chains),
        "links": len(tables.links),
        "supplies": len(tables.supplies),
        "terms": len(tables.terms),
        "leaders": len(tables.leaders),
    }


def _summary(pack: Pack) -> str:
    counts = _counts(pack)
    sheets = sum(counts[name] for name in NAMES.values())
    return (
        f"{pack.name}规则包无误：单位 {counts['units']}，园区 {counts['parks']}，"
        f"规则表 {sheets}（其中区县、园区细则 {counts['sub_packs']} 家），"
        f"产业链 {counts['chains']}，环节 {counts['links']}，供应关系 {counts['supplies']}，"
        f"识别词 {counts['terms']}，龙头企业 {counts['leaders']}"
    )
