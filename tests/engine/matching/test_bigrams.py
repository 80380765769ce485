"""The index of pairs finds what shares the rarest pairs, and loses no name."""

from pathlib import Path

import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yipanqi.engine.matching import bigrams

_NAMES = st.lists(st.text("长沙云麓机械", min_size=2, max_size=6), min_size=1, max_size=20)


def _index(names: list[str], folder: Path) -> bigrams.Bigrams:
    bigrams.write(pa.chunked_array([names]), folder)
    return bigrams.read(folder, len(names))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(_NAMES)
def test_every_name_is_found_by_itself(tmp_path: Path, names: list[str]) -> None:
    index = _index(names, tmp_path)

    for number, name in enumerate(names):
        assert number in index.nearest(name, len(names))


def test_the_rarer_pair_weighs_more(tmp_path: Path) -> None:
    names = ["云麓机械", "长沙机械", "沙洋机械", "云阳机械", "海岚机械"]

    assert _index(names, tmp_path).nearest("云麓机械", 1) == [0]


def test_a_text_without_a_known_pair_finds_nothing(tmp_path: Path) -> None:
    index = _index(["云麓机械"], tmp_path)

    assert [index.nearest(text, 5) for text in ("", "云", "麓云", "海岚")] == [[], [], [], []]
