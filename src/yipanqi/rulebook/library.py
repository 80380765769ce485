"""All sheets of a city and its districts and parks, and which of them is in force on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from yipanqi.rulebook.admission import AdmissionSheet
from yipanqi.rulebook.claims import ClaimSheet
from yipanqi.rulebook.focus import FocusSheet
from yipanqi.rulebook.gates import GateSheet
from yipanqi.rulebook.inheritance import merged, merged_terms
from yipanqi.rulebook.investments import InvestmentSheet
from yipanqi.rulebook.opening import OpeningSheet
from yipanqi.rulebook.ranking import AffiliateSheet, RankingSheet
from yipanqi.rulebook.roles import RoleSheet
from yipanqi.rulebook.sheets import Sheet
from yipanqi.rulebook.stages import StageSheet
from yipanqi.rulebook.triage import TriageSheet
from yipanqi.rulebook.verdicts import VerdictSheet
from yipanqi.rulebook.visits import VisitSheet

Of = TypeVar("Of", bound=Sheet)


class NotInForce(LookupError):
    """No sheet of the kind was in force on that day."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A sheet and where it belongs: the city ("") or a unit's code, and its path in the pack."""

    unit: str
    name: str
    sheet: Sheet


@dataclass(frozen=True, slots=True)
class Library:
    """The sheets, and each unit's parent by code ("" above the root)."""

    placed: tuple[Placed, ...]
    parents: Mapping[str, str]

    def gates(self, *, on: date, unit: str = "") -> GateSheet:
        """The gates in force for the city, or for a unit: the city's, tightened by those above it.

        Raises NotInForce.
        """
        sheet = self.city(GateSheet, on=on)
        for above in self.ancestry(unit):
            if own := self.own(GateSheet, on=on, unit=above):
                sheet = merged(sheet, own)
        return sheet

    def claims(self, *, on: date, unit: str = "") -> ClaimSheet:
        """The figures for claims in force for the city or a unit. Raises NotInForce."""
        sheet = self.city(ClaimSheet, on=on)
        for above in self.ancestry(unit):
            if own := self.own(ClaimSheet, on=on, unit=above):
                sheet = merged_terms(sheet, own)
        return sheet

    def stages(self, *, on: date) -> StageSheet:
        """The steps in force. Raises NotInForce."""
        return self.city(StageSheet, on=on)

    def roles(self, *, on: date) -> RoleSheet:
        """The roles in force. Raises NotInForce."""
        return self.city(RoleSheet, on=on)

    def focus(self, *, on: date) -> FocusSheet:
        """The division of industries among parks in force. Raises NotInForce."""
        return self.city(FocusSheet, on=on)

    def diagnosis(self, *, on: date) -> VerdictSheet:
        """The rules of diagnosis in force. Raises NotInForce."""
        return self.city(VerdictSheet, on=on)

    def ranking(self, *, on: date) -> RankingSheet:
        """The features of ranking in force. Raises NotInForce."""
        return self.city(RankingSheet, on=on)

    def affiliates(self, *, on: date) -> AffiliateSheet:
        """The features by which missing businesses are ranked. Raises NotInForce."""
        return self.city(AffiliateSheet, on=on)

    def visits(self, *, on: date) -> VisitSheet:
        """The figures for planned visits in force. Raises NotInForce."""
        return self.city(VisitSheet, on=on)

    def investments(self, *, on: date) -> InvestmentSheet | None:
        """The definitions of fixed investment in force; None where the city has none yet."""
        return self.own(InvestmentSheet, on=on)

    def signals(self, *, on: date) -> TriageSheet:
        """The figures for signals in force. Raises NotInForce."""
        return self.city(TriageSheet, on=on)

    def opening(self, *, on: date) -> OpeningSheet:
        """The figures for opening balances in force. Raises NotInForce."""
        return self.city(OpeningSheet, on=on)

    def admission(self, *, on: date) -> AdmissionSheet:
        """The rules of admission reviews in force. Raises NotInForce."""
        return self.city(AdmissionSheet, on=on)

    def city(self, kind: type[Of], *, on: date) -> Of:
        """The city's own sheet of a kind in force on the day. Raises NotInForce."""
        sheet = self.own(kind, on=on)
        if sheet is None:
            raise NotInForce(f"{on} 没有生效的 {NAMES[kind]} 规则表，请补一份生效日不晚于当日的")
        return sheet

    def own(self, kind: type[Of], *, on: date, unit: str = "") -> Of | None:
        """A unit's own sheet of a kind in force on the day, nothing inherited; None if none is."""
        begun = [sheet for sheet in self.all_of(kind, unit=unit) if sheet.valid_from <= on]
        return begun[-1] if begun else None

    def all_of(self, kind: type[Of], *, unit: str = "") -> tuple[Of, ...]:
        """Every sheet of a kind of one unit, by day."""
        sheets = [p.sheet for p in self.placed if p.unit == unit and isinstance(p.sheet, kind)]
        return tuple(sorted(sheets, key=lambda sheet: sheet.valid_from))

    def ancestry(self, unit: str) -> tuple[str, ...]:
        """The unit and those above it, from the root down; nothing for the city itself."""
        line: list[str] = []
        while unit and unit not in line:
            line.append(unit)
            unit = self.parents.get(unit, "")
        return tuple(reversed(line))


NAMES: Mapping[type, str] = {
    GateSheet: "gates",
    ClaimSheet: "claims",
    StageSheet: "stages",
    RoleSheet: "roles",
    FocusSheet: "focus",
    VerdictSheet: "diagnosis",
    RankingSheet: "ranking",
    AffiliateSheet: "affiliates",
    VisitSheet: "visits",
    OpeningSheet: "opening",
    InvestmentSheet: "investments",
    AdmissionSheet: "admission",
    TriageSheet: "signals",
}
