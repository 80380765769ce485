"""The columns of a file that comes in: what officers call them, and how a cell is read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from yipanqi.vocab import clock, money

Value = str | int | bool | Decimal | date | None
Choices = Mapping[str, str]

# Columns every library's file has besides its own.
ID, AUTHOR, DATED, CONFIRMED, REASON = "编号", "原登记人", "原登记日期", "查重说明", "未导入原因"
# What the first cell of a template's sample row says; such a row is no data.
SAMPLE = "示例"
_EARLIEST = date(1850, 1, 1)
_WAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日")
_YES_NO = {"是": True, "否": False, "有": True, "无": False}
_LARGEST_WHOLE = 2_000_000_000


class Kind(StrEnum):
    """How a cell of the column is read."""

    TEXT = "text"
    WAN = "wan"
    NUMBER = "number"
    WHOLE = "whole"
    DAY = "day"
    YES_NO = "yes_no"
    CHOICE = "choice"


class Misread(Exception):
    """The cell cannot be read; the message says why and what to write."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the field it fills, its title, and what may stand in it.

    `choices` gives the codes with the words officers read; `most` is the longest text;
    `places` the digits a number may have after the point.
    """

    key: str
    title: str
    kind: Kind = Kind.TEXT
    is_required: bool = False
    note: str = ""
    example: str = ""
    most: int = 0
    places: int = 2
    is_past: bool = False
    choices: Callable[[], Choices] | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said of one cell: the column, what stands in it, and why it matters."""

    column: str
    value: str
    says: str

    def plain(self) -> dict[str, str]:
        """As kept with the row."""
        return {"column": self.column, "value": self.value, "says": self.says}


OWN = (
    Column(ID, ID, note="本系统的编号；新增的行不填，修改既有记录时保留导出文件里的编号"),
    Column(
        AUTHOR, AUTHOR, most=60, example="王某某", note="原台账的登记人；随记录保留，不等于导入人"
    ),
    Column(DATED, DATED, Kind.DAY, is_past=True, example="2018-03-15", note="原台账的登记日期"),
    Column(
        CONFIRMED,
        CONFIRMED,
        most=200,
        note="预览提示疑似重复、经核实确属两件事的，在此写明理由后重新上传",
    ),
)


def of_file(columns: Iterable[Column]) -> tuple[Column, ...]:
    """The library's columns with those every file has: the number first, the rest last."""
    return (OWN[0], *columns, *OWN[1:])


class Reading:
    """Cells read by the columns of one library; the choices are asked for once."""

    def __init__(self, columns: Iterable[Column]) -> None:
        self._columns = of_file(columns)
        self._by_title = {each.title: each for each in self._columns}
        self._empty: dict[str, Value] = {each.key: None for each in self._columns}
        self._needed = [each.title for each in self._columns if each.is_required]
        self._words = {
            each.key: {word: code for code, word in each.choices().items()}
            for each in self._columns
            if each.choices
        }

    def read(self, cells: Mapping[str, str]) -> tuple[dict[str, Value], list[Remark]]:
        """The values by field, and what could not be read; an empty cell is None."""
        values = dict(self._empty)
        faults = [
            Remark(title, "", "未填；这一列必填") for title in self._needed if not cells.get(title)
        ]
        # Most cells of a wide file are empty, and empty ones are not kept.
        for title, text in cells.items():
            column = self._by_title.get(title)
            if column is None or not text:
                continue
            try:
                values[column.key] = self._value(column, text)
            except (Misread, money.NotMoney) as fault:
                faults.append(Remark(title, text, str(fault)))
        return values, faults

    def _value(self, column: Column, text: str) -> Value:
        if column.kind is Kind.CHOICE:
            return self._chosen(column, text)
        return _READ[column.kind](column, text)

    def _chosen(self, column: Column, text: str) -> str:
        words = self._words[column.key]
        if text in words:
            return words[text]
        if text in words.values():
            return text
        known = list(words)
        shown = "、".join(known[:12]) + (f"等 {len(known)} 种" if len(known) > 12 else "")  # noqa: PLR2004
        raise Misread(f"不在可选范围内；可选：{shown}" if known else "现在没有可选的值，请留空")


def day(text: str) -> date:
    """The day a cell says, in any of the usual ways of writing one. Raises Misread."""
    for way in _WAYS:
        try:
            found = datetime.strptime(text[:10] if way == _WAYS[0] else text, way).date()  # noqa: DTZ007 -- a day has no zone
        except ValueError:
            continue
        if found < _EARLIEST:
            raise Misread("早于 1850 年，请核对年份")
        return found
    raise Misread("不是日期；请写成 2018-01-31 的样式")


def _text(column: Column, text: str) -> str:
    if column.most and len(text) > column.most:
        raise Misread(f"有 {len(text)} 个字，最多 {column.most} 个；请精简")
    return text


def _wan(_column: Column, text: str) -> int:
    fen = money.from_wan(text)
    if fen < 0:
        raise Misread("金额不能为负数，请核对")
    return fen


def _number(column: Column, text: str) -> Decimal:
    try:
        found = Decimal(text.replace(",", ""))
    except InvalidOperation as error:
        raise Misread("不是数字；只填数字，不带单位") from error
    if not found.is_finite() or found < 0:
        raise Misread("不能为负数，请核对")
    rounded = round(found, column.places)
    if rounded != found:
        raise Misread(f"小数最多 {column.places} 位，请核对")
    if found > _LARGEST_WHOLE:
        raise Misread("数值过大，请核对单位")
    return rounded


def _whole(_column: Column, text: str) -> int:
    try:
        found = Decimal(text.replace(",", ""))
    except InvalidOperation as error:
        raise Misread("不是数字；只填整数，不带单位") from error
    if not found.is_finite() or found < 0 or found != found.to_integral_value():
        raise Misread("应为不小于 0 的整数，请核对")
    if found > _LARGEST_WHOLE:
        raise Misread("数值过大，请核对单位")
    return int(found)


def _day(column: Column, text: str) -> date:
    found = day(text)
    if column.is_past and found > clock.today():
        raise Misread("晚于今天；这里只填已经发生的日期")
    return found


def _yes_no(_column: Column, text: str) -> bool:
    try:
        return _YES_NO[text]
    except KeyError as error:
        raise Misread("请填“是”或“否”；不清楚的留空") from error


_READ: Mapping[Kind, Callable[[Column, str], Value]] = {
    Kind.TEXT: _text,
    Kind.WAN: _wan,
    Kind.NUMBER: _number,
    Kind.WHOLE: _whole,
    Kind.DAY: _day,
    Kind.YES_NO: _yes_no,
}
