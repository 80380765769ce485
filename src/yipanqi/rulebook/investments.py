"""Definitions of fixed investment: which components each policy or scheme counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from yipanqi.rulebook import documents
from yipanqi.rulebook.documents import Document, Row
from yipanqi.rulebook.sources import Basis, Edition
from yipanqi.vocab.project_kinds import COMPONENTS


@dataclass(frozen=True, slots=True)
class Definition:
    """One definition of fixed investment: the components it counts, and where it is written."""

    code: str
    label: str
    counts: tuple[str, ...]
    source: str
    basis: Basis
    sample: bool = False

    @property
    def words(self) -> str:
        """What it counts, as officers read it."""
        return "＋".join(COMPONENTS[kind] for kind in self.counts)


@dataclass(frozen=True, slots=True)
class InvestmentSheet(Edition):
    """The definitions a city uses."""

    id: str
    valid_from: date
    definitions: tuple[Definition, ...]

    def find(self, code: str) -> Definition | None:
        """The definition of that code, or None."""
        return next((each for each in self.definitions if each.code == code), None)


@dataclass(frozen=True, slots=True)
class Counted:
    """Fixed investment by a definition; `fen` is None while a component it counts is unknown.

    `known_fen` is the sum of those known, `missing` names the others.
    """

    definition: Definition
    fen: int | None
    known_fen: int
    missing: tuple[str, ...]


def fixed_investment(components: Mapping[str, int | None], *, by: Definition) -> Counted:
    """The sum in fen of the components (code -> fen, None where unknown) the definition counts."""
    missing = tuple(kind for kind in by.counts if components.get(kind) is None)
    known = sum(components.get(kind) or 0 for kind in by.counts)
    return Counted(by, None if missing else known, known, missing)


def read(document: Document) -> InvestmentSheet:
    """The sheet as typed definitions; faults gather in the document."""
    document.allow("id", "valid_from", "notes", "definition")
    rows = document.rows("definition")
    documents.unique(rows, "code")
    found = tuple(_definition(row) for row in rows)
    return InvestmentSheet(document.id, document.top.day("valid_from"), found)


def _definition(row: Row) -> Definition:
    row.allow("code", "label", "counts", "source", "basis", "sample", "notes")
    source, basis = row.grounds()
    counts = tuple(row.texts("counts"))
    for kind in counts:
        if kind not in COMPONENTS:
            row.add("counts", f"没有“{kind}”这项构成", f"只能用：{'、'.join(COMPONENTS)}")
    if len(set(counts)) < len(counts):
        row.add("counts", "同一项构成写了两次", "每项只写一次")
    return Definition(row.text("code"), row.text("label"), counts, source, basis, row.sample(basis))
