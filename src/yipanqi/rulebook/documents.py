"""A TOML sheet as written: its rows, the line of each key, and every fault found while reading."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from yipanqi.rulebook import conditions
from yipanqi.rulebook.faults import SheetError
from yipanqi.rulebook.sources import Basis

Member = TypeVar("Member", bound=StrEnum)


class Document:
    """One sheet being read. Readers ask for what they need; what is wrong gathers in `faults`."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.faults: list[SheetError] = []
        self._lines = _key_lines(text)
        self._written = self._decoded(text)

    @property
    def id(self) -> str:
        """The sheet's own name, such as "changsha/gates/2018-01-01"."""
        return self.top.text("id")

    @property
    def top(self) -> "Row":
        """The keys above the first table."""
        return Row(self, "", self._written)

    def rows(self, name: str) -> "list[Row]":
        """The `[[name]]` tables in order; a sheet without any is at fault."""
        written = self._written.get(name)
        tables = isinstance(written, list) and all(isinstance(one, dict) for one in written)
        if not isinstance(written, list) or not written or not tables:
            self.add(1, f"没有一行 [[{name}]]", f"至少写一行 [[{name}]]")
            return []
        return [Row(self, f"{name}[{place}]", row) for place, row in enumerate(written)]

    def table(self, name: str) -> "Row | None":
        """The `[name]` table, if written."""
        written = self._written.get(name)
        return Row(self, name, written) if isinstance(written, Mapping) else None

    def allow(self, *keys: str) -> None:
        """Note every key of the sheet's top level that is not one of these."""
        self.top.allow(*keys)

    def line(self, path: str) -> int:
        """The line where a key or table stands, else that of what holds it."""
        while path and path not in self._lines:
            path = path.rpartition(".")[0]
        return self._lines.get(path, 1)

    def add(self, line: int, problem: str, remedy: str) -> None:
        """Note a fault and read on."""
        self.faults.append(SheetError(self.file, line, problem, remedy))

    def place(self, found: SheetError, path: str) -> None:
        """Note a fault that did not yet know where it stands."""
        self.faults.append(found.at(self.file, self.line(path)))

    def _decoded(self, text: str) -> dict[str, Any]:
        try:
            return tomllib.loads(text, parse_float=Decimal)
        except tomllib.TOMLDecodeError as error:
            at = re.search(r"at line (\d+)", str(error))
            last = text.count("\n") + 1
            line = int(at[1]) if at else last
            self.add(line, f"不是合法的 TOML：{error}", "检查引号、括号、等号是否成对、键是否重复")
            return {}


