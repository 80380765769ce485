"""A paper as a Word document: real headings, repeated heads of tables, numbered pages."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yipanqi.delivery.papers import typesetting
from yipanqi.delivery.papers.content import Block, Chart, Paragraph, Report, Table
from yipanqi.delivery.papers.word_parts import (
    CHARTS_WIDE_MM,
    TABLE_TEXT,
    bordered,
    chinese,
    numbered_pages,
    page_of_a4,
    repeated,
    shaded,
    whole_row,
)

if TYPE_CHECKING:
    from docx.document import Document

# Zip entries and properties carry this instead of the hour of writing: same paper, same bytes.
_ENTRY_TIME = (1980, 1, 1, 0, 0, 0)


def written(report: Report, *, font_folder: Path | None = None) -> bytes:
    """The paper as .docx. Raises fonts.NoChineseFont: charts are set by typst."""
    import docx  # noqa: PLC0415 -- only who writes a Word document needs it

    document = docx.Document()
    page_of_a4(document)
    chinese(document)
    numbered_pages(document, report.title, report.as_of_words, report.watermark)
    _dated(document, report)
    _head(document, report)
    for section in report.sections:
        document.add_heading(section.title, section.level)
        for block in section.blocks:
            _add(document, block, font_folder)
    held = io.BytesIO()
    document.save(held)
    return _without_hours(held.getvalue())


def _dated(document: "Document", report: Report) -> None:
    day = typesetting.dated(report).replace(tzinfo=None)
    told = document.core_properties
    told.title, told.subject, told.author = report.title, report.subtitle, "一盘棋"
    told.created = told.modified = day
    told.last_modified_by, told.comments, told.revision = "", report.as_of_words, 1


def _head(document: "Document", report: Report) -> None:
    document.add_paragraph(report.title, style="Title")
    document.add_paragraph(f"{report.subtitle} · {report.as_of_words}", style="Subtitle")
    for mark in report.marks:
        document.add_paragraph(mark, style="List Bullet")


def _add(document: "Document", block: Block, font_folder: Path | None) -> None:
    if isinstance(block, Paragraph):
        document.add_paragraph(block.text, style="Note" if block.is_note else None)
    elif isinstance(block, Table):
        _add_table(document, block)
    else:
        _add_chart(document, block, font_folder)


def _add_chart(document: "Document", chart: Chart, font_folder: Path | None) -> None:
    from docx.shared import Mm  # noqa: PLC0415

    document.add_paragraph(chart.title, style="Caption")
    drawn = io.BytesIO(typesetting.pictured(chart, font_folder=font_folder))
    shape = document.add_picture(drawn, width=Mm(CHARTS_WIDE_MM))
    # Read out by screen readers in place of the picture.
    shape._inline.docPr.set("descr", chart.described)
    document.paragraphs[-1].paragraph_format.keep_with_next = bool(chart.note)
    if chart.note:
        document.add_paragraph(chart.note, style="Note")


def _add_table(document: "Document", table: Table) -> None:
    from docx.shared import Mm  # noqa: PLC0415

    document.add_paragraph(table.title, style="Caption")
    made = document.add_table(rows=1, cols=len(table.columns))
    made.autofit = False
    bordered(made)
    whole = sum(column.width for column in table.columns)
    widths = [Mm(CHARTS_WIDE_MM * column.width / whole) for column in table.columns]
    for column, wide in zip(made.columns, widths, strict=True):
        column.width = wide
    _fill(made.rows[0], [column.title for column in table.columns], table, widths)
    repeated(made.rows[0])
    shaded(made.rows[0])
    for cells in table.rows:
        row = made.add_row()
        whole_row(row)
        _fill(row, cells, table, widths)
    if table.note:
        document.add_paragraph(table.note, style="Note")


def _fill(row: Any, cells: Sequence[str], table: Table, widths: Sequence[int]) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415

    # row.cells walks the whole table each time it is asked.
    for cell, text, column, wide in zip(row.cells, cells, table.columns, widths, strict=True):
        cell.width = wide
        words = cell.paragraphs[0]
        # By its id: looking the style up by name walks all styles, for every cell of long tables.
        words._p.style = TABLE_TEXT
        words.add_run(text)
        if column.is_number:
            words.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _without_hours(packed: bytes) -> bytes:
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed)) as source,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _ENTRY_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(entry, source.read(name))
    return held.getvalue()
