"""How candidates are ranked: named features with weights, and a score that shows its working."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

from yipanqi.rulebook import documents
from yipanqi.rulebook.documents import Document, Row
from yipanqi.rulebook.sources import Basis, Edition

# Contributions are rounded first and added after, so that the printed lines add up to the score.
DIGITS = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing that counts; its value runs from 0 (worst) to 1 (best)."""

    code: str
    label: str
    weight: Decimal
    source: str
    basis: Basis = Basis.SAMPLE
    sample: bool = False


@dataclass(frozen=True, slots=True)
class FeatureSheet(Edition):
    """Features whose weights add up to `total`, the highest possible score."""

    id: str
    valid_from: date
    total: Decimal
    features: tuple[Feature, ...]

    @property
    def weights(self) -> dict[str, Decimal]:
        """Weight by feature code."""
        return {feature.code: feature.weight for feature in self.features}

    def find(self, code: str) -> Feature:
        """The feature of that code. Raises KeyError."""
        for feature in self.features:
            if feature.code == code:
                return feature
        raise KeyError(code)


@dataclass(frozen=True, slots=True)
class RankingSheet(FeatureSheet):
    """How enterprises outside the city are ranked."""


@dataclass(frozen=True, slots=True)
class AffiliateSheet(FeatureSheet):
    """How the missing businesses of groups already in the city are ranked (以商招商)."""


Kind = TypeVar("Kind", bound=FeatureSheet)


@dataclass(frozen=True, slots=True)
class Line:
    """One feature's part in a score; an unknown value is None and contributes nothing."""

    feature: str
    label: str
    value: Decimal | None
    weight: Decimal
    contribution: Decimal


@dataclass(frozen=True, slots=True)
class Score:
    """The score and every line that made it."""

    sheet: str
    lines: tuple[Line, ...]

    @property
    def total(self) -> Decimal:
        """The sum of the lines; there is no other way to get one."""
        return sum((line.contribution for line in self.lines), Decimal(0))


def score(sheet: FeatureSheet, values: Mapping[str, Decimal | None]) -> Score:
    """The score of one candidate from its feature values, each 0–1 or None when unknown.

    contribution = weight × value, rounded half up to four digits. Raises KeyError when a feature
    of the sheet is not among the values, ValueError when a value lies outside 0–1.
    """
    return Score(
        sheet.id, tuple(_line(feature, values[feature.code]) for feature in sheet.features)
    )


def _line(feature: Feature, value: Decimal | None) -> Line:
    if value is not None and not 0 <= value <= 1:
        raise ValueError(f"{feature.code} = {value}：特征值应在 0 与 1 之间")
    earned = Decimal(0) if value is None else feature.weight * value
    contribution = earned.quantize(DIGITS, ROUND_HALF_UP)
    return Line(feature.code, feature.label, value, feature.weight, contribution)


def read(document: Document) -> RankingSheet:
    """The sheet as typed rows; faults gather in the document."""
    return _read(document, RankingSheet)


def read_affiliates(document: Document) -> AffiliateSheet:
    """The sheet of missing businesses as typed rows; faults gather in the document."""
    return _read(document, AffiliateSheet)


def _read(document: Document, kind: type[Kind]) -> Kind:
    document.allow("id", "valid_from", "notes", "total", "feature")
    rows = document.rows("feature")
    documents.unique(rows, "code")
    features = tuple(_feature(row) for row in rows)
    total = document.top.number("total")
    summed = sum((feature.weight for feature in features), Decimal(0))
    if summed != total:
        document.add(
            document.line("total"), f"权重合计 {summed}，不等于 total {total}", "改权重使合计相等"
        )
    return kind(document.id, document.top.day("valid_from"), total, features)


def _feature(row: Row) -> Feature:
    row.allow("code", "label", "weight", "source", "basis", "sample", "notes")
    source, basis = row.grounds()
    weight = row.number("weight")
    if weight < 0:
        row.add("weight", f"权重不能为负：{weight}", "改为 0 或正数")
    return Feature(row.text("code"), row.text("label"), weight, source, basis, row.sample(basis))
