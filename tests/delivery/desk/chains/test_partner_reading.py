"""Files with leaders' lists, good and hostile: what is taken and what is said of the rest."""

import io
from zipfile import ZipFile

import openpyxl
import pytest

from yipanqi.delivery.desk.chains import partner_files, partner_reading, partner_template
from yipanqi.delivery.desk.chains.partner_files import Unreadable
from yipanqi.delivery.desk.chains.partner_reading import COLUMNS

LINKS = {"gcjx-yeya": "液压件", "gcjx-gang": "高强钢"}
CODE = "914301001838935829"
GOOD = ("供应商", "常州恒立液压件有限公司", "", "油缸", "液压件", 2018, "")


@pytest.fixture
def book(tmp_path):
    """Write rows below the header into a workbook, and read it."""

    def written(*rows, header=COLUMNS, title="名单", before=()):
        place = tmp_path / "名单.xlsx"
        made = openpyxl.Workbook()
        made.remove(made.active)
        for name in before:
            made.create_sheet(name).append(["别的内容"])
        sheet = made.create_sheet(title)
        for row in (header, *rows):
            sheet.append(row)
        made.save(place)
        return place

    return written


def read(place, name=None):
    return partner_reading.read(partner_files.table(place, name or place.name), LINKS)


def said(found):
    return [str(fault) for fault in found.faults]


def test_a_row_is_taken_with_its_number_and_the_link_by_its_name(book):
    (row,) = read(book(GOOD)).rows

    assert (row.number, row.kind, row.link, row.year) == (2, "supply", "gcjx-yeya", 2018)


def test_the_template_filled_in_is_read_back_and_its_example_passed_over(tmp_path):
    place = tmp_path / "模板.xlsx"
    place.write_bytes(partner_template.written("工程机械", list(LINKS.values())))
    filled = openpyxl.load_workbook(place)
    filled["名单"].append(GOOD)
    filled.save(place)

    found = read(place)

    assert (len(found.rows), found.examples, found.faults) == (1, 1, [])
    choices = filled["名单"].data_validations.dataValidation
    assert [each.formula1 for each in choices] == ["选项!$A$1:$A$2", "选项!$B$1:$B$2"]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (("", *GOOD[1:]), "第 2 行“类型”是空的：请填“供应商”或“采购商”；合并的单元格请先取消合并"),
        (("客户", *GOOD[1:]), "第 2 行“类型”写的是“客户”"),
        (("供应商", "", *GOOD[2:]), "第 2 行“企业名称”是空的：请写企业全称"),
        ((*GOOD[:4], "发动机", 2018), "第 2 行“环节”写的是“发动机”：本链没有这个环节"),
        ((*GOOD[:5], "二〇一八"), "第 2 行“年份”写的是“二〇一八”：请写四位数字"),
        ((*GOOD[:5], 2999), "第 2 行“年份”写的是“2999”"),
        (("供应商", "某某厂", CODE[:-1] + "A"), "不是有效的18位统一社会信用代码"),
        (("供应商", "某某厂", 914301001838935820), "被存成了数字，末几位已经丢失"),
        (("供应商", "某某厂", "", '=HYPERLINK("http://x","y")'), "第 2 行“产品”写的是“=HYPERLINK"),
        (("供应商", "+86 某某厂"), "会被表格软件当作公式"),
        (("供应商", "#REF!"), "错误值"),
        (("供应商", "厂" * 201), "超过 200 个字"),
        (("供应商", "机密★某厂"), "国家秘密"),
    ],
)
def test_a_wrong_row_is_told_by_row_column_value_and_remedy(book, row, says):
    found = read(book(row, GOOD))

    assert says in said(found)[0]
    assert [each.number for each in found.rows] == [3]
    assert found.wrong == 1


def test_a_formula_in_a_workbook_is_refused_whatever_it_last_showed(book):
    assert "这是公式" in said(read(book(("供应商", '="某某"&"厂"'))))[0]


