"""A snapshot that follows another: what is unchanged is carried over, the answer is the same."""

from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.engine.small_registry import Firm, write

from yipanqi.engine import indices, offers, portions, retagging, sessions, stores
from yipanqi.engine.terms import TermBook
from yipanqi.rulebook.chains import RecognitionTerm, TermKind

FIRMS = (
    Firm("甲", "长沙", "液压件的生产、销售；轴承批发"),
    Firm("乙", "长沙", "轴承制造；餐饮服务"),
    Firm("丙", "株洲", "餐饮服务"),
    Firm("丁", "株洲", "液压件（不含轴承）加工"),
)
# 乙 does something else, 丙 has come to speak of a link, 丁 is gone, 戊 is new.
LATER = (
    FIRMS[0],
    replace(FIRMS[1], scope="液压件维修"),
    replace(FIRMS[2], scope="餐饮服务；轴承销售"),
    Firm("戊", "武汉", "液压件研发"),
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def _book(*words: str) -> TermBook:
    return TermBook(
        RecognitionTerm("链", word, word, TermKind.INCLUDE, "测试", "测试") for word in words
    )


def _mentions(registry: Path, book: TermBook) -> list[dict[str, object]]:
    with sessions.measures() as session:
        found: list[dict[str, object]] = (
            indices.mentions(registry, book, session).to_pyarrow().to_pylist()
        )
    return found


def test_a_later_snapshot_has_the_mentions_that_tagging_all_of_it_would_find(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = _book("液压件", "轴承")
    _mentions(write(tmp_path / "first", FIRMS), book)
    later = write(tmp_path / "later", LATER)

    carried = _mentions(later, book)

    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path / "another home"))
    assert carried == _mentions(later, book)
    assert len(carried) == 5


def test_what_is_unchanged_is_carried_over_and_not_tagged_again(tmp_path: Path) -> None:
    book = _book("液压件", "轴承")
    _mentions(write(tmp_path / "first", FIRMS), book)
    _disown_first_mentions(book)

    found = _mentions(write(tmp_path / "later", LATER), book)

    # The mark put on the old mentions shows which of them were taken over: those of 甲.
    assert [one["clause"] for one in found].count("旧") == 2


def test_other_terms_carry_nothing_over(tmp_path: Path) -> None:
    _mentions(write(tmp_path / "first", FIRMS), _book("液压件"))

    found = _mentions(write(tmp_path / "later", LATER), _book("液压件", "轴承"))

    assert {one["term"] for one in found} == {"液压件", "轴承"}


def test_an_index_that_does_not_say_what_it_read_is_left_aside(tmp_path: Path) -> None:
    book = _book("液压件", "轴承")
    _mentions(write(tmp_path / "first", FIRMS), book)
    _disown_first_mentions(book)
    for file in stores.shelf(stores.Kind.INDEX).rglob(retagging.SCOPES):
        file.unlink()

    found = _mentions(write(tmp_path / "later", LATER), book)

    assert "旧" not in {one["clause"] for one in found}


def _disown_first_mentions(book: TermBook) -> None:
    shelf = stores.shelf(stores.Kind.INDEX)
    (file,) = shelf.rglob(retagging.MENTIONS)
    table = pq.read_table(file)
    place = table.schema.get_field_index("clause")
    marked = table.set_column(place, "clause", [["旧"] * len(table)])
    pq.write_table(marked, file)
    assert book.digest[:16] in file.parent.name


def test_put_together_in_parts_the_mentions_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book, registry = _book("液压件", "轴承"), write(tmp_path / "first", FIRMS)
    whole = _mentions(registry, book)
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path / "another home"))
    monkeypatch.setattr(portions, "AT_ONCE", 1)

    assert _mentions(registry, book) == whole


def test_put_together_in_parts_the_offers_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book, registry = _book("液压件", "轴承"), write(tmp_path / "first", FIRMS)
    with sessions.measures() as session:
        whole = offers.kept(registry, book, session).to_pyarrow()
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path / "another home"))
    monkeypatch.setattr(portions, "AT_ONCE", 1)

    with sessions.measures() as session:
        assert offers.kept(registry, book, session).to_pyarrow() == whole
    assert whole.num_rows
