"""Building: beside, put in place as one, told as it goes."""

import pytest

from yipanqi.engine import indices
from yipanqi.engine.search import building, places
from yipanqi.engine.search.places import Progress


def test_an_index_that_stands_is_kept(bare):
    first = building.build(bare)
    told = []

    again = building.build(bare, telling=told.append)

    assert again == first
    assert told == []


def test_progress_is_told_and_forgotten_once_the_index_stands(bare):
    heard = []

    building.build(bare, telling=lambda progress: heard.append((progress, places.told(bare))))

    assert [progress.done for progress, _ in heard] == sorted({p.done for p, _ in heard})
    assert heard[-1][0] == Progress(5, 5)
    assert all((word.done, word.total) == (one.done, one.total) for one, word in heard)
    assert places.told(bare) is None


def test_a_build_that_breaks_leaves_no_index_and_says_why(bare):
    def full(progress):
        raise OSError("磁盘已满")

    with pytest.raises(OSError, match="磁盘已满"):
        building.build(bare, telling=full)

    assert not places.stands(bare)
    assert "磁盘已满" in places.told(bare).failed
    assert [one for one in places.place(bare).parent.iterdir() if one.is_dir()] == []


def test_an_index_of_another_edition_gives_way(bare):
    older = places.place(bare).with_name("search-0")
    older.mkdir(parents=True)

    building.build(bare)

    assert places.stands(bare)
    assert not older.exists()


def test_a_folder_without_registrations_is_refused(home):
    with pytest.raises(indices.NoRegistry):
        building.build(home)
