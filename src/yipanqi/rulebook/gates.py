"""What must be true before a project may enter a stage, and what is still missing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yipanqi.rulebook import documents
from yipanqi.rulebook.conditions import ALWAYS, Facts, Rule, truth, unknown
from yipanqi.rulebook.documents import Document, Row
from yipanqi.rulebook.sources import Basis, Edition


class Section(StrEnum):
    """The part of a project's record where a requirement is met."""

    INVESTOR = "investor"
    RESPONSIBILITY = "responsibility"
    AGREEMENT = "agreement"
    REGISTRATION = "registration"
    FILING = "filing"
    LAND = "land"
    CONSTRUCTION = "construction"
    MONEY = "money"
    COMPLETION = "completion"

    @property
    def label(self) -> str:
        """What officers call it."""
        return LABELS[self]


LABELS = {
    Section.INVESTOR: "投资主体",
    Section.RESPONSIBILITY: "责任分工",
    Section.AGREEMENT: "投资协议",
    Section.REGISTRATION: "工商注册",
    Section.FILING: "立项备案",
    Section.LAND: "用地",
    Section.CONSTRUCTION: "开工建设",
    Section.MONEY: "投资与到位资金",
    Section.COMPLETION: "竣工投产",
}


@dataclass(frozen=True, slots=True)
class Requirement:
    """One row: to enter `to` (a step or an ending), where `when` applies, `needs` must be true.

    `certified_by` names the units that certify it, by code; one that is not `waivable` rests on
    law and nobody may let it pass.
    """

    id: str
    to: str
    needs: Rule
    message: str
    remedy: str
    section: Section
    source: str
    basis: Basis
    when: Rule = ALWAYS
    sample: bool = False
    certified_by: tuple[str, ...] = ()
    waivable: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """How a gate stands: what is still missing, and what is missing but waived."""

    missing: tuple[Requirement, ...]
    waived: tuple[Requirement, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether the gate lets the project pass."""
        return not self.missing


@dataclass(frozen=True, slots=True)
class GateSheet(Edition):
    """The requirements in force from a day."""

    id: str
    valid_from: date
    requirements: tuple[Requirement, ...]
    inherits: str = ""

    def of(self, to: str) -> tuple[Requirement, ...]:
        """The requirements of one stage, met or not."""
        return tuple(row for row in self.requirements if row.to == to)

    def find(self, requirement: str) -> Requirement | None:
        """The requirement of that id, or None."""
        return next((row for row in self.requirements if row.id == requirement), None)


def answer(
    sheet: GateSheet, to: str, facts: Facts, waived: Collection[str] = frozenset()
) -> Answer:
    """How the gate stands for these facts, some of its rows (by id) being waived.

    A row that is met needs no waiver and is listed nowhere.
    """
    rows = unmet(sheet, to, facts)
    let_pass = tuple(row for row in rows if row.id in waived and row.waivable)
    return Answer(tuple(row for row in rows if row not in let_pass), let_pass)


def unmet(sheet: GateSheet, to: str, facts: Facts) -> tuple[Requirement, ...]:
    """What still stands between these facts and the stage; empty means the gate opens.

    An unknown `when` applies the row; an unknown `needs` is unmet.
    """
    return tuple(row for row in sheet.of(to) if applies(row, facts) and not met(row, facts))


def applies(row: Requirement, facts: Facts) -> bool:
    """Whether the row has to be met by this project; where it cannot be told, it has to."""
    return truth(row.when, facts) is not False


def met(row: Requirement, facts: Facts) -> bool:
    """Whether the row's needs are certainly true."""
    return truth(row.needs, facts) is True


def facts_missing(row: Requirement, facts: Facts) -> frozenset[str]:
    """The facts not yet known that keep the row unmet or make it apply."""
    if not applies(row, facts) or met(row, facts):
        return frozenset()
    return unknown(row.when, facts) | unknown(row.needs, facts)


def read(document: Document) -> GateSheet:
    """The sheet as typed rows; faults gather in the document."""
    document.allow("id", "valid_from", "inherits", "notes", "requirement")
    rows = document.rows("requirement")
    documents.unique(rows, "id")
    return GateSheet(
        document.id,
        document.top.day("valid_from"),
        tuple(_requirement(row) for row in rows),
        document.top.text("inherits", default=""),
    )


def _requirement(row: Row) -> Requirement:
    row.allow(*_KEYS)
    source, basis = row.grounds()
    return Requirement(
        id=row.text("id"),
        to=row.text("to"),
        needs=row.rule("needs"),
        message=row.text("message"),
        remedy=row.text("remedy"),
        section=row.one_of("section", Section),
        source=source,
        basis=basis,
        when=row.rule("when", required=False),
        sample=row.sample(basis),
        certified_by=row.texts("certified_by", some=False),
        waivable=row.flag("waivable", default=True),
    )


_KEYS = (
    "id", "to", "when", "needs", "message", "remedy", "section", "certified_by", "waivable",
    "source", "basis", "sample", "notes",
)  # fmt: skip
