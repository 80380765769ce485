"""The cells of a file with a leader's list: from a workbook or delimited text, nothing obeyed."""

import csv
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from yipanqi.engine.registry import delimited
from yipanqi.engine.registry.refusals import ImportRefused

NAME = "企业名称"
# A leader's list of this length took seconds to read and match; no leader known has more partners.
MOST_ROWS = 20_000
_MOST_COLUMNS = 40
_HEADER_WITHIN = 20
_DAMAGED = (
    zipfile.BadZipFile, InvalidFileException, KeyError, IndexError, ValueError, ParseError,
    EOFError,
)  # fmt: skip


class Unreadable(Exception):
    """The file holds no list; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says, and whether it is a formula or a number rather than text."""

    text: str = ""
    is_formula: bool = False
    is_number: bool = False


Line = tuple[int, tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class Table:
    """The header as written, the filled rows below it with their numbers, and where it stood."""

    sheet: str
    header: tuple[str, ...]
    lines: Sequence[Line]


def table(path: Path, name: str) -> Table:
    """The first sheet whose header names 企业名称, or the text of a CSV file. Raises Unreadable."""
    suffix = Path(name).suffix.lower()
    if suffix == ".csv":
        return _table(name, enumerate(_csv_rows(path, name), start=1))
    if suffix == ".xlsx":
        return _workbook(path, name)
    raise Unreadable(f"“{name}”不是 .xlsx 或 .csv；请用下载的模板填写，旧版 .xls 请另存为 .xlsx")


def _workbook(path: Path, name: str) -> Table:
    try:
        # Opened by its bytes: what waits on the shelf has no suffix to go by.
        with path.open("rb") as file, warnings.catch_warnings():
            # openpyxl warns of styles it does not know; only the values matter here.
            warnings.simplefilter("ignore")
            # Formulas are read as formulas, so that they can be refused: a value may be stale.
            book = openpyxl.load_workbook(file, read_only=True, data_only=False)
            try:
                return _first_list(book, name)
            finally:
                book.close()
    except _DAMAGED as fault:
        raise Unreadable(f"“{name}”不是完好的 Excel 工作簿；请重新另存为 .xlsx 后再上传") from fault


def _first_list(book: openpyxl.Workbook, name: str) -> Table:
    titles = []
    for sheet in book.worksheets:
        titles.append(sheet.title)
        cells = sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True)
        rows = (tuple(_cell(value) for value in row) for row in cells)
        try:
            return _table(sheet.title, enumerate(rows, start=1))
        except _NoHeader:
            continue
    raise Unreadable(
        f"“{name}”的工作表（{'、'.join(titles)}）前 {_HEADER_WITHIN} 行都没有“{NAME}”这一列；"
        "请用下载的模板填写，不要改动表头"
    )


class _NoHeader(Unreadable):
    """None of the first rows is a header."""


def _table(sheet: str, rows: Iterable[Line]) -> Table:
    numbered = iter(rows)
    header = _header(sheet, numbered)
    lines: list[Line] = []
    for number, cells in numbered:
        if any(cell.text for cell in cells):
            lines.append((number, cells))
        if len(lines) > MOST_ROWS:
            raise Unreadable(f"“{sheet}”超过 {MOST_ROWS} 行；请按供应商和采购商，或按产品分成几份")
    return Table(sheet, header, lines)


def _header(sheet: str, rows: Iterator[Line]) -> tuple[str, ...]:
    for number, cells in rows:
        titles = tuple(cell.text.strip("* \u3000") for cell in cells)
        if NAME in titles:
            return titles
        if number >= _HEADER_WITHIN:
            break
    raise _NoHeader(
        f"“{sheet}”前 {_HEADER_WITHIN} 行没有“{NAME}”这一列；请用下载的模板填写，不要改动表头"
    )


def _cell(value: object) -> Cell:
    if value is None:
        return Cell()
    if isinstance(value, datetime | date):
        day = value.date() if isinstance(value, datetime) else value
        return Cell(day.isoformat())
    if isinstance(value, float) and value.is_integer():
        return Cell(str(int(value)), is_number=True)
    if isinstance(value, int | float):
        return Cell(str(value), is_number=True)
    # What is neither text nor a figure is a formula over several cells.
    text = _plain(str(value)) if isinstance(value, str) else "="
    return Cell(text, is_formula=text.startswith("="))


def _csv_rows(path: Path, name: str) -> Iterator[tuple[Cell, ...]]:
    try:
        how = delimited.dialect(path)
        text = path.read_bytes().decode(how.encoding, errors="replace").replace("\0", "")
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=how.delimiter)
        for row in reader:
            yield tuple(_written(each) for each in row[:_MOST_COLUMNS])
    except (ImportRefused, csv.Error) as fault:
        raise Unreadable(
            f"“{name}”不是完好的 CSV 文件；请重新另存为 UTF-8 的 CSV 后再上传"
        ) from fault


def _written(text: str) -> Cell:
    plain = _plain(text)
    return Cell(plain, is_formula=plain.startswith("="))


def _plain(text: str) -> str:
    """The text on one line, without NUL and the marks that turn it right to left."""
    kept = "".join(
        " " if each in "\r\n\t" else each for each in text if each.isprintable() or each in "\r\n\t"
    )
    return kept.strip()
