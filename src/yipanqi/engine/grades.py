"""How much the evidence behind a verdict bears: A, B or C, by four plain questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from yipanqi.vocab.regions import Region

# Chosen by us, not by any rule: below these a share jumps with every single enterprise.
FEWEST_NATIONAL = 30
MANY_NATIONAL = 300
EXPECTED_HERE = 5
RECENT_YEARS = 10
MOST_MISSING = 5


class Grade(StrEnum):
    """The grade of the evidence."""

    GOOD = "A"
    FAIR = "B"
    POOR = "C"


@dataclass(frozen=True, slots=True)
class Ground:
    """What all verdicts of a chain in a city rest on.

    `missing` counts the years without registrations of the city's province among the last ten;
    None where the registry does not say.
    """

    is_synthetic: bool
    is_draft: bool
    missing: int | None


def of_registry(says: Mapping[str, Any], city: Region, *, is_draft: bool) -> Ground:
    """The ground of a chain by what the registry says of itself (its manifest)."""
    missing = None
    if says.get("as_of") and "gaps" in says:
        last = date.fromisoformat(says["as_of"]).year
        # A province the registry does not know at all is missing in every year.
        years = says["gaps"].get(city.province_code, range(last - RECENT_YEARS, last + 1))
        missing = sum(last - RECENT_YEARS < year <= last for year in years)
    return Ground(bool(says.get("synthetic")), is_draft, missing)


def grade(ground: Ground, national: int, all_local: int, all_national: int) -> tuple[Grade, str]:
    """The grade and, below A, what stands in the way.

    C where data are made up, terms a draft, the nation has fewer than 30 of the link, or more than
    5 of the last 10 years are missing or unknown; A where none of this and the nation has 300 or
    more, an average city of this size 5 or more, and no year is missing; else B.
    """
    poor = _poor(ground, national)
    fair = _fair(ground, national, few_expected=national * all_local < EXPECTED_HERE * all_national)
    if poor:
        return Grade.POOR, "；".join(poor)
    return (Grade.FAIR, "；".join(fair)) if fair else (Grade.GOOD, "")


def _poor(ground: Ground, national: int) -> list[str]:
    told = []
    if ground.is_synthetic:
        told.append("数据是合成的")
    if ground.is_draft:
        told.append("产业链还是草稿，识别词未审定")
    if national < FEWEST_NATIONAL:
        told.append(f"全国只认出 {national} 家，不足 {FEWEST_NATIONAL} 家")
    if ground.missing is None:
        told.append("登记数据没有写明哪些年份缺失")
    elif ground.missing > MOST_MISSING:
        told.append(f"本省近 {RECENT_YEARS} 年有 {ground.missing} 年缺登记")
    return told


def _fair(ground: Ground, national: int, *, few_expected: bool) -> list[str]:
    told = []
    if national < MANY_NATIONAL:
        told.append(f"全国认出 {national} 家，不足 {MANY_NATIONAL} 家")
    # As many as it would have if the link were spread like all enterprises.
    if few_expected:
        told.append(f"按本市规模平均应有的不足 {EXPECTED_HERE} 家，区位商会跳动")
    if ground.missing:
        told.append(f"本省近 {RECENT_YEARS} 年有 {ground.missing} 年缺登记")
    return told
