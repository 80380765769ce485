"""What Word needs said in its own XML: fonts for Chinese, repeated heads, page numbers."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document

CHARTS_WIDE_MM = 174
# The id Word gives the style “Table Text”.
TABLE_TEXT = "TableText"
_LATIN, _CHINESE, _HEADS = "Times New Roman", "宋体", "黑体"
_INK, _MUTED, _RULE = "1F2A37", "556070", "C5CDD8"
# Style, size in points, bold, colour, font of its Chinese.
_STYLES = (
    ("Normal", 10.5, False, _INK, _CHINESE),
    ("Title", 22, True, _INK, _HEADS),
    ("Subtitle", 10.5, False, _MUTED, _CHINESE),
    ("Heading 1", 16, True, _INK, _HEADS),
    ("Heading 2", 13, True, _INK, _HEADS),
    ("Caption", 10.5, True, _INK, _HEADS),
    ("List Bullet", 10, False, _INK, _CHINESE),
    ("Note", 8.5, False, _MUTED, _CHINESE),
    ("Table Text", 8, False, _INK, _CHINESE),
    ("Header", 8.5, False, _MUTED, _CHINESE),
    ("Footer", 8.5, False, _MUTED, _CHINESE),
)


def page_of_a4(document: "Document") -> None:
    """Set the page to A4 with margins that leave CHARTS_WIDE_MM."""
    from docx.shared import Mm  # noqa: PLC0415 -- only who writes a Word document needs it

    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(18)
    page.top_margin, page.bottom_margin = Mm(22), Mm(18)


def chinese(document: "Document") -> None:
    """Give every style we use a Chinese font besides the Latin one, and the language."""
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415
    from docx.shared import Pt, RGBColor  # noqa: PLC0415

    for name, size, is_bold, colour, font in _STYLES:
        if name not in document.styles:
            document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style: Any = document.styles[name]
        style.font.size, style.font.bold, style.font.italic = Pt(size), is_bold, False
        style.font.name, style.font.color.rgb = _LATIN, RGBColor.from_string(colour)
        _set_fonts(style.element.get_or_add_rPr(), font)
    for name, before, after in (
        ("Caption", 10, 4), ("Note", 2, 8), ("Table Text", 0, 0), ("Heading 1", 18, 6),
    ):  # fmt: skip
        spaced: Any = document.styles[name]
        spaced.paragraph_format.space_before = Pt(before)
        spaced.paragraph_format.space_after = Pt(after)
    captions: Any = document.styles["Caption"]
    captions.paragraph_format.keep_with_next = True


def numbered_pages(document: "Document", title: str, as_of: str, watermark: str) -> None:
    """Put title and as-of at the head of each page, and its number at the foot."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415

    page = document.sections[0]
    head = page.header.paragraphs[0]
    head.add_run("　".join(part for part in (title, as_of, watermark) if part))
    foot = page.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _field(foot, "PAGE")
    foot.add_run(" / ")
    _field(foot, "NUMPAGES")


def repeated(row: Any) -> None:
    """Repeat this row at the top of each page its table runs over."""
    _flag(row._tr.get_or_add_trPr(), "w:tblHeader")


def whole_row(row: Any) -> None:
    """Keep the row on one page."""
    _flag(row._tr.get_or_add_trPr(), "w:cantSplit")


def shaded(row: Any) -> None:
    """Shade the cells of a head, its words bold."""
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    for cell in row.cells:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", "EEF1F5")):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shade)
        for run in cell.paragraphs[0].runs:
            run.font.bold = True


def bordered(table: Any) -> None:
    """Draw thin lines round every cell."""
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", _RULE)):
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
    table._tbl.tblPr.append(borders)


def _set_fonts(properties: Any, font: str) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    fonts = properties.get_or_add_rFonts()
    # A theme's font would win over the named one.
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name, value in (("ascii", _LATIN), ("hAnsi", _LATIN), ("eastAsia", font)):
        fonts.set(qn(f"w:{name}"), value)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    properties.append(language)


def _field(paragraph: Any, code: str) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _flag(properties: Any, name: str) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    element = OxmlElement(name)
    element.set(qn("w:val"), "true")
    properties.append(element)
