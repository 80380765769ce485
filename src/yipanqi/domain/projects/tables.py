"""What a project has several of, as rows: components, years, phases and element needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from yipanqi.domain.projects.models import Project
from yipanqi.domain.projects.parts import Component, ElementNeed, Phase, YearPlan
from yipanqi.vocab import currencies
from yipanqi.vocab import project_kinds as kinds
from yipanqi.vocab.money import shown


@dataclass(frozen=True, slots=True)
class ComponentRow:
    """What is spent on one thing: fen at home, the project's foreign currency from abroad."""

    kind: str
    domestic_fen: int | None = None
    foreign_minor: int | None = None


@dataclass(frozen=True, slots=True)
class YearRow:
    """What is to be invested in a calendar year."""

    year: int
    amount_fen: int
    content: str = ""


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """A phase by its own number: "2" under the project, "2.1" under phase 2."""

    number: str
    title: str = ""
    amount_fen: int | None = None
    planned_start_on: date | None = None
    planned_finish_on: date | None = None
    content: str = ""

    @property
    def parent(self) -> str:
        """The number of the phase it stands under; "" under the project itself."""
        return self.number.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class NeedRow:
    """How much of an element is asked for, in the unit of kinds.NEED_UNITS, and by when."""

    kind: str
    amount: Decimal
    needed_on: date | None = None
    note: str = ""


Row = ComponentRow | YearRow | PhaseRow | NeedRow


def components(project: Project) -> list[ComponentRow]:
    """The components in the order of kinds.COMPONENTS."""
    rows = Component.objects.filter(project=project)
    found = [ComponentRow(each.kind, each.domestic_fen, each.foreign_minor) for each in rows]
    return sorted(found, key=lambda row: list(kinds.COMPONENTS).index(row.kind))


def component_fen(project: Project) -> dict[str, int | None]:
    """Each component of kinds.COMPONENTS in fen, domestic and foreign together; unknown is None."""
    known: dict[str, int | None] = dict.fromkeys(kinds.COMPONENTS)
    for each in Component.objects.filter(project=project):
        parts = [part for part in (each.domestic_fen, each.foreign_fen) if part is not None]
        known[each.kind] = sum(parts) if parts else None
    return known


def years(project: Project) -> list[YearRow]:
    """The plan by year, the earliest first."""
    rows = YearPlan.objects.filter(project=project).order_by("year")
    return [YearRow(each.year, each.amount_fen, each.content) for each in rows]


def phases(project: Project) -> list[PhaseRow]:
    """The phases by number: 1, 2, 2.1, 10."""
    rows = [
        PhaseRow(
            each.number,
            each.title,
            each.amount_fen,
            each.planned_start_on,
            each.planned_finish_on,
            each.content,
        )
        for each in Phase.objects.filter(project=project)
    ]
    return sorted(rows, key=place)


def needs(project: Project) -> list[NeedRow]:
    """The element needs in the order of kinds.NEEDS."""
    rows = ElementNeed.objects.filter(project=project)
    found = [NeedRow(each.kind, each.amount, each.needed_on, each.note) for each in rows]
    return sorted(found, key=lambda row: list(kinds.NEEDS).index(row.kind))


def place(row: PhaseRow) -> list[int]:
    """Where a phase stands among the others, by its number."""
    return [int(part) for part in row.number.split(".")]


def told(rows: Sequence[Row], currency: str = "") -> str:
    """The rows in words, as the ledger keeps them; "" for none."""
    return "；".join(_told(row, currency) for row in rows)


def _told(row: Row, currency: str) -> str:
    match row:
        case ComponentRow():
            foreign = (
                f"，外资 {currencies.shown(row.foreign_minor, currency=currency)}"
                if row.foreign_minor is not None and currency
                else ""
            )
            return f"{kinds.COMPONENTS[row.kind]} 内资 {shown(row.domestic_fen)}{foreign}"
        case YearRow():
            return f"{row.year} 年 {shown(row.amount_fen)} {row.content}".rstrip()
        case PhaseRow():
            days = f"{row.planned_start_on or ''}～{row.planned_finish_on or ''}".strip("～")
            words = (f"第 {row.number} 期", row.title, shown(row.amount_fen), days, row.content)
            return " ".join(word for word in words if word)
        case NeedRow():
            amount = f"{row.amount.normalize():f} {kinds.NEED_UNITS[row.kind]}"
            asked = (kinds.NEEDS[row.kind], amount, str(row.needed_on or ""), row.note)
            return " ".join(word for word in asked if word)
