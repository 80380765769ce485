"""准入评审: who countersigns within which days, which bodies decide, what is scored and vetoed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from yipanqi.rulebook import documents, scheme_rows
from yipanqi.rulebook.claims import Term
from yipanqi.rulebook.conditions import Facts, Rule, truth
from yipanqi.rulebook.documents import Document, Row
from yipanqi.rulebook.scoring import Scheme
from yipanqi.rulebook.sources import Basis, Edition
from yipanqi.vocab.admission import Grade, Outcome


@dataclass(frozen=True, slots=True)
class Countersign:
    """A department that is asked for its grade and comment, and on what."""

    unit: str
    matter: str
    days: int
    when: Rule
    source: str
    basis: Basis
    sample: bool


@dataclass(frozen=True, slots=True)
class Body:
    """A meeting that decides, for the projects it decides on; the sheet's order is theirs."""

    code: str
    title: str
    when: Rule
    source: str
    basis: Basis
    sample: bool


@dataclass(frozen=True, slots=True)
class Veto:
    """One ground that alone keeps a project out (一票否决)."""

    code: str
    title: str
    source: str
    basis: Basis
    sample: bool


@dataclass(frozen=True, slots=True)
class GradeRule:
    """What a grade means, and which outcomes remain possible while it stands."""

    code: Grade
    title: str
    allows: frozenset[Outcome]
    source: str
    basis: Basis
    sample: bool


@dataclass(frozen=True, slots=True)
class AdmissionSheet(Edition):
    """The rules of admission in force from a day."""

    id: str
    valid_from: date
    terms: Mapping[str, Term]
    countersigns: tuple[Countersign, ...]
    bodies: tuple[Body, ...]
    vetoes: tuple[Veto, ...]
    grades: tuple[GradeRule, ...]
    schemes: tuple[Scheme, ...]

    @property
    def remind_days(self) -> int:
        """Days before a countersign is due from which its department is reminded."""
        return int(self.terms["remind_days"].value)

    @property
    def condition_days(self) -> int:
        """Days in which a condition is to be met unless the minutes say otherwise."""
        return int(self.terms["condition_days"].value)

    @property
    def pass_share(self) -> Decimal:
        """The share (0-1) of a scheme's total from which a pass is advised."""
        return self.terms["pass_share"].value

    def countersigns_for(self, facts: Facts) -> tuple[Countersign, ...]:
        """The departments to ask; where it cannot be told, they are asked."""
        return tuple(row for row in self.countersigns if truth(row.when, facts) is not False)

    def bodies_for(self, facts: Facts) -> tuple[Body, ...]:
        """The bodies that decide, in order; where it cannot be told, they do."""
        return tuple(row for row in self.bodies if truth(row.when, facts) is not False)

    def schemes_for(self, facts: Facts) -> tuple[Scheme, ...]:
        """The schemes to score by."""
        return tuple(each for each in self.schemes if truth(each.when, facts) is not False)

    def veto(self, code: str) -> Veto | None:
        """The veto of that code, if the sheet has it."""
        return next((row for row in self.vetoes if row.code == code), None)

    def allowed(self, grades: tuple[Grade, ...], *, is_vetoed: bool) -> frozenset[Outcome]:
        """The outcomes still possible under these grades; a veto leaves only the rejection."""
        if is_vetoed:
            return frozenset({Outcome.REJECTED})
        left = frozenset(Outcome)
        for row in self.grades:
            if row.code in grades:
                left &= row.allows
        return left | {Outcome.REJECTED}


TERMS: Mapping[str, str] = {
    "remind_days": "会签到期前提醒天数",
    "condition_days": "附带条件默认落实天数",
    "pass_share": "建议通过的得分比例",
}


def read(document: Document) -> AdmissionSheet:
    """The sheet as typed rows; faults gather in the document."""
    document.allow(
        "id", "valid_from", "notes", "countersign", "body", "veto", "grade", "scheme",
        "indicator", *TERMS,
    )  # fmt: skip
    terms = {key: term for key in TERMS if (term := _term(document, key)) is not None}
    for key in sorted(set(TERMS) - set(terms)):
        document.add(1, f"缺少 [{key}]", f"补上{TERMS[key]}（{key}）")
    return AdmissionSheet(
        document.id,
        document.top.day("valid_from"),
        terms,
        tuple(_countersign(row) for row in _rows(document, "countersign", "unit")),
        tuple(_body(row) for row in _rows(document, "body", "code")),
        tuple(_veto(row) for row in _rows(document, "veto", "code")),
        tuple(_grade(row) for row in _rows(document, "grade", "code")),
        scheme_rows.read(document),
    )


def _rows(document: Document, name: str, key: str) -> list[Row]:
    rows = document.rows(name)
    documents.unique(rows, key)
    return rows


def _term(document: Document, key: str) -> Term | None:
    row = document.table(key)
    if row is None:
        return None
    row.allow("value", "source", "basis", "sample", "notes")
    source, basis = row.grounds()
    value = row.number("value")
    if key.endswith("_share") and not 0 <= value <= 1:
        row.add("value", f"{TERMS[key]}应在 0 与 1 之间，现在是 {value}", "60% 写成 0.6")
    if not key.endswith("_share") and (value < 0 or value != value.to_integral_value()):
        row.add("value", f"{TERMS[key]}应为非负整数，现在是 {value}", "改成整数")
    return Term(key, value, source, basis, row.sample(basis))


def _countersign(row: Row) -> Countersign:
    row.allow("unit", "matter", "days", "when", *_GROUNDS)
    source, basis = row.grounds()
    days = row.number("days")
    if days < 1 or days != days.to_integral_value():
        row.add("days", f"会签期限应为正整数，现在是 {days}", "改成天数，如 5")
    return Countersign(
        row.text("unit"), row.text("matter"), int(days), row.rule("when", required=False),
        source, basis, row.sample(basis),
    )  # fmt: skip


def _body(row: Row) -> Body:
    row.allow("code", "title", "when", *_GROUNDS)
    source, basis = row.grounds()
    when = row.rule("when", required=False)
    return Body(row.text("code"), row.text("title"), when, source, basis, row.sample(basis))


def _veto(row: Row) -> Veto:
    row.allow("code", "title", *_GROUNDS)
    source, basis = row.grounds()
    return Veto(row.text("code"), row.text("title"), source, basis, row.sample(basis))


def _grade(row: Row) -> GradeRule:
    row.allow("code", "title", "allows", *_GROUNDS)
    source, basis = row.grounds()
    written = row.texts("allows")
    for stray in sorted(set(written) - set(Outcome)):
        row.add("allows", f"不认识的结论“{stray}”", f"只能用：{'、'.join(Outcome)}")
    allows = frozenset(Outcome(each) for each in written if each in set(Outcome))
    return GradeRule(
        row.one_of("code", Grade), row.text("title"), allows, source, basis, row.sample(basis)
    )


_GROUNDS = ("source", "basis", "sample", "notes")
