"""A comparison of two cities as CSV or Excel, with what every figure is of and as of when."""

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import xlsxwriter
from django.http import HttpResponse

from yipanqi.delivery.desk import glossary
from yipanqi.engine.comparisons import Comparison, Pair, Side
from yipanqi.vocab import clock

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# A spreadsheet runs a cell that begins like this; a quote before it makes it text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_OF_A_SIDE = (
    "研判",
    "家数",
    "另销售",
    "注册资本万元",
    "区位商",
    "占全国",
    "占本市全链",
    "对策",
    "规则",
)

Cell = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class File:
    """The bytes of a table, their hash, and how the browser is told of them."""

    name: str
    kind: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The hash written in the ledger."""
        return hashlib.sha256(self.content).hexdigest()

    def answer(self) -> HttpResponse:
        """The file as a download."""
        found = HttpResponse(self.content, content_type=KINDS[self.kind])
        found["Content-Disposition"] = f'attachment; filename="{self.name}"'
        return found


def written(compared: Comparison, kind: str) -> File:
    """The comparison as a file of that kind (a key of KINDS)."""
    rows = list(table(compared))
    content = _csv(rows) if kind == "csv" else _xlsx(rows)
    codes = f"{compared.first.code}-{compared.second.code}"
    name = f"comparison-{compared.chain}-{codes}-{clock.today().isoformat()}.{kind}"
    return File(name, kind, content)


def title(compared: Comparison) -> str:
    """Which two cities and which chain."""
    return f"{compared.first.short_name}·{compared.second.short_name}·{compared.chain}"


def table(compared: Comparison) -> Iterator[Sequence[Cell]]:
    """The rows: a head, one per link, and the lines that say where the figures come from."""
    both = (compared.first.short_name, compared.second.short_name)
    yield ["环节", "位置", "全国家数", *(f"{city}{word}" for city in both for word in _OF_A_SIDE)]
    for pair in compared.pairs:
        yield _row(pair)
    yield []
    made = "合成数据，" if compared.synthetic else ""
    yield [f"{made}登记数据 {compared.snapshot}，截至 {compared.as_of or '未注明'}"]
    yield [f"规则 {compared.sheet}（{compared.sheet_digest[:16]}）"]
    apart = "未知" if compared.difference is None else str(compared.difference)
    yield [f"克鲁格曼差异指数 {apart}（0 至 2），相距 {compared.km} 公里"]
    counts = f"{both[0]} {compared.all_first} 家，{both[1]} {compared.all_second} 家"
    yield [f"区位商分母：{counts}，全国 {compared.all_national} 家（不含已注销）"]


def _row(pair: Pair) -> list[Cell]:
    return [
        pair.link, glossary.word("position", pair.position), pair.national,
        *_side(pair.first), *_side(pair.second),
    ]  # fmt: skip


def _side(side: Side) -> list[Cell]:
    return [
        side.status.label, side.enterprises, side.traders, side.capital_wan, side.quotient,
        side.share, side.part, side.action, side.rule,
    ]  # fmt: skip


def _csv(rows: Sequence[Sequence[Cell]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in rows:
        writer.writerow(["" if cell is None else _text(cell) for cell in row])
    # The mark at the start tells spreadsheets that the text is UTF-8.
    return out.getvalue().encode("utf-8-sig")


def _xlsx(rows: Sequence[Sequence[Cell]]) -> bytes:
    out = io.BytesIO()
    # Text stays text: nothing a registry says becomes a formula or a link.
    with xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet("两城对比")
        bold = book.add_format({"bold": True})
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                style = bold if number == 0 else None
                if isinstance(cell, int | Decimal):
                    sheet.write_number(number, place, float(cell), style)
                elif cell is not None:
                    sheet.write_string(number, place, cell, style)
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 24)
    return out.getvalue()


def _text(cell: str | int | Decimal) -> str:
    text = str(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(_FORMULA) else text
