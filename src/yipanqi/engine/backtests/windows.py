"""The windows a backtest asks about, and which of them the registry covers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from yipanqi.vocab.regions import Region


@dataclass(frozen=True, slots=True)
class Window:
    """What is registered by the end of `year` is known; the `length` years after are asked."""

    year: int
    length: int

    @property
    def until(self) -> int:
        """The last year asked about."""
        return self.year + self.length

    @property
    def years(self) -> range:
        """The years asked about."""
        return range(self.year + 1, self.until + 1)

    def __str__(self) -> str:
        return f"{self.year}:{self.length}"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A city and window that cannot be judged, and why: a missing year is not a year of none."""

    city: Region
    window: Window
    reason: str


class Coverage:
    """Which province and year the registry holds; from the `gaps` of its manifest."""

    def __init__(self, manifest: Mapping[str, object]) -> None:
        gaps = manifest.get("gaps")
        told = gaps if isinstance(gaps, Mapping) else {}
        self._missing = {code: frozenset(map(int, years)) for code, years in told.items()}
        self._last = int(str(manifest.get("as_of") or "9999")[:4])

    def missing(self, province_code: str, years: Sequence[int]) -> tuple[int, ...]:
        """Those of the years that the registry lacks for the province."""
        gaps = self._missing.get(province_code, frozenset())
        return tuple(year for year in years if year in gaps or year > self._last)

    def fault(self, city: Region, window: Window) -> Skipped | None:
        """Why the city cannot be judged in the window; None when it can."""
        lacking = self.missing(city.province_code, window.years)
        if not lacking:
            return None
        years = "、".join(str(year) for year in lacking)
        return Skipped(city, window, f"登记数据缺该省 {years} 年，没有登记不等于没有落户")
