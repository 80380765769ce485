"""How far apart two cities are, and about how long a lorry takes between them."""

from decimal import Decimal
from math import asin, cos, radians, sin, sqrt

from yipanqi.vocab.regions import Region

EARTH_KM = 6371.0088  # mean radius, IUGG
# Roads of China are longer than the straight line by this, on average (Ballou, Rahardja, Sakai,
# Selected Country Circuity Factors, Transportation Research A 36, 2002).
CIRCUITY = 1.33
# Our own assumption, between the limits of lorries on motorways (60 to 100 km/h).
LORRY_KM_PER_HOUR = 70


def between(one: Region, other: Region) -> int:
    """The great-circle distance between the centres of two cities, in whole kilometres.

    Source: the haversine formula (R. W. Sinnott, 1984).
    """
    north = radians(other.lat - one.lat)
    east = radians(other.lon - one.lon)
    parallel = cos(radians(one.lat)) * cos(radians(other.lat))
    half = sin(north / 2) ** 2 + parallel * sin(east / 2) ** 2
    return round(2 * EARTH_KM * asin(sqrt(min(half, 1.0))))


def lorry_hours(km: float) -> Decimal:
    """An estimate of the hours a lorry drives between cities that lie `km` apart as the crow flies.

    km × 1.33 / 70, in half hours, half an hour at least; loading and rest are not in it. It knows
    no roads, rivers or mountains: good for telling an hour from a day, and no more.
    """
    return max(Decimal(round(km * CIRCUITY / LORRY_KM_PER_HOUR * 2)) / 2, Decimal("0.5"))
