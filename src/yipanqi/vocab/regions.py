"""Provinces and cities of China by their GB/T 2260 codes, with short names, aliases and centres.

The table stands in regions.csv: codes and names after GB/T 2260-2007 as amended by the Ministry of
Civil Affairs up to 2023 (cities administered directly by a province are `direct`), aliases are
former names still met in registrations, centres are seats of government in degrees (GCJ-02, two
decimals). A municipality (直辖市) is its own city, under its provincial code.
"""

import csv
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from types import MappingProxyType

# Places that have no prefecture below them: the province is the city.
OWN_CITIES = frozenset({"110000", "120000", "310000", "500000", "810000", "820000"})


class Level(StrEnum):
    """How a place stands in the administrative order."""

    PROVINCE = "province"
    CITY = "city"
    DIRECT = "direct"  # a county-level place administered by the province itself


@dataclass(frozen=True, slots=True)
class Region:
    """A province or a city: six-digit code, official and short name, centre in degrees."""

    code: str
    name: str
    short_name: str
    level: Level
    aliases: tuple[str, ...]
    lon: float
    lat: float

    @property
    def province_code(self) -> str:
        """The code of the province it lies in; a province lies in itself."""
        return self.code[:2] + "0000"

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every way the place is written: official name, short name, aliases; none twice."""
        return tuple(dict.fromkeys((self.name, self.short_name, *self.aliases)))


@cache
def by_code() -> Mapping[str, Region]:
    """Every region under its code, in the order of codes; a municipality appears once."""
    lines = resources.files(__package__).joinpath("regions.csv").read_text("utf-8").splitlines()
    found = sorted((_region(row) for row in csv.DictReader(lines)), key=lambda one: one.code)
    return MappingProxyType({region.code: region for region in found})


@cache
def provinces() -> tuple[Region, ...]:
    """The 34 provincial units, in the order of codes."""
    return tuple(one for one in by_code().values() if one.level is Level.PROVINCE)


@cache
def cities() -> tuple[Region, ...]:
    """Every unit that counts as a city: prefectures, direct places and the municipalities."""
    return tuple(
        one
        for one in by_code().values()
        if one.level is not Level.PROVINCE or one.code in OWN_CITIES
    )


def province(text: str) -> Region | None:
    """The province a text names, officially or shortly; None when it names none."""
    return _province_spellings().get(text.strip())


def city(text: str, *, within: str | None = None) -> Region | None:
    """The city a text names, in the province of code `within`; None when unknown or ambiguous."""
    named = [one for one in cities() if text.strip() in one.spellings]
    if within is not None:
        named = [one for one in named if one.province_code == within]
    return named[0] if len(named) == 1 else None


@cache
def lone_cities() -> Mapping[str, Region]:
    """The city of each spelling that names no other city."""
    named = [(spelling, one) for one in cities() for spelling in one.spellings]
    counts = Counter(spelling for spelling, _ in named)
    return {spelling: one for spelling, one in named if counts[spelling] == 1}


@cache
def _province_spellings() -> Mapping[str, Region]:
    return {spelling: one for one in provinces() for spelling in one.spellings}


def _region(row: dict[str, str]) -> Region:
    return Region(
        code=row["code"],
        name=row["name"],
        short_name=row["short_name"],
        level=Level(row["level"]),
        aliases=tuple(filter(None, row["aliases"].split(";"))),
        lon=float(row["lon"]),
        lat=float(row["lat"]),
    )
