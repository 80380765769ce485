"""A list of names found in the registry exactly."""

import pytest
from tests.engine.small_registry import Firm, write

from yipanqi.engine import indices
from yipanqi.engine.matching import registered


@pytest.fixture
def registry(tmp_path):
    firms = (
        Firm("常州恒立液压件（集团）有限公司", "常州", "液压件"),
        Firm("长沙机电有限公司", "长沙", "机电"),
    )
    return write(tmp_path / "r1", firms)


def names(found):
    return [[one.name for one in ones] for ones in found]


def test_names_are_found_in_either_width_of_brackets_and_in_the_order_asked(registry):
    asked = [(None, "长沙机电有限公司"), (None, "没有这家"), (None, "常州恒立液压件(集团)有限公司")]

    found = registered.exactly(registry, asked)

    assert names(found) == [["长沙机电有限公司"], [], ["常州恒立液压件（集团）有限公司"]]
    assert (found[0][0].city, found[0][0].province_code) == ("长沙", "430000")


def test_the_same_name_asked_twice_is_answered_twice(registry):
    found = registered.exactly(registry, [(None, "长沙机电有限公司")] * 2)

    assert names(found) == [["长沙机电有限公司"]] * 2


def test_enterprises_are_told_by_their_ids(registry):
    ((one,),) = registered.exactly(registry, [(None, "长沙机电有限公司")])

    assert registered.with_ids(registry, [one.id, "nobody"]) == {one.id: one}


def test_no_names_ask_nothing(registry):
    assert registered.exactly(registry, []) == []


def test_a_folder_without_a_registry_is_refused(tmp_path):
    with pytest.raises(indices.NoRegistry):
        registered.exactly(tmp_path, [(None, "长沙机电有限公司")])
