"""A paper as a PDF, and a chart as a PNG, both set by typst."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from pathlib import Path

from yipanqi.delivery.papers import fonts, svg
from yipanqi.delivery.papers.content import Block, Chart, Report, Table

_DOTS_PER_INCH = 220
# A picture of one chart on a page of its own size; the words come as inputs, never as markup.
_PICTURE = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 510pt)
"""
# The PDF is dated by its data, so that the same data give the same bytes.
_UNDATED = datetime(1980, 1, 1, tzinfo=UTC)


def written(report: Report, *, font_folder: Path | None = None) -> bytes:
    """The paper as PDF. Raises fonts.NoChineseFont."""
    import typst  # noqa: PLC0415 -- only who writes a PDF needs it

    face = fonts.chosen(font_folder)
    made = typst.compile(
        _template(),
        format="pdf",
        font_paths=fonts.book(font_folder),
        sys_inputs={"report": json.dumps(_told(report, face), ensure_ascii=False), "font": face},
        timestamp=int(dated(report).timestamp()),
    )
    assert isinstance(made, bytes)
    return made


def pictured(chart: Chart, *, font_folder: Path | None = None) -> bytes:
    """The chart as PNG. Raises fonts.NoChineseFont."""
    import typst  # noqa: PLC0415 -- only who writes a picture needs it

    made = typst.compile(
        _PICTURE,
        format="png",
        ppi=_DOTS_PER_INCH,
        font_paths=fonts.book(font_folder),
        sys_inputs={"svg": _set_in(chart.svg, fonts.chosen(font_folder))},
    )
    assert isinstance(made, bytes)
    return made


def dated(report: Report) -> datetime:
    """The day a paper is dated: that of its data, for want of it a fixed one."""
    if report.as_of is None:
        return _UNDATED
    return datetime.fromisoformat(report.as_of).replace(tzinfo=UTC)


@cache
def _template() -> bytes:
    return resources.files(__package__).joinpath("paper.typ").read_bytes()


def _told(report: Report, face: str) -> Mapping[str, object]:
    return {
        "title": report.title,
        "subtitle": report.subtitle,
        "as_of_words": report.as_of_words,
        "marks": report.marks,
        "watermark": report.watermark,
        "sections": [
            {
                "title": section.title,
                "level": section.level,
                "blocks": [_block(block, face) for block in section.blocks],
            }
            for section in report.sections
        ],
    }


def _block(block: Block, face: str) -> Mapping[str, object]:
    told = asdict(block)
    if isinstance(block, Chart):
        return {**told, "kind": "chart", "svg": _set_in(block.svg, face)}
    return {**told, "kind": "table" if isinstance(block, Table) else "paragraph"}


def _set_in(drawn: str, face: str) -> str:
    return drawn.replace(f'font-family="{svg.FONT}"', f'font-family="{face}"', 1)
