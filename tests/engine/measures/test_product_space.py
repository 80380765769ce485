"""Relatedness and complexity: the pages' own tables, and a peer's figures on made-up counts."""

import ibis
import numpy as np
import pytest
from bench import complexity as peer
from tests.engine.measures import worked

from yipanqi.engine.measures import complexity, matrices, relatedness
from yipanqi.engine.measures.matrices import Floats


def _marks(page: str, columns: list[str]) -> Floats:
    told = worked.rows(page, "## 例")
    return np.array([[float(row[name]) for name in columns] for row in told])


def test_densities_are_those_of_the_page() -> None:
    links = ["泵", "阀", "铸件"]
    has = _marks("relatedness", links)

    found = relatedness.densities(has, relatedness.proximities(has))

    assert np.array_equal(found.round(4), _marks("relatedness", [f"{one}密度" for one in links]))


def test_complexities_are_those_of_the_page() -> None:
    found = complexity.complexities(_marks("complexity", ["一", "二", "三", "四"]))

    assert np.array_equal(found.of_places.round(4), _marks("complexity", ["ECI"])[:, 0])


@pytest.mark.parametrize(("places", "links"), [(40, 25), (25, 40)])
def test_complexity_and_density_equal_ecomplexity(places: int, links: int) -> None:
    apart = peer.differences(peer.made_up(places, links, seed=11))

    assert max(apart.values()) < 1e-9


def test_a_place_without_a_speciality_has_no_complexity_and_changes_nobody_elses() -> None:
    has = _marks("complexity", ["一", "二", "三", "四"])

    found = complexity.complexities(np.vstack([has, np.zeros(4)]))

    assert np.isnan(found.of_places[-1])
    assert np.allclose(found.of_places[:-1], complexity.complexities(has).of_places)


def test_separate_groups_of_places_have_no_common_complexity() -> None:
    blocks = np.kron(np.eye(2), np.ones((2, 2)))

    with pytest.raises(complexity.NotConnected):
        complexity.complexities(blocks)


def test_a_matrix_keeps_the_counts_under_sorted_names() -> None:
    members = ibis.memtable(
        {"place": ["b", "a", "b"], "link": ["y", "x", "x"], "enterprises": [1, 2, 3]}
    )

    found = matrices.matrix(members)

    assert (found.places, found.links) == (("a", "b"), ("x", "y"))
    assert found.enterprises.tolist() == [[2, 0], [3, 1]]