class Row:
    """One table of a sheet. A value that is missing or wrong is noted and a neutral one given."""

    def __init__(self, document: Document, path: str, written: Mapping[str, Any]) -> None:
        self.document = document
        self.path = path
        self.written = written

    @property
    def line(self) -> int:
        """The line where the row begins."""
        return self.document.line(self.path)

    def text(self, key: str, default: str | None = None) -> str:
        """A non-empty text; with a default it may be left out."""
        value = self.written.get(key)
        if value is None and default is not None:
            return default
        if isinstance(value, str) and (value.strip() or default is not None):
            return value.strip()
        self.add(key, *self._wanting(key, value, "非空文字"))
        return ""

    def number(self, key: str) -> Decimal:
        """An exact number."""
        value = self.written.get(key)
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            number = Decimal(value)
            if number.is_finite():
                return number
        self.add(key, *self._wanting(key, value, "数"))
        return Decimal(0)

    def day(self, key: str) -> date:
        """A day."""
        value = self.written.get(key)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        self.add(key, *self._wanting(key, value, "日期（如 2018-01-01，不加引号）"))
        return date.min

    def flag(self, key: str, *, default: bool = False) -> bool:
        """True or false; the default where nothing is said."""
        value = self.written.get(key, default)
        if isinstance(value, bool):
            return value
        self.add(key, *self._wanting(key, value, "true 或 false"))
        return default

    def texts(self, key: str, *, some: bool = True) -> tuple[str, ...]:
        """A list of non-empty texts without repetition; `some` refuses an empty one."""
        value = self.written.get(key, None if some else ())
        good = isinstance(value, Sequence) and not isinstance(value, str)
        if not good or not all(isinstance(one, str) and one for one in value or ()):
            self.add(key, *self._wanting(key, value, "文字列表"))
            return ()
        texts = tuple(value or ())
        if some and not texts:
            self.add(key, f"{key} 是空的", "至少列一项")
        if len(set(texts)) < len(texts):
            self.add(key, f"{key} 里有重复项", "去掉重复的")
        return texts

    def one_of(self, key: str, members: type[Member]) -> Member:
        """A member of a closed set."""
        value = self.written.get(key)
        if value in set(members):
            return members(value)
        self.add(key, *self._wanting(key, value, "、".join(members) + " 之一"))
        return next(iter(members))

    def rule(self, key: str, *, required: bool = True) -> conditions.Rule:
        """A rule of the closed language; where none is required, its absence is ALWAYS."""
        if key not in self.written:
            if required:
                self.add(key, f"缺少 {key}", f"补上 {key} = {{ fact = …, op = …, value = … }}")
            return conditions.ALWAYS
        try:
            return conditions.parse(self.written[key])
        except SheetError as found:
            self.document.place(found, self._at(key))
            return conditions.ALWAYS

    def grounds(self) -> tuple[str, Basis]:
        """The row's source and basis, which no row may lack."""
        return self.text("source"), self.one_of("basis", Basis)

    def sample(self, basis: Basis) -> bool:
        """Whether the row's thresholds are invented examples, to be shown as 示例."""
        said = self.flag("sample", default=basis is Basis.SAMPLE)
        if basis is Basis.SAMPLE and not said:
            self.add("sample", "basis 是 sample，sample 却是 false", "两处改成一致")
        return said

    def allow(self, *keys: str) -> None:
        """Note every key of the row that is not one of these."""
        for stray in sorted(set(self.written) - set(keys)):
            self.add(stray, f"不认识的键 {stray}", f"只能用：{'、'.join(keys)}")

    def add(self, key: str, problem: str, remedy: str) -> None:
        """Note a fault at one of the row's keys."""
        self.document.add(self.document.line(self._at(key)), problem, remedy)

    def place(self, found: SheetError, key: str) -> None:
        """Note at one of the row's keys a fault that did not yet know where it stands."""
        self.document.place(found, self._at(key))

    def _at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    @staticmethod
    def _wanting(key: str, value: object, kind: str) -> tuple[str, str]:
        if value is None:
            return f"缺少 {key}", f"补上 {key}，应为{kind}"
        return f"{key} 的值“{value}”不对", f"应为{kind}"


def unique(rows: Sequence[Row], key: str) -> None:
    """Note every row whose key repeats an earlier row's."""
    seen: dict[object, int] = {}
    for row in rows:
        value = row.written.get(key)
        if value is None or isinstance(value, list | dict):
            continue
        if value in seen:
            row.add(key, f"{key} “{value}”与第 {seen[value]} 行重复", "改名或删去一行")
        seen.setdefault(value, row.line)


_HEADER = re.compile(r"^\s*(\[\[?)\s*([\w.\-\"]+)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"^\s*([\w\-.\"]+)\s*=")


def _key_lines(text: str) -> dict[str, int]:
    """The line of each table and key, found by scanning: tomllib does not tell."""
    lines: dict[str, int] = {}
    counts: dict[str, int] = {}
    path, inside = "", False
    for number, line in enumerate(text.splitlines(), 1):
        quotes = line.count('"""') + line.count("'''")
        if not inside:
            if header := _HEADER.match(line):
                path = _header_path(header[1], header[2].replace('"', ""), counts)
                lines.setdefault(path, number)
            elif key := _KEY.match(line):
                name = key[1].replace('"', "")
                lines.setdefault(f"{path}.{name}" if path else name, number)
        inside = inside != bool(quotes % 2)
    return lines


def _header_path(brackets: str, name: str, counts: dict[str, int]) -> str:
    if brackets == "[[":
        counts[name] = counts.get(name, -1) + 1
        return f"{name}[{counts[name]}]"
    head, dot, rest = name.partition(".")
    return f"{head}[{counts[head]}].{rest}" if dot and head in counts else name
