"""A list as a file to take away, CSV or Excel: written row by row, however long the list is."""

import csv
import hashlib
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

import xlsxwriter
from django.conf import settings

Cell = str | int | Decimal | date | None
# A spreadsheet runs a cell that begins like this; a quote before it makes it text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# What a cell and a sheet of Excel hold at most.
_LONGEST = 32_767
MOST_ROWS = 1_000_000


class Form(StrEnum):
    """The kinds of file a list can be taken as."""

    XLSX = "xlsx"
    CSV = "csv"

    @property
    def mime(self) -> str:
        """How the browser is told of it."""
        return _MIME[self]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, what a row shows in it, and how wide it is in characters."""

    title: str
    shown: Callable[[Any], Cell]
    width: int = 14


@dataclass(frozen=True, slots=True)
class Taken:
    """A file at its start, to be closed by who asked for it, with its rows counted and hashed."""

    file: IO[bytes]
    rows: int
    sha256: str


class TooManyRows(Exception):
    """The list is longer than a sheet of Excel; the message says what to do."""


def written(
    title: str,
    columns: Sequence[Column],
    rows: Iterable[object],
    form: Form,
    *,
    mark: Callable[[int], str],
) -> Taken:
    """The rows as a file with a head, ended by the watermark for that number of rows.

    Raises TooManyRows. The file is gone from disk once it is closed.
    """
    with tempfile.TemporaryDirectory(dir=settings.HOME, prefix=".list-") as folder:
        path = Path(folder) / f"list.{form}"
        write = _csv if form is Form.CSV else _xlsx
        total = write(path, title, columns, rows, mark)
        with path.open("rb") as made:
            digest = hashlib.file_digest(made, "sha256").hexdigest()
        # Open until the answer is sent; the folder goes now, the bytes with the last reader.
        return Taken(path.open("rb"), total, digest)


def _csv(
    path: Path,
    _title: str,
    columns: Sequence[Column],
    rows: Iterable[object],
    mark: Callable[[int], str],
) -> int:
    total = 0
    # The mark at the start tells spreadsheets that the text is UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow([column.title for column in columns])
        for row in rows:
            writer.writerow([_text(column.shown(row)) for column in columns])
            total += 1
        writer.writerow([_text(mark(total))])
    return total


def _xlsx(
    path: Path,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[object],
    mark: Callable[[int], str],
) -> int:
    # Text stays text: nothing anybody typed becomes a formula or a link.
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_date_format": "yyyy-mm-dd",
        "tmpdir": str(path.parent),
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet(title[:31])
        bold, grey = book.add_format({"bold": True}), book.add_format({"italic": True})
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, column.title, bold)
        total = 0
        for total, row in enumerate(rows, start=1):
            if total > MOST_ROWS:
                raise TooManyRows(
                    f"清单超过 {MOST_ROWS} 行，Excel 放不下；请先筛选，或改为导出 CSV"
                )
            for place, column in enumerate(columns):
                _put(sheet, total, place, column.shown(row))
        sheet.write_string(total + 1, 0, mark(total), grey)
        sheet.autofilter(0, 0, max(total, 1), len(columns) - 1)
        sheet.freeze_panes(1, 1)
        # On every printed page too.
        sheet.set_footer(f"&L{_footer(mark(total))}&R&P / &N")
        sheet.repeat_rows(0)
    return total


def _put(sheet: Any, row: int, place: int, cell: Cell) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        sheet.write_string(row, place, cell[:_LONGEST])
    elif isinstance(cell, date):
        sheet.write_datetime(row, place, cell)
    else:
        sheet.write_number(row, place, float(cell))


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    text = cell.isoformat() if isinstance(cell, date) else str(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(_FORMULA) else text


def _footer(text: str) -> str:
    # Excel takes at most 255 characters there, and reads & as a command.
    return text.replace("&", "＆")[:200]


_MIME = {
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.CSV: "text/csv; charset=utf-8",
}
