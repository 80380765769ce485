"""Opening balance (存量): how long a unit has to complete the evidence of what it brought in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from yipanqi.rulebook.claims import Term
from yipanqi.rulebook.documents import Document
from yipanqi.rulebook.sources import Edition


@dataclass(frozen=True, slots=True)
class OpeningSheet(Edition):
    """The figures in force for opening balances; `terms` gives each with its grounds."""

    id: str
    valid_from: date
    terms: Mapping[str, Term]

    @property
    def evidence_days(self) -> int:
        """Within so many days of coming in the missing evidence is due."""
        return int(self.terms["evidence_days"].value)

    def due(self, day: date) -> date:
        """The last day for what came in on the day."""
        return day + timedelta(days=self.evidence_days)


TERMS: Mapping[str, tuple[str, str]] = {"evidence_days": ("存量项目补证期限", "天")}


def read(document: Document) -> OpeningSheet:
    """The sheet as typed figures; faults gather in the document."""
    document.allow("id", "valid_from", "notes", *TERMS)
    found = {key: term for key in TERMS if (term := _term(document, key)) is not None}
    for key in sorted(set(TERMS) - set(found)):
        document.add(1, f"缺少 [{key}]", f"补上{TERMS[key][0]}（{TERMS[key][1]}）")
    return OpeningSheet(document.id, document.top.day("valid_from"), found)


def _term(document: Document, key: str) -> Term | None:
    row = document.table(key)
    if row is None:
        return None
    row.allow("value", "source", "basis", "sample", "notes")
    source, basis = row.grounds()
    value = row.number("value")
    if value < 1 or value != value.to_integral_value():
        row.add("value", f"{TERMS[key][0]}应为正整数，现在是 {value}", "改成 1 以上的整数")
    return Term(key, value, source, basis, row.sample(basis))
