"""The workbook in which a leader's list is filled in: columns, choices, notes, one example row."""

import io
from collections.abc import Mapping, Sequence

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from yipanqi.delivery.desk.chains.partner_files import MOST_ROWS, NAME
from yipanqi.delivery.desk.chains.partner_reading import (
    CODE,
    COLUMNS,
    EXAMPLE,
    LINK,
    NOTE,
    PRODUCT,
    SIDE,
    YEAR,
)
from yipanqi.vocab import clock

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDTHS: Mapping[str, int] = {
    SIDE: 10, NAME: 38, CODE: 24, PRODUCT: 26, LINK: 22, YEAR: 8, NOTE: 30,
}  # fmt: skip
_NEEDED = (SIDE, NAME)
_CHOICES = "选项"


def written(chain: str, links: Sequence[str]) -> bytes:
    """The workbook for a chain of that name, its links by name in the order of the catalogue."""
    out = io.BytesIO()
    # Text stays text: nothing a name says becomes a formula or a link.
    safe = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, safe) as book:
        _list(book, book.add_worksheet("名单"), links)
        _notes(book, book.add_worksheet("填写说明"), chain)
        choices = book.add_worksheet(_CHOICES)
        choices.write_column(0, 0, ["供应商", "采购商"])
        choices.write_column(0, 1, list(links))
        choices.set_column(0, 1, 24)
    return out.getvalue()


def _list(book: xlsxwriter.Workbook, sheet: Worksheet, links: Sequence[str]) -> None:
    text = book.add_format({"num_format": "@"})
    grey = book.add_format({"num_format": "@", "italic": True, "font_color": "#6b7280"})
    head = book.add_format({"bold": True, "bg_color": "#e8eef7", "border": 1})
    needed = book.add_format({"bold": True, "bg_color": "#fde8d7", "border": 1})
    for place, title in enumerate(COLUMNS):
        # Whole columns are text: Excel would cut the last digits off a code.
        sheet.set_column(place, place, _WIDTHS[title], text)
        is_needed = title in _NEEDED
        sheet.write_string(0, place, f"{title}{'*' * is_needed}", needed if is_needed else head)
    for place, said in enumerate(_example(links)):
        sheet.write_string(1, place, said, grey)
    sheet.freeze_panes(1, 2)
    _offer(sheet, SIDE, f"={_CHOICES}!$A$1:$A$2", "请选“供应商”或“采购商”")
    if links:
        _offer(sheet, LINK, f"={_CHOICES}!$B$1:$B${len(links)}", "请从列表选择，拿不准可留空")


def _offer(sheet: Worksheet, title: str, source: str, saying: str) -> None:
    place = COLUMNS.index(title)
    offered = {"validate": "list", "source": source, "error_title": title, "error_message": saying}
    sheet.data_validation(1, place, MOST_ROWS, place, offered)


def _example(links: Sequence[str]) -> tuple[str, ...]:
    return (
        "供应商",
        f"{EXAMPLE}江苏某某液压件有限公司",
        "",
        "主阀、液压泵",
        links[0] if links else "",
        str(clock.today().year),
        "这一行是示例，上传时自动跳过",
    )


def _notes(book: xlsxwriter.Workbook, sheet: Worksheet, chain: str) -> None:
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 100, wrapped)
    lines = (
        f"链主供应商、采购商名单（产业链：{chain}）",
        "一行写一家企业的一种产品；一家企业有几种产品的，写几行。",
        f"带 * 的列必填。“{SIDE}”：供应商指卖给链主的，采购商指向链主买的。",
        f"“{NAME}”写全称。“{CODE}”知道就填，按代码对应最准；不知道留空。",
        f"“{LINK}”从下拉列表选；拿不准留空，不影响企业列入名单。",
        f"“{YEAR}”填供货或采购发生的年份，四位数字。",
        "不要合并单元格，不要用公式，不要改表头。",
        f"一份文件最多 {MOST_ROWS} 行。国家秘密不得录入。",
        "上传后先预览，确认后才应用；应用后可以撤销。",
    )
    for number, line in enumerate(lines):
        sheet.write_string(number, 0, line)
