"""Which province-years a registry knows, knows in part, or misses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import median
from typing import Any

from yipanqi.vocab import regions

# A year with less than this share of the median of the known years around it is known in part.
PARTLY_BELOW = 0.5
_AROUND = 3
_LAST_DAY = (12, 31)


class Coverage(StrEnum):
    """How much of a province's registrations of a year the registry holds."""

    KNOWN = "known"
    PARTLY = "partly"
    MISSING = "missing"

    @property
    def label(self) -> str:
        """The word on screen."""
        return {"known": "已知", "partly": "不全", "missing": "缺"}[self.value]


@dataclass(frozen=True, slots=True)
class Cover:
    """What a registry says of itself: its counts by province and year, its gaps, its last day."""

    counts: Mapping[str, Mapping[str, int]]
    gaps: Mapping[str, Sequence[int]]
    as_of: date | None

    def of(self, province: str, year: int) -> Coverage:
        """The coverage of a province (by code) in a year.

        Missing: listed as a gap by the manifest, after the registry's last day, or a province it
        has nothing of. In part: the year is not over on that day, or holds less than half of the
        median of the known years up to three away. A manifest without counts is taken at its word.
        """
        if self._is_missing(province, year):
            return Coverage.MISSING
        if self.as_of and year == self.as_of.year and self._is_cut_short:
            return Coverage.PARTLY
        mine = self.counts.get(province, {}).get(str(year))
        around = [
            self.counts.get(province, {}).get(str(near), 0)
            for near in range(year - _AROUND, year + _AROUND + 1)
            if near != year and not self._is_missing(province, near)
        ]
        is_low = mine is not None and bool(around) and mine < PARTLY_BELOW * median(around)
        return Coverage.PARTLY if is_low else Coverage.KNOWN

    def provinces(self, year: int) -> tuple[str, ...]:
        """The provinces not missing in a year, by code."""
        return tuple(
            one.code
            for one in regions.provinces()
            if self.of(one.code, year) is not Coverage.MISSING
        )

    @property
    def _is_cut_short(self) -> bool:
        return self.as_of is not None and (self.as_of.month, self.as_of.day) != _LAST_DAY

    def _is_missing(self, province: str, year: int) -> bool:
        if year in self.gaps.get(province, ()) or (self.as_of and year > self.as_of.year):
            return True
        return bool(self.counts) and province not in self.counts


def cover(says: Mapping[str, Any]) -> Cover:
    """The coverage told by a registry's manifest."""
    as_of = says.get("as_of")
    return Cover(
        counts=says.get("provinces", {}),
        gaps=says.get("gaps", {}),
        as_of=date.fromisoformat(str(as_of)) if as_of else None,
    )


def longest_run(known: Sequence[int]) -> tuple[int, int] | None:
    """The longest stretch of years without a break, the latest of equals; None without two."""
    best: tuple[int, int] | None = None
    since: int | None = None
    for year in sorted(known):
        since = year if since is None or year - 1 not in known else since
        if year > since and (best is None or year - since >= best[1] - best[0]):
            best = (since, year)
    return best


def years_told(years: Sequence[int]) -> str:
    """Years in words, runs drawn together: 2012、2015–2016."""
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return "、".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
