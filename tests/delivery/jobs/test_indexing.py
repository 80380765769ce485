"""The job that has the registry in force indexed."""

import os
import time
from datetime import timedelta

import pytest
from tests.engine.small_registry import Firm, write

from yipanqi.delivery import registry_search
from yipanqi.delivery.jobs import indexing
from yipanqi.delivery.registry_search import State
from yipanqi.engine.search import building, places
from yipanqi.engine.search.places import Progress
from yipanqi.vocab import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def registry(tmp_path, settings, monkeypatch):
    """A registry in force, without an index."""
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path))
    settings.REGISTRY_HOME = tmp_path
    return publish(tmp_path, "a")


@pytest.fixture
def started(monkeypatch, tmp_path):
    """Builds started leave a line in a file instead of taking the processor."""
    file = tmp_path / "started"
    script = f"open({str(file)!r}, 'a').write('x')"
    monkeypatch.setattr(indexing, "COMMAND", (indexing.COMMAND[0], "-c", script))
    return lambda: file.read_text("utf-8") if file.exists() else ""


def publish(home, name):
    place = write(home / "registry" / name, [Firm(f"长沙{name}液压有限公司", "长沙", "液压件")])
    link = home / "registry" / "current"
    link.unlink(missing_ok=True)
    link.symlink_to(place.name)
    return place


def wait_for(so):
    until = time.monotonic() + 60
    while not so():
        assert time.monotonic() < until
        time.sleep(0.05)
    for child in indexing._CHILDREN:
        child.wait(60)


def test_a_registry_without_an_index_is_indexed_in_the_background(registry):
    assert indexing.start_when_due() == "started"

    wait_for(lambda: places.stands(registry))
    assert indexing.start_when_due() == "ready"


def test_a_newly_published_registry_is_due_again(registry, tmp_path, started):
    building.build(registry)
    publish(tmp_path, "b")

    assert indexing.start_when_due() == "started"
    wait_for(lambda: started() == "x")


def test_a_build_under_way_is_not_started_twice(registry, started):
    places.tell(registry, Progress(1, 4))

    assert indexing.start_when_due() == "building"
    assert registry_search.condition().percent == 25


def test_a_build_long_silent_is_taken_for_dead(registry, started):
    places.tell(registry, Progress(1, 4))
    grow_old(registry, timedelta(minutes=11))

    assert indexing.start_when_due() == "started"
    wait_for(lambda: started() == "x")


def test_a_broken_build_is_tried_again_after_an_hour(registry, started):
    places.tell(registry, Progress(0, 4, "OSError：磁盘已满"))
    assert indexing.start_when_due() == "failed"

    grow_old(registry, timedelta(minutes=61))

    assert indexing.start_when_due() == "started"
    wait_for(lambda: started() == "x")


def test_without_a_registry_there_is_nothing_to_do(tmp_path, settings):
    settings.REGISTRY_HOME = tmp_path

    assert indexing.start_when_due() == "no_registry"
    assert registry_search.condition().state is State.NO_REGISTRY


def grow_old(registry, age):
    word = places.place(registry).with_name(f"{places.place(registry).name}.progress.json")
    then = (clock.now() - age).timestamp()
    os.utime(word, (then, then))
