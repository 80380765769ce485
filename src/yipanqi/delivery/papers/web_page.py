"""A paper as one HTML file that needs nothing else: read on screen, kept, or printed."""

from functools import cache
from html import escape
from importlib import resources

from yipanqi.delivery.papers.content import Block, Chart, Paragraph, Report, Section, Table


def written(report: Report) -> bytes:
    """The paper as UTF-8 HTML; the same paper gives the same bytes."""
    title = escape(report.title)
    parts = [
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">',
        f"<title>{title}</title>",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<style>\n{_style()}</style>\n</head>\n<body>",
        f"<header>\n<h1>{title}</h1>",
        f'<p class="sub">{escape(report.subtitle)} · {escape(report.as_of_words)}</p>',
        _marks(report),
        "</header>",
        _contents(report),
        *(_section(section, place) for place, section in enumerate(report.sections)),
        f'<div class="watermark" aria-hidden="true">{escape(report.watermark)}</div>'
        if report.watermark
        else "",
        "</body>\n</html>\n",
    ]
    return "\n".join(part for part in parts if part).encode()


@cache
def _style() -> str:
    return resources.files(__package__).joinpath("paper.css").read_text("utf-8")


def _marks(report: Report) -> str:
    rows = "".join(f"<li>{escape(mark)}</li>" for mark in report.marks)
    return f'<ul class="marks">{rows}</ul>' if rows else ""


def _contents(report: Report) -> str:
    rows = "".join(
        f'<li><a href="#s{place}">{escape(section.title)}</a></li>'
        for place, section in enumerate(report.sections)
        if section.level == 1
    )
    return f'<nav aria-label="目录"><ol>{rows}</ol></nav>'


def _section(section: Section, place: int) -> str:
    head = f"h{section.level + 1}"
    blocks = "\n".join(_block(block) for block in section.blocks)
    return (
        f'<section>\n<{head} id="s{place}">{escape(section.title)}</{head}>\n{blocks}\n</section>'
    )


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        kind = ' class="note"' if block.is_note else ""
        return f"<p{kind}>{escape(block.text)}</p>"
    return _table(block) if isinstance(block, Table) else _chart(block)


def _chart(chart: Chart) -> str:
    note = f"<p>{escape(chart.note)}</p>" if chart.note else ""
    return f"<figure><figcaption>{escape(chart.title)}</figcaption>{chart.svg}{note}</figure>"


def _table(table: Table) -> str:
    whole = sum(column.width for column in table.columns)
    widths = "".join(
        f'<col style="width:{100 * column.width / whole:.1f}%">' for column in table.columns
    )
    classes = [' class="num"' if column.is_number else "" for column in table.columns]
    head = "".join(
        f'<th scope="col"{kind}>{escape(column.title)}</th>'
        for column, kind in zip(table.columns, classes, strict=True)
    )
    rows = "\n".join(
        "<tr>"
        + "".join(f"<td{kind}>{escape(cell)}</td>" for cell, kind in zip(row, classes, strict=True))
        + "</tr>"
        for row in table.rows
    )
    note = f'<p class="note">{escape(table.note)}</p>' if table.note else ""
    return (
        f'<div class="frame"><table><caption>{escape(table.title)}</caption>'
        f"<colgroup>{widths}</colgroup><thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>"
        f"</table></div>{note}"
    )
