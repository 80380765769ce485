"""How candidates are ranked: named features with weights, and a score that shows its working."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from yipanqi.rulebook.sources import Basis

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
class RankingSheet:
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


def score(sheet: RankingSheet, values: Mapping[str, Decimal | None]) -> Score:
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
