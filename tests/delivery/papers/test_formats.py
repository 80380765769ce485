"""A paper is written the same each time, and what it holds stays text in every form."""

import io
import zipfile
from html.parser import HTMLParser

import docx
import pytest
from tests.delivery.papers import cases

from yipanqi.delivery.papers import chain_report, fonts, formats
from yipanqi.delivery.papers.formats import CannotWrite, Format

EVIL = "<script>alert(1)</script>#{sys.exit()} & “A”有限公司"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def chinese():
    """A Chinese font, without which neither PDF nor pictures are set."""
    try:
        fonts.chosen()
    except fonts.NoChineseFont as missing:
        pytest.skip(str(missing))


def paper(**more):
    return chain_report.report(cases.findings(targets=(cases.target(name=EVIL),), **more))


@pytest.mark.parametrize("form", list(Format))
def test_the_same_paper_gives_the_same_bytes(form, chinese):
    assert formats.written(paper(), form) == formats.written(paper(), form)


def test_a_pdf_is_one(chinese):
    assert formats.written(paper(), Format.PDF).startswith(b"%PDF-")


def test_no_word_of_the_registry_becomes_markup_in_html():
    page = formats.written(paper(), Format.HTML).decode()
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_html_needs_nothing_from_elsewhere():
    page = formats.written(paper(synthetic=True), Format.HTML).decode()
    seen = Seen()
    seen.feed(page)
    assert seen.addresses <= {f"#s{number}" for number in range(9)}
    assert 'class="watermark"' in page


def test_a_word_document_has_headings_heads_that_repeat_and_chinese_fonts(chinese):
    document = docx.Document(io.BytesIO(formats.written(paper(), Format.DOCX)))
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert heads[:3] == ["摘要", "全景图", "全国分布"]
    assert all(t.rows[0]._tr.trPr.find(f"{_WORD}tblHeader") is not None for t in document.tables)
    normal = document.styles["Normal"].element.rPr.rFonts
    assert normal.get(f"{_WORD}eastAsia") == "宋体"
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert EVIL in cells


def test_a_word_document_tells_its_as_of_on_each_page_and_numbers_them(chinese):
    document = docx.Document(io.BytesIO(formats.written(paper(synthetic=True), Format.DOCX)))
    page = document.sections[0]
    assert page.header.paragraphs[0].text == "长沙泵产业链报告　数据截至 2016-12-31　合成数据"
    assert "PAGE" in page.footer._element.xml
    assert document.core_properties.created.date().isoformat() == "2016-12-31"


def test_a_word_document_carries_no_hour_of_writing(chinese):
    made = io.BytesIO(formats.written(paper(), Format.DOCX))
    with zipfile.ZipFile(made) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert len([n for n in packed.namelist() if n.startswith("word/media/")]) >= 4


def test_without_a_chinese_font_nothing_is_written_and_the_remedy_is_named(monkeypatch):
    monkeypatch.setattr(fonts, "KNOWN", ("没有这种字体",))
    with pytest.raises(CannotWrite, match="fonts-noto-cjk"):
        formats.written(paper(), Format.PDF)
    assert formats.written(paper(), Format.HTML)


class Seen(HTMLParser):
    """The addresses a page points to."""

    def __init__(self):
        super().__init__()
        self.addresses = set()

    def handle_starttag(self, _tag, attrs):
        self.addresses |= {value for name, value in attrs if name in {"src", "href"}}
