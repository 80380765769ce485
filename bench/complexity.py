"""Complexity and density against PyPI's ecomplexity on the same matrix: difference and speed.

Usage: python bench/complexity.py [--places 337] [--links 900] [--rounds 3] [--seed 7]
The matrix is made up, with a nested triangle and noise as real ones have. The peer is given the
same advantages as a data frame, without its check of supermodularity, which we have no part in.
"""

import argparse
import contextlib
import io
import json
import statistics
import time
import warnings
from collections.abc import Callable

import numpy as np
import pandas as pd
from ecomplexity import ecomplexity

from yipanqi.engine.measures import complexity, matrices, relatedness
from yipanqi.engine.measures.matrices import Floats

_COLUMNS = {"time": "year", "loc": "place", "prod": "link", "val": "enterprises"}


def made_up(places: int, links: int, seed: int) -> Floats:
    """Counts in which diverse places have what is rare as well; no row or column is empty."""
    draw = np.random.default_rng(seed)
    size, rarity = draw.lognormal(3, 1, places), draw.lognormal(0, 1, links)
    level, asks = draw.random(places), draw.random(links)
    fit = 1 / (1 + np.exp(-8 * (level[:, None] - asks[None, :])))
    counts = draw.poisson(size[:, None] * rarity[None, :] * fit).astype(float)
    counts[:, 0] += 1
    counts[0] += 1
    return counts


def ours(counts: Floats) -> tuple[Floats, Floats, Floats]:
    """ECI by place, PCI by link, density by place and link."""
    has = matrices.specialities(counts)
    found = complexity.complexities(has)
    return found.of_places, found.of_links, relatedness.densities(has, relatedness.proximities(has))


def theirs(frame: pd.DataFrame) -> pd.DataFrame:
    """What ecomplexity gives for the same counts."""
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ecomplexity(frame, _COLUMNS, check_logsupermodularity=False, verbose=False)


def framed(counts: Floats) -> pd.DataFrame:
    """The counts as the peer asks for them: a row per place and link."""
    places, links = np.indices(counts.shape)
    return pd.DataFrame(
        {
            "year": 2010,
            "place": places.ravel(),
            "link": links.ravel(),
            "enterprises": counts.ravel(),
        }
    )


def differences(counts: Floats) -> dict[str, float]:
    """The greatest absolute difference of each measure."""
    eci, pci, density = ours(counts)
    peer = theirs(framed(counts)).sort_values(["place", "link"])
    shape = counts.shape
    return {
        "eci": _apart(eci, peer["eci"].to_numpy().reshape(shape)[:, 0]),
        "pci": _apart(pci, peer["pci"].to_numpy().reshape(shape)[0]),
        "density": _apart(density, peer["density"].to_numpy().reshape(shape)),
    }


def _apart(one: Floats, other: Floats) -> float:
    if not np.array_equal(np.isnan(one), np.isnan(other)):
        return float("inf")
    return float(np.nanmax(np.abs(one - other)))


def _seconds(work: Callable[[], object], rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--places", type=int, default=337)
    parser.add_argument("--links", type=int, default=900)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    counts = made_up(options.places, options.links, options.seed)
    frame = framed(counts)
    mine = _seconds(lambda: ours(counts), options.rounds)
    peer = _seconds(lambda: theirs(frame), options.rounds)
    apart = differences(counts)
    print(f"ours {mine:.4f} s, ecomplexity {peer:.4f} s; differences {apart}")
    told = {"ratio": round(peer / mine, 1), "difference": max(apart.values())}
    print(json.dumps({**told, "places": options.places, "links": options.links}))


if __name__ == "__main__":
    main()
