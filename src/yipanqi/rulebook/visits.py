"""Planned visits: within how many days two units' plans for one enterprise collide."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from yipanqi.rulebook.claims import Term
from yipanqi.rulebook.documents import Document
from yipanqi.rulebook.sources import Edition


@dataclass(frozen=True, slots=True)
class VisitSheet(Edition):
    """The figures in force for planned visits; `terms` gives each with its grounds."""

    id: str
    valid_from: date
    terms: Mapping[str, Term]

    @property
    def collision_days(self) -> int:
        """Two plans at most this many days apart collide."""
        return int(self.terms["collision_days"].value)

    def window(self, day: date) -> tuple[date, date]:
        """The first and the last day whose plans collide with one on the day."""
        reach = timedelta(days=self.collision_days)
        return day - reach, day + reach


TERMS: Mapping[str, tuple[str, str]] = {"collision_days": ("接洽计划撞期", "天")}


def read(document: Document) -> VisitSheet:
    """The sheet as typed figures; faults gather in the document."""
    document.allow("id", "valid_from", "notes", *TERMS)
    found = {key: term for key in TERMS if (term := _term(document, key)) is not None}
    for key in sorted(set(TERMS) - set(found)):
        document.add(1, f"缺少 [{key}]", f"补上{TERMS[key][0]}（{TERMS[key][1]}）")
    return VisitSheet(document.id, document.top.day("valid_from"), found)


def _term(document: Document, key: str) -> Term | None:
    row = document.table(key)
    if row is None:
        return None
    row.allow("value", "source", "basis", "sample", "notes")
    source, basis = row.grounds()
    value = row.number("value")
    if value < 0 or value != value.to_integral_value():
        row.add("value", f"{TERMS[key][0]}应为非负整数，现在是 {value}", "改成整数")
    return Term(key, value, source, basis, row.sample(basis))
