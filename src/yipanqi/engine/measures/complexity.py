"""How much a place must know to do what it does, and how much a link asks for: ECI and PCI."""

from dataclasses import dataclass

import numpy as np

from yipanqi.engine.measures.matrices import Floats

_FEWEST = 3


class NotConnected(Exception):
    """The matrix says too little to rank by: fewer than three places or links, or all alike."""


@dataclass(frozen=True, slots=True)
class Complexity:
    """ECI by place and PCI by link, NaN where a place or link has no speciality at all."""

    of_places: Floats
    of_links: Floats


def complexities(specialities: Floats) -> Complexity:
    """ECI of each place and PCI of each link, in standard deviations of ECI. Raises NotConnected.

    `specialities` has a row per place and a column per link, 1 where it is one, else 0.

    PCI is the second eigenvector of links × links (the chance of walking from a link over a place
    to another link), ECI the mean PCI of a place's specialities, both taken as (value − mean of
    ECI) / deviation of ECI; the sign is that in which diverse places score high. The eigenvector
    is found on the smaller side, in symmetric form: the same vector at a fraction of the work.
    Equal to PyPI's ecomplexity within 1e-9.
    Source: C. Hidalgo, R. Hausmann, The Building Blocks of Economic Complexity, PNAS 106, 2009.
    """
    has, is_had = specialities.sum(axis=1) > 0, specialities.sum(axis=0) > 0
    kept = specialities[has][:, is_had]
    if min(kept.shape) < _FEWEST:
        raise NotConnected("城市或环节不足三个，算不出复杂度")
    diversity, ubiquity = kept.sum(axis=1), kept.sum(axis=0)
    of_links = _second_vector(kept, diversity, ubiquity)
    of_places = kept @ of_links / diversity
    spread = of_places.std()
    if not spread > 1e-12:  # noqa: PLR2004 -- below this the order is that of rounding
        raise NotConnected("各城市的专长没有差别，分不出复杂度")
    sign = np.sign(np.corrcoef(diversity, of_places)[0, 1]) or 1.0
    of_links, of_places = sign * of_links, sign * of_places
    mean = of_places.mean()
    return Complexity(
        _spread(has, (of_places - mean) / spread), _spread(is_had, (of_links - mean) / spread)
    )


def _second_vector(kept: Floats, diversity: Floats, ubiquity: Floats) -> Floats:
    """The second eigenvector by link, from the symmetric matrix of whichever side is smaller."""
    root = kept / np.sqrt(diversity)[:, None] / np.sqrt(ubiquity)[None, :]
    if root.shape[0] < root.shape[1]:
        values, vectors = np.linalg.eigh(root @ root.T)
        side = root.T @ vectors[:, -2]
    else:
        values, vectors = np.linalg.eigh(root.T @ root)
        side = vectors[:, -2]
    if values[-1] - values[-2] < 1e-9:  # noqa: PLR2004 -- two first vectors: no second one
        raise NotConnected("城市分成互不相干的几组，算不出统一的复杂度")
    return np.asarray(side / np.sqrt(ubiquity))


def _spread(where: Floats, values: Floats) -> Floats:
    found = np.full(len(where), np.nan)
    found[where] = values
    return found
