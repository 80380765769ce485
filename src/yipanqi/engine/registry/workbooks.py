"""Excel workbooks (.xlsx): the rows of their first sheet, read as a stream of text."""

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from yipanqi.engine.registry import rows
from yipanqi.engine.registry.refusals import ImportRefused
from yipanqi.engine.registry.rows import Row

_DAMAGED = (
    zipfile.BadZipFile, InvalidFileException, KeyError, IndexError, ValueError, ParseError,
    EOFError,
)  # fmt: skip


def header(file: Path) -> tuple[str, ...]:
    """The first filled row of the first sheet. Raises ImportRefused when there is none."""
    with _first_sheet(file) as cells:
        for row in cells:
            if any(cell is not None for cell in row):
                return tuple(str(_text(cell) or "").strip() for cell in row)
    raise ImportRefused(f"“{file.name}”的第一张工作表是空的：请换一个有表头和数据的文件")


def records(file: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    """Every filled row below the header; one with cells beyond it has a problem."""
    width, seen_header = len(columns), False
    with _first_sheet(file) as cells:
        for number, row in enumerate(cells, start=1):
            texts = [_text(cell) for cell in row]
            if not any(texts):
                continue
            if not seen_header:
                seen_header = True
            elif any(texts[width:]):
                problem = f"表头以外还有内容，应为{width}列：请检查该行是否错列"
                yield Row(number, ",".join(text or "" for text in texts), problem)
            else:
                yield Row(number, rows.joined([*texts[:width], *[None] * (width - len(texts))]))


@contextmanager
def _first_sheet(file: Path) -> Iterator[Iterator[tuple[Any, ...]]]:
    try:
        with warnings.catch_warnings():
            # openpyxl warns of styles it does not know; only the values matter here.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
            try:
                yield iter(book.worksheets[0].iter_rows(values_only=True))
            finally:
                book.close()
    except _DAMAGED as fault:
        raise ImportRefused(
            f"“{file.name}”不是完好的 Excel 工作簿：请重新另存为 .xlsx 后再导入"
        ) from fault


def _text(cell: object) -> str | None:
    if cell is None:
        return None
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
