"""A second run does nothing; what changed is done again; what is missing is named."""

import bootstrap
import pytest


def test_a_mark_follows_the_content_of_the_files(tmp_path):
    lock = tmp_path / "run.txt"
    lock.write_text("one")
    before = bootstrap._mark([lock])
    lock.write_text("two")
    assert bootstrap._mark([lock]) != before


def test_a_stamp_is_fresh_only_for_the_same_mark(tmp_path):
    stamp = tmp_path / "stamp"
    assert not bootstrap._fresh(stamp, "mark")
    stamp.write_text("mark")
    assert bootstrap._fresh(stamp, "mark")
    assert not bootstrap._fresh(stamp, "another")


def test_an_environment_that_cannot_be_made_names_the_one_line_to_type(tmp_path, monkeypatch):
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "PYTHON", tmp_path / ".venv/bin/python")
    monkeypatch.setattr(bootstrap.sys, "executable", "/bin/false")
    with pytest.raises(bootstrap.BootstrapError, match=r"apt-get install -y python3\.\d+-venv"):
        bootstrap.make_environment()
    assert not (tmp_path / ".venv").exists()


def test_a_node_that_says_nothing_sensible_counts_as_none():
    assert bootstrap._node_major("/bin/true") == 0
