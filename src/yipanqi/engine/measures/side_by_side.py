"""The measures of a city's links that rest on counts of the present, each with what it is of."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import ibis.expr.types as ir
import numpy as np

from yipanqi.engine import concentration
from yipanqi.engine.measures import (
    advantage,
    complexity,
    herfindahl,
    matrices,
    relatedness,
    shares,
)
from yipanqi.vocab.regions import Region


@dataclass(frozen=True, slots=True)
class Standing:
    """A link in the city: its measures, and the counts they are worked out from.

    `share` is enterprises / national. `quotient` is that over all_local / all_national, of all
    that stand. `advantage` is that over members_local / members_national, of those in any link, an
    enterprise in two links counting twice. `place` is the standing by share, 1 is first.
    """

    enterprises: int
    national: int
    all_local: int
    all_national: int
    members_local: int
    members_national: int
    quotient: Decimal
    advantage: Decimal
    share: Decimal
    place: int
    density: Decimal
    complexity: Decimal | None
    concentration: Decimal


def of_city(
    counted: ir.Table, standing: ir.Table, city: Region
) -> tuple[dict[str, Standing], Decimal | None]:
    """The standing of each link the city has, by code, and the city's own complexity.

    `counted` has one row per place and link with `enterprises` and `capital_wan`; `standing` one
    row per enterprise that stands, with its `place`.
    """
    places = standing.group_by("place").agg(enterprises=standing.count())
    whole = _whole(counted, places, city)
    national = {
        row["link"]: row["enterprises"]
        for row in counted.group_by("link").agg(enterprises=counted.enterprises.sum())
        .to_pyarrow().to_pylist()
    }  # fmt: skip
    of_links = {
        row["link"]: row["index"] for row in herfindahl.of_links(counted).to_pyarrow().to_pylist()
    }
    space, of_place = _space(counted, city)
    found = {
        link: Standing(
            enterprises=one["enterprises"],
            national=national[link],
            quotient=one["quotient"],
            advantage=one["advantage"],
            share=one["share"],
            place=one["standing"],
            density=space[link][0],
            complexity=space[link][1],
            concentration=of_links[link],
            **whole,
        )
        for link, one in _by_link(counted, places, city).items()
    }
    return found, of_place


def _whole(counted: ir.Table, places: ir.Table, city: Region) -> dict[str, int]:
    asked = {
        "all_local": places.filter(places.place == city.code),
        "all_national": places,
        "members_local": counted.filter(counted.place == city.code),
        "members_national": counted,
    }
    return {
        name: int(table.enterprises.sum().to_pyarrow().as_py() or 0)
        for name, table in asked.items()
    }


def _by_link(counted: ir.Table, places: ir.Table, city: Region) -> dict[str, dict[str, Any]]:
    measured: dict[str, dict[str, Any]] = {}
    for table in (
        counted,
        concentration.location_quotients(counted, places),
        advantage.revealed_advantages(counted),
        shares.market_shares(counted),
    ):
        for row in table.filter(table.place == city.code).to_pyarrow().to_pylist():
            measured.setdefault(row["link"], {}).update(row)
    return measured


def _space(
    counted: ir.Table, city: Region
) -> tuple[dict[str, tuple[Decimal, Decimal | None]], Decimal | None]:
    """By link the city's density and the link's complexity, and the city's own complexity."""
    matrix = matrices.matrix(counted)
    if city.code not in matrix.places:
        return {}, None
    here = matrix.places.index(city.code)
    has = matrices.specialities(matrix.enterprises)
    density = relatedness.densities(has, relatedness.proximities(has))[here]
    try:
        asked = complexity.complexities(has)
        of_place, of_links = asked.of_places[here], asked.of_links
    except complexity.NotConnected:
        of_place, of_links = np.nan, np.full(len(matrix.links), np.nan)
    rows = zip(matrix.links, density, of_links, strict=True)
    space = {link: (Decimal(f"{near:.4f}"), _known(asks)) for link, near, asks in rows}
    return space, _known(of_place)


def _known(value: float) -> Decimal | None:
    return None if np.isnan(value) else Decimal(f"{value:.4f}")
