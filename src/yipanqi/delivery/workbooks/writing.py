"""Writing a library's template, and the rows that did not get in, as workbooks."""

import io
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from typing import IO, TYPE_CHECKING, Any

import xlsxwriter
from django.conf import settings

from yipanqi.delivery.workbooks.reading import CHOICES, NOTES
from yipanqi.domain.intake.columns import ID, REASON, SAMPLE, Column, Kind, of_file
from yipanqi.domain.intake.libraries import Library

if TYPE_CHECKING:
    from yipanqi.domain.intake.models import BatchRow

# How far down the template offers its choices.
_ROWS = 5000
_WIDEST, _NARROWEST = 40, 12
# Text stays text: nothing a cell says becomes a formula or a link.
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_SAYS = {
    Kind.WAN: "单位：万元，只填数字",
    Kind.NUMBER: "只填数字，不带单位",
    Kind.WHOLE: "只填整数，不带单位",
    Kind.DAY: "日期，写成 2018-01-31",
    Kind.YES_NO: "填“是”或“否”，不清楚的留空",
    Kind.CHOICE: "从下拉中选",
}


def template(library: Library) -> bytes:
    """The library's template: drop-downs, notes on the header, a sample row marked as such."""
    out = io.BytesIO()
    columns = of_file(library.columns())
    with xlsxwriter.Workbook(out, {**_OPTIONS, "in_memory": True}) as book:
        sheet = book.add_worksheet(library.title)
        _head(book, sheet, columns)
        _sample(book, sheet, columns)
        _offer(book, sheet, columns)
        _explain(book, library, columns)
    return out.getvalue()


def kept_out(library: Library, rows: Iterable["BatchRow"]) -> IO[bytes]:
    """The rows as they were typed with the reason at the end, fit to be mended and sent again.

    The caller closes the file, and it is gone from disk then.
    """
    columns = of_file(library.columns())
    out = tempfile.TemporaryFile(dir=settings.HOME, prefix=".kept-out-")  # noqa: SIM115 -- the caller's
    with xlsxwriter.Workbook(out, {**_OPTIONS, "constant_memory": True}) as book:
        sheet = book.add_worksheet(library.title)
        _head(book, sheet, columns)
        sheet.write_string(0, len(columns), REASON, book.add_format({"bold": True}))
        for number, row in enumerate(rows, start=1):
            for place, column in enumerate(columns):
                if text := row.cells.get(column.title):
                    sheet.write_string(number, place, text)
            sheet.write_string(number, len(columns), reason(row))
    out.seek(0)
    return out


def reason(row: "BatchRow") -> str:
    """Why the row did not get in, cell by cell, in one text."""
    return "；".join(_said(remark) for remark in row.remarks)


def _said(remark: Mapping[str, str]) -> str:
    column, value = remark["column"], remark["value"]
    where = f"“{column}”" if column else ""
    what = f"“{value}”" if value and value not in remark["says"] else ""
    return f"{where}{what}{'：' if where or what else ''}{remark['says']}"


def _head(book: Any, sheet: Any, columns: Sequence[Column]) -> None:
    needed = book.add_format({"bold": True, "bg_color": "#FDE9D9", "border": 1})
    other = book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1})
    for place, column in enumerate(columns):
        title = f"{column.title}*" if column.is_required else column.title
        sheet.write_string(0, place, title, needed if column.is_required else other)
        width = min(max(len(title) * 2 + 2, _NARROWEST), _WIDEST)
        sheet.set_column(place, place, width)
    sheet.freeze_panes(1, 2)


def _sample(book: Any, sheet: Any, columns: Sequence[Column]) -> None:
    grey = book.add_format({"italic": True, "font_color": "#808080"})
    for place, column in enumerate(columns):
        text = SAMPLE if column.title == ID else column.example
        sheet.write_string(1, place, text, grey)
    sheet.write_comment(1, 0, "这一行是示例，导入时会跳过；可以删去")


def _offer(book: Any, sheet: Any, columns: Sequence[Column]) -> None:
    """Drop-downs; long lists stand on a sheet of their own, for a cell holds 255 characters."""
    lists = book.add_worksheet(CHOICES)
    for place, column in enumerate(columns):
        says = "；".join(each for each in (_SAYS.get(column.kind, ""), column.note) if each)
        if says:
            sheet.write_comment(0, place, f"{'必填。' if column.is_required else ''}{says}")
        words = _words(column)
        if not words:
            continue
        lists.write_string(0, place, column.title)
        for number, word in enumerate(words, start=1):
            lists.write_string(number, place, word)
        source = f"='{CHOICES}'!{_cell(1, place)}:{_cell(len(words), place)}"
        rule = {
            "validate": "list",
            "source": source,
            "error_title": "不在可选范围内",
            "error_message": "请从下拉中选择",
        }
        sheet.data_validation(1, place, _ROWS, place, rule)
    lists.hide()


def _words(column: Column) -> list[str]:
    if column.kind is Kind.YES_NO:
        return ["是", "否"]
    return list(column.choices().values()) if column.choices else []


def _cell(row: int, place: int) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell  # noqa: PLC0415 -- untyped, used here alone

    return str(xl_rowcol_to_cell(row, place, row_abs=True, col_abs=True))


def _explain(book: Any, library: Library, columns: Sequence[Column]) -> None:
    sheet = book.add_worksheet(NOTES)
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 10)
    sheet.set_column(2, 2, 80, wrap)
    sheet.write_string(0, 0, f"{library.title}导入模板", bold)
    sheet.write_string(1, 0, library.note)
    for place, title in enumerate(("列", "必填", "怎么填")):
        sheet.write_string(3, place, title, bold)
    for number, column in enumerate(columns, start=4):
        sheet.write_string(number, 0, column.title)
        sheet.write_string(number, 1, "必填" if column.is_required else "")
        says = "；".join(each for each in (_SAYS.get(column.kind, ""), column.note) if each)
        sheet.write_string(number, 2, says)
