"""A change of what decides an answer is another version; what Python leaves beside it is none."""

from pathlib import Path

import pytest

import yipanqi
from yipanqi.engine import code


@pytest.fixture
def floor(tmp_path: Path) -> Path:
    folder = tmp_path / "engine"
    (folder / "measures").mkdir(parents=True)
    (folder / "targets.py").write_text("WEIGHT = 1\n", "utf-8")
    (folder / "measures" / "shares.py").write_text("PART = 2\n", "utf-8")
    return folder


def test_a_changed_a_renamed_and_a_new_file_each_give_another_version(floor: Path) -> None:
    seen = [code.digest([floor])]

    (floor / "measures" / "shares.py").write_text("PART = 3\n", "utf-8")
    seen.append(code.digest([floor]))
    (floor / "targets.py").rename(floor / "aims.py")
    seen.append(code.digest([floor]))
    (floor / "places.csv").write_text("430100\n", "utf-8")
    seen.append(code.digest([floor]))

    assert len(set(seen)) == 4


def test_bytecode_hidden_files_and_the_place_of_the_installation_do_not_count(
    floor: Path, tmp_path: Path
) -> None:
    before = code.digest([floor])

    (floor / "__pycache__").mkdir()
    (floor / ".targets.py.swp").write_bytes(b"\x00")
    (floor / "__pycache__" / "targets.cpython-311.pyc").write_bytes(b"\x00")
    moved = floor.rename(tmp_path / "elsewhere").rename(tmp_path / "elsewhere-too")
    moved.rename(floor)

    assert code.digest([floor]) == before


def test_the_version_names_the_release_and_fits_its_column() -> None:
    release, _, digest = code.version().partition("+")

    assert release == yipanqi.__version__
    assert len(digest) == 12
    assert len(code.version()) <= 40
