"""District and park sheets stand under the city's: they may tighten it, and never loosen it."""

import hashlib
from dataclasses import dataclass, replace

from yipanqi.rulebook.claims import TERMS, ClaimSheet, Stricter, Term
from yipanqi.rulebook.gates import GateSheet, Requirement
from yipanqi.rulebook.implication import implies
from yipanqi.rulebook.sources import Edition


@dataclass(frozen=True, slots=True)
class Loosening:
    """A row of a lower sheet that asks less than the higher row it replaces, and in what."""

    parent: Requirement | Term
    child: Requirement | Term
    why: str

    @property
    def both(self) -> str:
        """Both articles, side by side, as officers read them."""
        return f"上级：{_article(self.parent)}；本级：{_article(self.child)}"


def loosening(parent: GateSheet, child: GateSheet) -> tuple[Loosening, ...]:
    """Every row of the child that replaces a row of the parent (same id) by a looser one.

    What cannot be shown to be at least as strict counts as looser.
    """
    above = {row.id: row for row in parent.requirements}
    pairs = [(above[row.id], row) for row in child.requirements if row.id in above]
    return tuple(Loosening(up, down, why) for up, down in pairs if (why := _looser(up, down)))


def loosened_terms(parent: ClaimSheet, child: ClaimSheet) -> tuple[Loosening, ...]:
    """Every figure of the child that is less strict than the parent's, or is the city's alone."""
    found = []
    for key, term in child.terms.items():
        above = parent.terms.get(key)
        if above is not None and (why := _looser_term(key, above, term)):
            found.append(Loosening(above, term, why))
    return tuple(found)


def merged(parent: GateSheet, child: GateSheet) -> GateSheet:
    """The sheet a district or park works by: the parent's rows, those tightened, and its own."""
    own = {row.id: row for row in child.requirements}
    kept = tuple(own.pop(row.id, row) for row in parent.requirements)
    rows = kept + tuple(own.values())
    return replace(child, requirements=rows, inherits=parent.id, digest=_joint(parent, child))


def merged_terms(parent: ClaimSheet, child: ClaimSheet) -> ClaimSheet:
    """The figures a district or park works by: the parent's, those tightened replaced."""
    terms = {**parent.terms, **child.terms}
    return replace(child, terms=terms, digest=_joint(parent, child))


def _joint(parent: Edition, child: Edition) -> str:
    # Both texts decide together, so both stand behind the digest a decision cites.
    return hashlib.sha256(f"{parent.digest}{child.digest}".encode()).hexdigest()


def _looser(parent: Requirement, child: Requirement) -> str:
    if parent.to != child.to:
        return f"把“{parent.to}”阶段的条件改到了“{child.to}”阶段"
    if not implies(parent.when, child.when):
        return "适用范围比上级窄（或无法证明不窄）"
    if not implies(child.needs, parent.needs):
        return "要求比上级低（或无法证明不低）"
    if child.waivable and not parent.waivable:
        return "上级不许豁免，本级却许"
    return ""


def _looser_term(key: str, parent: Term, child: Term) -> str:
    label, unit, stricter = TERMS[key]
    if child.value == parent.value:
        return ""
    if stricter is None:
        return f"{label}由市里统一规定，不得另定"
    if (child.value > parent.value) == (stricter is Stricter.LOWER):
        return f"{label} {child.value} {unit}比上级的 {parent.value} {unit}宽"
    return ""


def _article(row: Requirement | Term) -> str:
    if isinstance(row, Requirement):
        return f"“{row.message}”（{row.source}）"
    return f"{TERMS[row.key][0]} {row.value} {TERMS[row.key][1]}（{row.source}）"