def test_a_code_is_taken_as_text_and_a_year_as_a_figure_or_a_word(book):
    (row,) = read(book(("采购", "某某厂", f" {CODE} ", "", "gcjx-gang", "2018"))).rows

    assert (row.code, row.kind, row.link, row.year) == (CODE, "purchase", "gcjx-gang", 2018)


def test_the_same_statement_is_taken_once(book):
    found = read(book(GOOD, GOOD, (*GOOD[:3], "泵")))

    assert ([each.number for each in found.rows], found.repeated) == ([2, 4], [(3, 2)])


def test_the_rows_a_merged_cell_leaves_empty_are_told(book):
    place = book(GOOD, ("", *GOOD[1:3], "泵"))
    made = openpyxl.load_workbook(place)
    made.active.merge_cells("A2:A3")
    made.save(place)

    assert "合并的单元格请先取消合并" in said(read(place))[0]


def test_the_sheet_with_the_header_is_found_behind_others(book):
    assert len(read(book(GOOD, before=("封面", "说明"))).rows) == 1


def test_a_workbook_without_the_header_is_refused_with_its_sheets_named(book):
    with pytest.raises(Unreadable, match=r"别的表.*没有“企业名称”"):
        read(book(GOOD, header=("甲", "乙"), title="别的表"))


def test_a_header_without_a_needed_column_or_with_one_twice_is_refused(book):
    with pytest.raises(Unreadable, match="缺少“类型”列"):
        read(book(GOOD[1:], header=COLUMNS[1:]))
    with pytest.raises(Unreadable, match="“产品”出现了两列"):
        read(book(GOOD, header=(*COLUMNS, "产品")))


def test_unknown_columns_are_named_and_not_read(book):
    found = read(book((*GOOD, "张三"), header=(*COLUMNS, "联系人")))

    assert (found.unknown_columns, len(found.rows)) == (("联系人",), 1)


def test_a_workbook_of_a_hundred_thousand_rows_is_refused_before_it_is_all_read(tmp_path):
    place = tmp_path / "大.xlsx"
    made = openpyxl.Workbook(write_only=True)
    sheet = made.create_sheet("名单")
    sheet.append(COLUMNS)
    for number in range(partner_files.MOST_ROWS + 1):
        sheet.append(("供应商", f"某某{number}厂"))
    made.save(place)

    with pytest.raises(Unreadable, match=f"超过 {partner_files.MOST_ROWS} 行"):
        read(place)


def test_a_damaged_workbook_is_refused_in_words(book, tmp_path):
    torn = tmp_path / "坏.xlsx"
    torn.write_bytes(book(GOOD).read_bytes()[:900])
    with pytest.raises(Unreadable, match="不是完好的 Excel"):
        read(torn)
    whole = io.BytesIO()
    with ZipFile(whole, "w") as package:
        package.writestr("a.txt", "x")
    torn.write_bytes(whole.getvalue())
    with pytest.raises(Unreadable, match="不是完好的 Excel"):
        read(torn)


def test_an_old_workbook_or_another_file_is_refused_in_words(tmp_path):
    with pytest.raises(Unreadable, match="旧版"):
        read(tmp_path / "名单.xls")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_text_is_read_in_either_encoding_with_rows_counted_as_a_spreadsheet_does(
    tmp_path, encoding
):
    place = tmp_path / "名单.csv"
    lines = ("类型,企业名称,产品", "供应商,某某液压厂,油缸", "", '采购商,=cmd|calc,"泵', '阀"')
    place.write_text("\n".join(lines), encoding)

    found = read(place)

    assert [(each.number, each.product) for each in found.rows] == [(2, "油缸")]
    assert said(found) == [
        "第 4 行“企业名称”写的是“=cmd|calc”：这是公式；请选择性粘贴为数值后再上传"
    ]


def test_marks_that_cannot_be_seen_are_taken_away(tmp_path):
    place = tmp_path / "名单.csv"
    place.write_text("类型,企业名称\n供应商,某某\u202e液压\x00厂\n", "utf-8")

    assert [each.name for each in read(place).rows] == ["某某液压厂"]
