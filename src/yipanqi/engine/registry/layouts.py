"""Layouts of registration files: which column holds which fact, known ones and described ones."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from yipanqi.engine.registry.refusals import ImportRefused

# The facts a source may give, in the order in which the pipeline reads them.
FACTS = (
    "name", "code", "registered", "kind", "capital", "scope", "province", "city", "address",
    "status", "last_sign_on", "last_sign_kind",
)  # fmt: skip
# A source without these is another kind of file, whatever its other columns are called.
NEEDED = ("name", "code", "registered", "scope", "address")

_CHINESE = {
    "name": "企业名称", "code": "统一社会信用代码", "registered": "注册日期", "kind": "企业类型",
    "capital": "注册资金", "scope": "经营范围", "province": "所在省份", "city": "地区",
    "address": "注册地址", "status": "登记状态", "last_sign_on": "最近活动日期",
    "last_sign_kind": "最近活动类型",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each fact stands in a file. `columns` maps facts to the file's own column names."""

    name: str
    columns: Mapping[str, str]
    constants: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    encoding: str | None = None
    delimiter: str | None = None

    def present_in(self, header: Sequence[str]) -> "Layout":
        """The same layout with only the columns this header has."""
        columns = {fact: column for fact, column in self.columns.items() if column in header}
        return Layout(self.name, columns, self.constants, self.encoding, self.delimiter)

    def label(self, fact: str) -> str:
        """What the file itself calls the fact, for messages."""
        return self.columns.get(fact) or _CHINESE.get(fact, fact)


CHINESE = Layout("公开登记表（中文表头）", MappingProxyType(_CHINESE))
ENGLISH = Layout("公开登记表（英文表头）", MappingProxyType({fact: fact for fact in FACTS}))
KNOWN = (CHINESE, ENGLISH)


def recognised(header: Sequence[str], file: Path, described: Layout | None = None) -> Layout:
    """The layout of a file by its header. Raises ImportRefused, naming the columns it lacks."""
    if described is not None:
        return _as_described(header, file, described)
    for layout in KNOWN:
        if all(layout.columns[fact] in header for fact in NEEDED):
            return layout.present_in(header)
    nearest = max(KNOWN, key=lambda one: sum(column in header for column in one.columns.values()))
    lacking = "、".join(
        nearest.columns[fact] for fact in NEEDED if nearest.columns[fact] not in header
    )
    raise ImportRefused(
        f"“{file.name}”的表头不是已知格式，缺少列：{lacking}；"
        "请核对表头，或用 --mapping 说明各列含义"
    )


def described_by(file: Path) -> Layout:
    """The layout a mapping file (TOML) describes: [columns], [constants], encoding, delimiter."""
    try:
        said = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError as absent:
        raise ImportRefused(f"找不到映射文件“{file}”：请核对路径") from absent
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise ImportRefused(f"映射文件“{file}”无法读取（{fault}）：请按 TOML 格式书写") from fault
    return Layout(
        name=file.name,
        columns=_texts(said, "columns", file),
        constants=_texts(said, "constants", file),
        encoding=said.get("encoding"),
        delimiter=said.get("delimiter"),
    )


def _as_described(header: Sequence[str], file: Path, described: Layout) -> Layout:
    lacking = [column for column in described.columns.values() if column not in header]
    if lacking:
        raise ImportRefused(
            f"“{file.name}”缺少映射文件“{described.name}”所列的列：{'、'.join(lacking)}；请核对两者"
        )
    return described


def _texts(said: dict[str, Any], table: str, file: Path) -> dict[str, str]:
    texts = said.get(table, {})
    strangers = [fact for fact in texts if fact not in FACTS]
    if strangers:
        raise ImportRefused(
            f"映射文件“{file}”的 [{table}] 有未知字段：{'、'.join(strangers)}；"
            f"可用字段：{'、'.join(FACTS)}"
        )
    if table == "columns" and "name" not in texts:
        raise ImportRefused(f"映射文件“{file}”的 [columns] 没有 name：请写明企业名称在哪一列")
    return {fact: str(column) for fact, column in texts.items()}
