"""What a paper holds, whatever it is written as: sections of paragraphs, tables and charts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of plain text; a note is set smaller."""

    text: str
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, its share of the width, and whether it holds numbers."""

    title: str
    width: int
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head that repeats on each page; the note tells source and definitions."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing as SVG of the given size in pixels; `described` says in words what it shows."""

    title: str
    svg: str
    width: int
    height: int
    described: str
    note: str = ""


Block = Paragraph | Table | Chart


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it; level 1 is a part of the paper, 2 a part of a part."""

    title: str
    blocks: tuple[Block, ...]
    level: int = 1


@dataclass(frozen=True, slots=True)
class Report:
    """A whole paper. `as_of` is an ISO day or None, `marks` are the words of caution at its head.

    `watermark` is written over every page, empty for real data.
    """

    title: str
    subtitle: str
    as_of: str | None
    marks: tuple[str, ...]
    watermark: str
    sections: tuple[Section, ...]

    @property
    def as_of_words(self) -> str:
        """The day the data reach to, as printed."""
        return f"数据截至 {self.as_of}" if self.as_of else "数据截止日期未注明"
