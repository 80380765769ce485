"""What the rows of a leader's list say, and what is wrong with those that cannot be taken."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from yipanqi.delivery.desk.chains.partner_files import NAME, Cell, Table, Unreadable
from yipanqi.domain.industries.partner_kinds import PartnerKind
from yipanqi.vocab import clock, credit_codes, names
from yipanqi.vocab.labels import StateSecret, refuse_state_secrets

SIDE, CODE, PRODUCT, LINK, YEAR, NOTE = (
    "类型", "统一社会信用代码", "产品", "环节", "年份", "备注",
)  # fmt: skip
COLUMNS = (SIDE, NAME, CODE, PRODUCT, LINK, YEAR, NOTE)
# A name that begins so is the template's example and no statement.
EXAMPLE = "（示例）"
SIDES: Mapping[str, PartnerKind] = {
    "供应商": PartnerKind.SUPPLY,
    "供应": PartnerKind.SUPPLY,
    "采购商": PartnerKind.PURCHASE,
    "采购": PartnerKind.PURCHASE,
}
Add = Callable[[str, str], None]
_LONGEST = 200
_FIRST_YEAR = 1950
_EXACT_DIGITS = 15  # as many as Excel keeps of a number
# A spreadsheet that opens this text again would run it.
_STARTS = ("=", "+", "-", "@")
_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})


@dataclass(frozen=True, slots=True)
class Said:
    """One row as far as it can be taken: who, on which side, what, which link, which year."""

    number: int
    kind: PartnerKind
    name: str
    code: str = ""
    product: str = ""
    link: str = ""
    year: int | None = None
    note: str = ""

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two rows the same statement."""
        firm = self.code or names.key(self.name)
        return (self.kind, firm, names.key(self.product), self.link, self.year)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row: the column, what it says, and what to do."""

    number: int
    column: str
    value: str
    remedy: str

    def __str__(self) -> str:
        said = f"写的是“{self.value[:40]}”" if self.value else "是空的"
        return f"第 {self.number} 行“{self.column}”{said}：{self.remedy}"


@dataclass(slots=True)
class Read:
    """The rows to take, those that repeat an earlier one, the faults, and what was passed over."""

    rows: list[Said] = field(default_factory=list)
    # Number of the row, and of the earlier row it repeats.
    repeated: list[tuple[int, int]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    examples: int = 0
    unknown_columns: tuple[str, ...] = ()

    @property
    def wrong(self) -> int:
        """How many rows have a fault."""
        return len({fault.number for fault in self.faults})


def read(table: Table, links: Mapping[str, str]) -> Read:
    """The rows of the table; `links` are the chain's names by code. Raises Unreadable."""
    places = _places(table)
    found = Read(unknown_columns=tuple(
        title for title in table.header if title and title not in COLUMNS
    ))  # fmt: skip
    by_words = {
        **{code: code for code in links},
        **{names.key(each): code for code, each in links.items()},
    }
    seen: dict[tuple[object, ...], int] = {}
    for number, cells in table.lines:
        row = {
            title: cells[place] if place < len(cells) else Cell() for title, place in places.items()
        }
        if row[NAME].text.startswith(EXAMPLE):
            found.examples += 1
            continue
        said = _said(number, row, by_words, found.faults)
        if said is None:
            continue
        if (earlier := seen.setdefault(said.key, number)) != number:
            found.repeated.append((number, earlier))
        else:
            found.rows.append(said)
    return found


def _places(table: Table) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, title in enumerate(table.header):
        if title in COLUMNS and title in places:
            raise Unreadable(f"“{table.sheet}”里“{title}”出现了两列；请删去一列后再上传")
        if title in COLUMNS:
            places[title] = place
    missing = [title for title in (SIDE, NAME) if title not in places]
    if missing:
        raise Unreadable(
            f"“{table.sheet}”缺少“{'”“'.join(missing)}”列；请用下载的模板填写，不要改动表头"
        )
    return {**dict.fromkeys(COLUMNS, len(table.header) + 1), **places}


def _said(
    number: int, row: Mapping[str, Cell], links: Mapping[str, str], faults: list[Fault]
) -> Said | None:
    wrong: list[Fault] = []

    def add(column: str, remedy: str) -> None:
        wrong.append(Fault(number, column, row[column].text, remedy))

    for column, cell in row.items():
        if remedy := _unfit(cell):
            add(column, remedy)
    if not wrong:
        _check(row, links, add)
    faults.extend(wrong)
    if wrong:
        return None
    link, year = row[LINK].text, row[YEAR].text
    return Said(
        number=number,
        kind=SIDES[row[SIDE].text],
        name=row[NAME].text,
        code=row[CODE].text.upper().replace(" ", ""),
        product=row[PRODUCT].text,
        link=links[_word(link)] if link else "",
        year=int(year) if year else None,
        note=row[NOTE].text,
    )


def _unfit(cell: Cell) -> str:
    """Why the text may not be taken as it stands; empty when it may."""
    if cell.is_formula:
        return "这是公式；请选择性粘贴为数值后再上传"
    if not cell.is_number and cell.text.startswith(_STARTS):
        return "开头的符号会被表格软件当作公式；请删去"
    if cell.text in _ERRORS:
        return "这是表格的错误值；请改为实际内容"
    if len(cell.text) > _LONGEST:
        return f"超过 {_LONGEST} 个字；请核对是否错列"
    try:
        refuse_state_secrets(cell.text)
    except StateSecret as refusal:
        return str(refusal)
    return ""


def _check(row: Mapping[str, Cell], links: Mapping[str, str], add: Add) -> None:
    if row[SIDE].text not in SIDES:
        add(SIDE, "请填“供应商”或“采购商”；合并的单元格请先取消合并再逐行填满")
    if len(names.key(row[NAME].text)) < 2:  # noqa: PLR2004 -- one character names nobody
        add(NAME, "请写企业全称；合并的单元格请先取消合并再逐行填满")
    if row[LINK].text and _word(row[LINK].text) not in links:
        add(LINK, "本链没有这个环节；请从下拉列表选择，拿不准可留空")
    if remedy := _wrong_year(row[YEAR].text):
        add(YEAR, remedy)
    if remedy := _wrong_code(row[CODE]):
        add(CODE, remedy)


def _wrong_year(text: str) -> str:
    this = clock.today().year
    is_year = text.isascii() and text.isdigit() and _FIRST_YEAR <= int(text[:9]) <= this
    return "" if not text or is_year else f"请写四位数字，不晚于今年，如 {this}"


def _wrong_code(cell: Cell) -> str:
    if cell.is_number and len(cell.text) > _EXACT_DIGITS:
        return "被存成了数字，末几位已经丢失；请把这一列设为“文本”后重新填写"
    code = cell.text.upper().replace(" ", "")
    if code and not credit_codes.is_valid(code):
        return "不是有效的18位统一社会信用代码；请核对，不知道可留空"
    return ""


def _word(link: str) -> str:
    return link if link.isascii() else names.key(link)
