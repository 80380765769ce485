"""An operator's list of names (500 强, listed companies, central firms) read from CSV."""

import csv
from dataclasses import dataclass
from pathlib import Path

NAME = "name"
# What a list may say besides the name; a column that is absent is unknown throughout.
_COLUMNS = ("list", "year", "rank", "name", "code")
_MOST_ROWS = 100_000
MOST_CHARACTERS = 200


class ListRefused(Exception):
    """The file is no list; the message names the line and the remedy."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One name of a list, with its line in the file; what the list does not say is None."""

    line: int
    name: str
    list_name: str | None
    year: str | None
    rank: str | None
    code: str | None


def read(path: Path) -> tuple[Entry, ...]:
    """Every entry of the list in the order of the file. Raises ListRefused."""
    try:
        text = path.read_text("utf-8-sig")
    except OSError as fault:
        raise ListRefused(f"读不到名单 {path}，请核对路径") from fault
    except UnicodeDecodeError as fault:
        raise ListRefused(f"名单 {path} 不是 UTF-8 编码，请另存为 UTF-8 的 CSV") from fault
    rows = csv.DictReader(text.splitlines())
    if NAME not in (rows.fieldnames or ()):
        raise ListRefused(f"{path.name} 第 1 行没有 name 列，表头应为 {','.join(_COLUMNS)}")
    try:
        entries = tuple(_entry(row, rows.line_num, path) for row in rows)
    except csv.Error as fault:
        raise ListRefused(f"{path.name} 第 {rows.line_num} 行不是 CSV，请检查引号") from fault
    if len(entries) > _MOST_ROWS:
        raise ListRefused(f"{path.name} 有 {len(entries)} 行，一次最多 {_MOST_ROWS} 行，请分开")
    return entries


def _entry(row: dict[str, str | None], line: int, path: Path) -> Entry:
    told = {column: (row.get(column) or "").strip() or None for column in _COLUMNS}
    name = told[NAME]
    if name is None:
        raise ListRefused(f"{path.name} 第 {line} 行的 name 是空的，请补上企业名称或删去这一行")
    if len(name) > MOST_CHARACTERS:
        raise ListRefused(
            f"{path.name} 第 {line} 行的 name 超过 {MOST_CHARACTERS} 个字，请核对是否错列"
        )
    return Entry(line, name, told["list"], told["year"], told["rank"], told["code"])
