"""Which links go together, and how near a place stands to each link it does not have."""

import numpy as np

from yipanqi.engine.measures.matrices import Floats


def proximities(specialities: Floats) -> Floats:
    """How often two links are specialities of the same places: a square matrix by link, 0 to 1.

    `specialities` has a row per place and a column per link, 1 where it is one, else 0.

    proximity = places with both / places with the more common one; 1 on the diagonal, 0 where
    a link is nobody's. Without unit.
    Source: C. Hidalgo, B. Klinger, A.-L. Barabási, R. Hausmann, The Product Space Conditions the
    Development of Nations, Science 317, 2007.
    """
    places_with = specialities.sum(axis=0)
    # Sums of noughts and ones are exact in single precision, at half the work.
    marks = specialities.astype(np.float32)
    both = (marks.T @ marks).astype(np.float64)
    commoner = np.maximum(places_with[:, None], places_with[None, :])
    found = np.zeros_like(both)
    np.divide(both, commoner, out=found, where=commoner > 0)
    return found


def densities(specialities: Floats, proximities: Floats) -> Floats:
    """What part of a link's surroundings a place already has: a row per place, 0 to 1.

    density = Σ proximity to the link of the place's specialities / Σ proximity of all links. A
    link counts among its own surroundings, as in the source and in PyPI's ecomplexity; leaving it
    out moves a density by up to 0.02. 0 for a link that is nobody's. Without unit.
    Source: as `proximities`.
    """
    around = proximities.sum(axis=0)
    found = np.zeros_like(specialities)
    np.divide(specialities @ proximities, around, out=found, where=around > 0)
    return found
