"""Reading a file of rows (.xlsx or .csv) into lines of text, with the place of each."""

import codecs
import csv
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from yipanqi.domain.intake.columns import ID, REASON, SAMPLE, Column, of_file
from yipanqi.domain.intake.libraries import Line
from yipanqi.domain.intake.services.batches import MOST_ROWS, Unfit

# Sheets of a template that hold no rows.
CHOICES, NOTES = "选项", "填表说明"
_DAMAGED = (
    zipfile.BadZipFile, InvalidFileException, KeyError, IndexError, ValueError, ParseError,
    EOFError,
)  # fmt: skip
# Within how many rows of a sheet its header must stand.
_HEADER_WITHIN = 10
_LONGEST_CELL = 20_000
_FORMULA = ("=", "+", "-", "@")

Row = tuple[int, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Contents:
    """The lines of a file, and the titles of columns that were not read."""

    lines: list[Line]
    ignored: tuple[str, ...]


def read(file: Path, columns: Iterable[Column]) -> Contents:
    """Every filled row of the sheets that have the columns' header. Raises Unfit.

    The sample row of a template and the column of reasons are passed over.
    """
    known = of_file(columns)
    sheets = _delimited(file) if file.suffix == ".csv" else _workbook(file)
    lines: list[Line] = []
    ignored: dict[str, None] = {}
    found = False
    for name, rows in sheets:
        header = _header(rows, known)
        if header is None:
            continue
        found = True
        _refuse_missing(name, header, known)
        titles = {column.title for column in known}
        ignored |= dict.fromkeys(title for title in header if title and title not in titles)
        lines += _lines(name, rows, header, titles, len(lines))
    if not found:
        needed = "、".join(column.title for column in known if column.is_required)
        raise Unfit(f"没有找到表头；第一行应为模板的列名，至少有：{needed}。请用模板填写后再上传")
    ignored.pop(REASON, None)
    return Contents(lines, tuple(ignored))


def _header(rows: Iterator[Row], known: Sequence[Column]) -> list[str] | None:
    """The titles of the sheet's header row, which is used up; None where it has none."""
    wanted = {column.title for column in known if column.is_required}
    for _number, cells in rows:
        titles = [cell.rstrip("*＊ ").strip() for cell in cells]
        if wanted & set(titles):
            return titles
        if _number >= _HEADER_WITHIN:
            return None
    return None


def _refuse_missing(sheet: str, header: Sequence[str], known: Sequence[Column]) -> None:
    missing = [each.title for each in known if each.is_required and each.title not in header]
    if missing:
        raise Unfit(f"“{sheet}”表缺少必填的列：{'、'.join(missing)}；请对照模板补上")
    twice = {title for title in header if title and header.count(title) > 1}
    if twice:
        raise Unfit(f"“{sheet}”表有重名的列：{'、'.join(sorted(twice))}；请各留一列")


def _lines(
    sheet: str, rows: Iterator[Row], header: Sequence[str], titles: set[str], before: int
) -> Iterator[Line]:
    count = before
    for number, cells in rows:
        told = {
            title: text
            for title, text in zip(header, cells, strict=False)
            if text and title in titles
        }
        if not told or told.get(ID) == SAMPLE:
            continue
        count += 1
        if count > MOST_ROWS:
            raise Unfit(f"文件超过 {MOST_ROWS:,} 行；请分成几个文件")
        yield Line(count, sheet, number, told)


def _workbook(file: Path) -> Iterator[tuple[str, Iterator[Row]]]:
    try:
        with warnings.catch_warnings():
            # openpyxl warns of styles it does not know; only the values matter here.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
            try:
                for sheet in book.worksheets:
                    if sheet.title not in {CHOICES, NOTES}:
                        yield sheet.title, _rows(sheet.iter_rows(values_only=True))
            finally:
                book.close()
    except _DAMAGED as fault:
        raise Unfit("文件不是完好的 Excel 工作簿；请重新另存为 .xlsx 后再上传") from fault


def _rows(rows: Iterable[Iterable[object]]) -> Iterator[Row]:
    for number, cells in enumerate(rows, start=1):
        yield number, [_text(cell) for cell in cells]


def _delimited(file: Path) -> Iterator[tuple[str, Iterator[Row]]]:
    with file.open(encoding=_encoding(file), newline="", errors="strict") as stream:
        reader = csv.reader(stream)
        try:
            yield "", ((reader.line_num, [_text(cell) for cell in row]) for row in reader)
        except (UnicodeDecodeError, csv.Error) as fault:
            raise Unfit(
                "文件不是完好的 CSV；请用 Excel 或 WPS 另存为 UTF-8 的 CSV 后再上传"
            ) from fault


def _encoding(file: Path) -> str:
    """UTF-8 where every byte fits, else GB18030, which Excel writes in China."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with file.open("rb") as stream:
        try:
            while chunk := stream.read(1 << 20):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "gb18030"
    return "utf-8-sig"


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        text = cell.replace("\x00", "").strip()[:_LONGEST_CELL]
        # An export writes '=… so that a spreadsheet takes it for text.
        return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, date):
        return (cell.date() if isinstance(cell, datetime) else cell).isoformat()
    return str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell)
