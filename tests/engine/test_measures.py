"""The measures by themselves, against figures worked by hand."""

from decimal import Decimal

import ibis
import pytest

from yipanqi.engine import concentration, distances, linkages
from yipanqi.vocab import regions


def test_a_place_twice_as_dense_as_the_nation_has_a_quotient_of_two() -> None:
    members = ibis.memtable({"place": ["a", "b"], "link": ["x", "x"], "enterprises": [120, 2580]})
    places = ibis.memtable({"place": ["a", "b"], "enterprises": [60_000, 2_640_000]})

    found = concentration.location_quotients(members, places).order_by("place").to_pyarrow()

    assert found["quotient"].to_pylist() == [Decimal("2.0000"), Decimal("0.9773")]


def test_an_enterprise_in_two_neighbouring_links_counts_once() -> None:
    members = ibis.memtable(
        {"id": ["1", "1", "2"], "place": ["a", "a", "a"], "link": ["pump", "valve", "valve"]}
    )

    found = linkages.neighbours(members, {"pump": ["steel", "ore"], "valve": ["steel"]})

    rows = {row["link"]: row["neighbours"] for row in found.to_pyarrow().to_pylist()}
    assert rows == {"steel": 2, "ore": 1}


def test_changsha_lies_some_300_km_from_wuhan_and_nowhere_from_itself() -> None:
    changsha, wuhan = regions.by_code()["430100"], regions.by_code()["420100"]

    assert distances.between(changsha, wuhan) == pytest.approx(295, abs=10)
    assert distances.between(wuhan, changsha) == distances.between(changsha, wuhan)
    assert distances.between(changsha, changsha) == 0
