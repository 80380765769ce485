"""The forms a paper is written in, and the one way to write it."""

from enum import StrEnum
from pathlib import Path

from yipanqi.delivery.papers import fonts, typesetting, web_page, word
from yipanqi.delivery.papers.content import Report


class Format(StrEnum):
    """HTML, Word or PDF; the value is the file's suffix."""

    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"

    @property
    def label(self) -> str:
        """What people call it."""
        return {"html": "网页", "docx": "Word", "pdf": "PDF"}[self.value]

    @property
    def mime(self) -> str:
        """The content type to send it with."""
        return _MIMES[self]


class CannotWrite(Exception):
    """The paper cannot be written in that form here; the message says what to do."""


def written(report: Report, form: Format, *, font_folder: Path | None = None) -> bytes:
    """The paper as bytes, the same for the same paper on one machine. Raises CannotWrite."""
    try:
        if form is Format.HTML:
            return web_page.written(report)
        if form is Format.DOCX:
            return word.written(report, font_folder=font_folder)
        return typesetting.written(report, font_folder=font_folder)
    except fonts.NoChineseFont as missing:
        raise CannotWrite(str(missing)) from missing
    except ModuleNotFoundError as missing:
        raise CannotWrite(
            f"没有安装 {missing.name}，不能生成 {form.value}；请运行 pip install 'yipanqi[papers]'"
        ) from missing


_MIMES = {
    Format.HTML: "text/html; charset=utf-8",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.PDF: "application/pdf",
}
