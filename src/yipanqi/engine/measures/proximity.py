"""Where the nearest strong suppliers of a link stand."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from yipanqi.engine import distances
from yipanqi.vocab import regions
from yipanqi.vocab.regions import Region


@dataclass(frozen=True, slots=True)
class Near:
    """A city strong in a supplying link, and how far it is; 0 km is the city itself."""

    supplier: str
    place: str
    km: int


def nearest(
    strong: Mapping[str, Collection[str]], suppliers: Sequence[str], *, city: Region, count: int = 3
) -> tuple[Near, ...]:
    """For each supplying link the nearest cities strong in it, by whole km between centres.

    `strong` gives for a link the codes of the cities strong in it; codes that are no city are left
    out, a link nobody is strong in has no rows. Alike distances go by the code of the city.
    """
    places = {one.code: one for one in regions.cities()}
    found: list[Near] = []
    for supplier in suppliers:
        known = [places[code] for code in strong.get(supplier, ()) if code in places]
        rows = [Near(supplier, one.code, distances.between(city, one)) for one in known]
        found += sorted(rows, key=lambda one: (one.km, one.place))[:count]
    return tuple(found)
