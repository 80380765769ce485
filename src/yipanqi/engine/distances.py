"""How far apart two cities are."""

from math import asin, cos, radians, sin, sqrt

from yipanqi.vocab.regions import Region

EARTH_KM = 6371.0088  # mean radius, IUGG


def between(one: Region, other: Region) -> int:
    """The great-circle distance between the centres of two cities, in whole kilometres.

    Source: the haversine formula (R. W. Sinnott, 1984).
    """
    north = radians(other.lat - one.lat)
    east = radians(other.lon - one.lon)
    parallel = cos(radians(one.lat)) * cos(radians(other.lat))
    half = sin(north / 2) ** 2 + parallel * sin(east / 2) ** 2
    return round(2 * EARTH_KM * asin(sqrt(min(half, 1.0))))
