"""CSV tables of a pack: rows with their line numbers, and what is wrong with their shape."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from yipanqi.rulebook.faults import SheetError
from yipanqi.rulebook.sources import Basis


@dataclass(frozen=True, slots=True)
class Layout:
    """What a table must look like: its columns, which may be empty, which together are unique."""

    columns: tuple[str, ...]
    key: tuple[str, ...]
    may_be_empty: frozenset[str] = frozenset()
    closed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table and where it stands."""

    number: int
    values: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values[column]


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read: the rows of the right shape, and the faults found."""

    file: str
    lines: tuple[Line, ...]
    faults: tuple[SheetError, ...]

    def fault(self, line: Line, problem: str, remedy: str) -> SheetError:
        """A fault placed at a row."""
        return SheetError(self.file, line.number, problem, remedy)


GROUNDS = ("source", "basis")


def read(text: str, file: str, layout: Layout) -> Table:
    """The table checked against its layout; every fault is placed at its line."""
    lines = text.lstrip("\ufeff")
    reader = csv.reader(io.StringIO(lines, newline=""), strict=True)
    try:
        header = next(reader, [])
        if found := _header_faults(file, header, layout):
            return Table(file, (), found)
        rows, shape = _rows(file, reader, header)
    except csv.Error as error:
        broken = SheetError(file, reader.line_num, f"不是合法的 CSV：{error}", "检查引号与逗号")
        return Table(file, (), (broken,))
    faults = [*shape, *_value_faults(file, rows, layout), *_repeats(file, rows, layout.key)]
    return Table(file, rows, tuple(faults))


def _header_faults(file: str, header: Sequence[str], layout: Layout) -> tuple[SheetError, ...]:
    faults = []
    wanted = (*layout.columns, *GROUNDS)
    if missing := [column for column in wanted if column not in header]:
        faults.append(SheetError(file, 1, f"缺少列：{'、'.join(missing)}", "在表头补上这些列"))
    if stray := [column for column in header if column not in wanted]:
        faults.append(SheetError(file, 1, f"不认识的列：{'、'.join(stray)}", "删去或改名"))
    if len(set(header)) < len(header):
        faults.append(SheetError(file, 1, "表头有重复的列", "删去重复的列"))
    return tuple(faults)


def _rows(
    file: str, reader: Any, header: Sequence[str]
) -> tuple[tuple[Line, ...], list[SheetError]]:
    rows, faults, start = [], [], reader.line_num + 1
    for cells in reader:
        number, start = start, reader.line_num + 1
        if not cells:
            continue
        if len(cells) != len(header):
            problem = f"有 {len(cells)} 格，表头有 {len(header)} 列"
            faults.append(SheetError(file, number, problem, "补齐逗号，含逗号的内容加引号"))
            continue
        rows.append(Line(number, dict(zip(header, map(str.strip, cells), strict=True))))
    return tuple(rows), faults


def _value_faults(file: str, rows: Sequence[Line], layout: Layout) -> Iterator[SheetError]:
    closed = {"basis": tuple(Basis), **layout.closed}
    for line in rows:
        for column, value in line.values.items():
            if not value and column not in layout.may_be_empty:
                yield SheetError(file, line.number, f"{column} 是空的", f"补上 {column}")
            elif value and column in closed and value not in closed[column]:
                allowed = "、".join(closed[column])
                problem = f"{column} 的值“{value}”不对"
                yield SheetError(file, line.number, problem, f"只能是：{allowed}")


def _repeats(file: str, rows: Sequence[Line], key: Sequence[str]) -> Iterator[SheetError]:
    seen: dict[tuple[str, ...], int] = {}
    for line in rows:
        value = tuple(line[column] for column in key)
        if value in seen:
            problem = f"{'+'.join(key)} “{' / '.join(value)}”与第 {seen[value]} 行重复"
            yield SheetError(file, line.number, problem, "改名或删去一行")
        seen.setdefault(value, line.number)
