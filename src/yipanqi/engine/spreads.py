"""How a chain is spread over the cities of the nation, from facts that are worked out once."""

from dataclasses import dataclass
from decimal import Decimal

from yipanqi.engine import cities
from yipanqi.engine.cities import Ground
from yipanqi.vocab import regions
from yipanqi.vocab.regions import Region

TOP = 15


@dataclass(frozen=True, slots=True)
class Place:
    """A city's place among all, 1 the first, and its enterprises counted in each of their links.

    Cities of equal count share the better place.
    """

    code: str
    name: str
    rank: int
    entries: int


@dataclass(frozen=True, slots=True)
class Spread:
    """The foremost cities of a chain, the city asked about, and the whole both are parts of.

    `entries` counts every enterprise of the nation in each link it does (家次), those whose city is
    not told too; `cities` those with any; `concentration` the share of the ten foremost, 0 to 1,
    None where nobody does anything of the chain.
    """

    city: Place
    foremost: tuple[Place, ...]
    cities: int
    entries: int
    concentration: Decimal | None


def spread(ground: Ground, *, chain: str, city: Region, top: int = TOP) -> Spread:
    """The spread of a chain (by code), read from what `cities.kept` made.

    Who only sells a link's product is none of it. The share of the ten foremost is the
    concentration ratio CR10 (J. S. Bain, Industrial Organization, 1959), over cities, four digits.
    Raises cities.NotKept.
    """
    counts, whole = cities.entries(ground, chain)
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    placed = [_place(code, count, counts) for code, count in ordered]
    ours = next((each for each in placed if each.code == city.code), None)
    first = sum(count for _, count in ordered[:10])
    return Spread(
        city=ours or Place(city.code, city.short_name, len(placed) + 1, 0),
        foremost=tuple(placed[:top]),
        cities=len(placed),
        entries=whole,
        concentration=Decimal(f"{first / whole:.4f}") if whole else None,
    )


def _place(code: str, count: int, counts: dict[str, int]) -> Place:
    region = regions.by_code().get(code)
    ahead = sum(other > count for other in counts.values())
    return Place(code, region.short_name if region else code, ahead + 1, count)
