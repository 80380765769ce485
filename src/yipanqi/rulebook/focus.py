"""两主一特 and 一主一特: which industries are at home in which park (长政发〔2017〕30号 第三条)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yipanqi.rulebook import documents
from yipanqi.rulebook.documents import Document, Row
from yipanqi.rulebook.sources import Basis, Edition


class NoSuchPark(LookupError):
    """The sheet in force says nothing of that park."""


class Level(StrEnum):
    """Rank of a park; the rule for its focus depends on it."""

    NATIONAL = "national"
    PROVINCIAL = "provincial"

    @property
    def label(self) -> str:
        """What officers call it."""
        return {"national": "国家级", "provincial": "省级"}[self.value]

    @property
    def leading_allowed(self) -> int:
        """How many leading industries a park of this rank has: 两主一特, 一主一特."""
        return {"national": 2, "provincial": 1}[self.value]


class Standing(StrEnum):
    """How an industry stands in a park."""

    LEADING = "leading"
    SPECIAL = "special"
    ELSEWHERE = "elsewhere"
    NOWHERE = "nowhere"
    EXEMPT = "exempt"

    @property
    def label(self) -> str:
        """What officers call it."""
        return STANDINGS[self]


STANDINGS = {
    Standing.LEADING: "主导产业",
    Standing.SPECIAL: "特色产业",
    Standing.ELSEWHERE: "其他园区的主导或特色产业",
    Standing.NOWHERE: "全市园区均未列为主导或特色产业",
    Standing.EXEMPT: "功能性区域，不适用产业分区",
}


@dataclass(frozen=True, slots=True)
class Focus:
    """One park's leading and special industries, as chain codes or industry names.

    `exempt` says why a functional zone has none.
    """

    park: str
    leading: tuple[str, ...]
    special: str
    source: str
    basis: Basis
    exempt: str = ""

    @property
    def industries(self) -> tuple[str, ...]:
        """All industries at home in the park."""
        return (*self.leading, self.special) if self.special else self.leading


@dataclass(frozen=True, slots=True)
class FocusSheet(Edition):
    """The division of industries among the parks."""

    id: str
    valid_from: date
    parks: tuple[Focus, ...]

    def find(self, park: str) -> Focus:
        """The park's row. Raises NoSuchPark."""
        for row in self.parks:
            if row.park == park:
                return row
        raise NoSuchPark(f"产业分区表 {self.id} 里没有园区“{park}”，请补上该园区的主导与特色产业")


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether an industry is at home in a park, and the parks where it is."""

    park: str
    industry: str
    standing: Standing
    homes: tuple[str, ...]
    source: str
    basis: Basis

    @property
    def at_home(self) -> bool:
        """Whether the park may take the industry without competing with a neighbour's."""
        return self.standing not in {Standing.ELSEWHERE, Standing.NOWHERE}


def fit(sheet: FocusSheet, industry: str, park: str) -> Fit:
    """How the industry (chain code or name) stands in the park. Raises NoSuchPark."""
    row = sheet.find(park)
    homes = tuple(other.park for other in sheet.parks if industry in other.industries)
    return Fit(park, industry, _standing(row, industry, homes), homes, row.source, row.basis)


def _standing(row: Focus, industry: str, homes: tuple[str, ...]) -> Standing:
    if row.exempt:
        return Standing.EXEMPT
    if industry in row.leading:
        return Standing.LEADING
    if industry == row.special:
        return Standing.SPECIAL
    return Standing.ELSEWHERE if homes else Standing.NOWHERE


def read(document: Document) -> FocusSheet:
    """The sheet as typed rows; faults gather in the document."""
    document.allow("id", "valid_from", "notes", "focus")
    rows = document.rows("focus")
    documents.unique(rows, "park")
    parks = tuple(_focus(row) for row in rows)
    return FocusSheet(document.id, document.top.day("valid_from"), parks)


def _focus(row: Row) -> Focus:
    row.allow("park", "leading", "special", "exempt", "source", "basis", "notes")
    source, basis = row.grounds()
    exempt = row.text("exempt", default="")
    if exempt and ("leading" in row.written or "special" in row.written):
        row.add("exempt", "已写明不适用，却又列了产业", "两者只写一种")
    leading = () if exempt else row.texts("leading")
    special = "" if exempt else row.text("special")
    if special in leading:
        row.add("special", f"特色产业“{special}”同时列为主导产业", "换一个特色产业")
    return Focus(row.text("park"), leading, special, source, basis, exempt)
