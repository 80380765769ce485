"""What `chains` and `targets` both ask for: the city, chain and link by name, registry and pack."""

import argparse
import difflib
from collections.abc import Sequence
from pathlib import Path

from yipanqi.engine import stores
from yipanqi.rulebook import packs
from yipanqi.rulebook.chains import Chain, Link
from yipanqi.rulebook.faults import SheetFaults
from yipanqi.rulebook.packs import Pack
from yipanqi.vocab import regions
from yipanqi.vocab.regions import Region

# The longest list that is printed.
MOST = 10_000


class CannotAnswer(Exception):
    """The question cannot be answered; the message is one sentence for the terminal."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options both commands share."""
    parser.add_argument("--city", required=True, help="城市：名称或代码，如 长沙、430100")
    parser.add_argument("--chain", help="产业链：名称或代码，如 工程机械；不给则全部产业链")
    parser.add_argument("--registry", type=Path, help="登记数据目录，默认为最近发布的一批")
    parser.add_argument("--pack", type=Path, default=Path("packs/changsha"), help="规则包目录")
    parser.add_argument("--format", choices=("table", "json"), default="table")


def pack(folder: Path) -> Pack:
    """The pack in the folder. Raises CannotAnswer."""
    try:
        return packs.load(folder)
    except SheetFaults as refused:
        raise CannotAnswer(
            f"规则包 {folder} 不可用，请先运行 yipanqi pack check {folder}：{refused.faults[0]}"
        ) from refused


def registry(folder: Path | None) -> Path:
    """The folder asked for, or the registry in force. Raises CannotAnswer."""
    if folder is not None:
        if not folder.is_dir():
            raise CannotAnswer(f"没有登记数据目录 {folder}，请核对 --registry")
        return folder
    try:
        return stores.current(stores.Kind.REGISTRY)
    except stores.NothingPublished as nothing:
        raise CannotAnswer(str(nothing)) from nothing


def city(text: str) -> Region:
    """The city by name, short name or code. Raises CannotAnswer with the nearest names."""
    found = regions.by_code().get(text.strip()) or regions.city(text)
    if found is not None and found in regions.cities():
        return found
    names = [one.short_name for one in regions.cities()]
    raise CannotAnswer(f"没有城市“{text}”，{_nearest(text, names)}")


def chain(text: str, known: Sequence[Chain]) -> Chain:
    """The chain by any of its names or its code. Raises CannotAnswer with the nearest names."""
    for one in known:
        if text.strip() in (one.chain, *one.names):
            return one
    raise CannotAnswer(f"规则包里没有产业链“{text}”，{_nearest(text, [c.name for c in known])}")


def chains(text: str | None, known: Sequence[Chain]) -> Sequence[Chain]:
    """The chain of that name, or all where none is named. Raises CannotAnswer."""
    return (chain(text, known),) if text else tuple(known)


def link(text: str, known: Sequence[Link]) -> Link:
    """The link by name or code; of several chains' links it may not be two.

    Raises CannotAnswer with the nearest names.
    """
    found = [one for one in known if text.strip() in (one.link, one.name)]
    if not found:
        names = [row.name for row in known]
        raise CannotAnswer(f"所问的产业链没有环节“{text}”，{_nearest(text, names)}")
    if len(found) > 1:
        codes = "、".join(one.link for one in found)
        raise CannotAnswer(f"有 {len(found)} 个环节叫“{text}”，请加 --chain，或用代码：{codes}")
    return found[0]


def length(text: str) -> int:
    """How many are to be listed, 1 to MOST. Raises argparse.ArgumentTypeError."""
    if text.isascii() and text.isdigit() and 0 < int(text) <= MOST:
        return int(text)
    raise argparse.ArgumentTypeError(f"“{text}”不是 1 到 {MOST} 的整数")


def _nearest(text: str, names: Sequence[str]) -> str:
    near = difflib.get_close_matches(text, names, n=3, cutoff=0.3) or list(names[:5])
    return f"是否指：{'、'.join(near)}"
