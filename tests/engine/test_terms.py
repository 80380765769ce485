"""Terms in scopes: the longest wins, and excluding words bar their clause."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from yipanqi.engine import sentences, sessions, tagging
from yipanqi.engine.terms import TermBook
from yipanqi.rulebook.chains import RecognitionTerm
from yipanqi.rulebook.sources import Basis


def _book(*terms: tuple[str, str, str]) -> TermBook:
    rows = [
        RecognitionTerm("c", link, term, kind, "测试", Basis.SAMPLE) for link, term, kind in terms
    ]
    return TermBook(rows)


def _links(book: TermBook, *sentences: str) -> list[tuple[str, str]]:
    batch = pa.RecordBatch.from_pydict({"sentence": list(sentences)})
    return [(row["link"], row["term"]) for row in tagging.spoken([batch], book).to_pylist()]


def test_a_word_inside_a_longer_term_of_the_chain_is_not_that_word() -> None:
    book = _book(("done", "成品", "include"), ("half", "半成品", "include"))

    assert _links(book, "半成品加工") == [("half", "半成品")]


def test_an_excluding_word_bars_its_clause_and_no_other() -> None:
    book = _book(("oil", "液压", "include"), ("oil", "液压支架", "exclude"))

    assert _links(book, "液压支架制造") == []
    assert _links(book, "液压支架制造，液压系统制造") == [("oil", "液压")]


def test_an_excluding_word_inside_a_longer_term_of_its_link_bars_nothing() -> None:
    book = _book(("ram", "液压油缸", "include"), ("ram", "液压油", "exclude"))

    assert _links(book, "液压油缸制造") == [("ram", "液压油缸")]


def test_letters_match_in_either_case_and_no_match_spans_two_sentences() -> None:
    book = _book(("led", "LED灯", "include"), ("x", "电机", "include"))

    assert _links(book, "led灯销售", "无刷电", "机械") == [("led", "led灯")]


def test_equal_books_have_equal_digests_and_other_books_others() -> None:
    one = _book(("a", "甲", "include"), ("b", "乙丙", "include"))
    same = _book(("b", "乙丙", "include"), ("a", "甲", "include"))
    other = _book(("a", "甲", "include"), ("b", "乙丙", "exclude"))

    assert one.digest == same.digest != other.digest


def test_a_mention_tells_the_clause_the_role_and_the_confidence() -> None:
    book = _book(("oil", "液压件", "include"))
    batch = pa.RecordBatch.from_pydict({"sentence": ["轴承销售", "生产液压件、销售钢材"]})

    assert sentences.spoken([batch], book).to_pylist() == [
        {
            "sentence": "生产液压件、销售钢材",
            "chain": "c",
            "link": "oil",
            "term": "液压件",
            "clause": "生产液压件",
            "role": "makes",
            "confidence": 0.95,
        }
    ]


def test_two_processes_tell_what_one_tells_in_the_same_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = _book(("oil", "液压件", "include"), ("ball", "轴承", "include"))
    told = [f"{number}号液压件、轴承{doing}" for number in range(300) for doing in ("制造", "销售")]
    pq.write_table(pa.table({"sentence": told}), tmp_path / "in", row_group_size=100)
    sentences.write_spoken(tmp_path / "in", book, tmp_path / "one")
    monkeypatch.setattr(sentences, "_WORTH_SHARING", 0)

    sentences.write_spoken(tmp_path / "in", book, tmp_path / "two")

    one, two = pq.read_table(tmp_path / "one"), pq.read_table(tmp_path / "two")
    assert one.num_rows == 1200
    assert one.equals(two)


def test_equal_mentions_of_one_enterprise_are_told_once_with_its_clauses(tmp_path: Path) -> None:
    book = _book(("oil", "液压件", "include"))
    registry = pa.table(
        {"id": ["a", "b"], "scope": ["液压件制造；轴承（含油）、液压件制造。液压件销售", None]}
    )
    pq.write_table(registry, tmp_path / "registry.parquet")
    with sessions.measures() as session:
        table = session.read_parquet(tmp_path / "registry.parquet")
        told = tagging.sentences(table).select("sentence").distinct().to_pyarrow()
        pq.write_table(sentences.spoken(told.to_batches(), book), tmp_path / "said.parquet")
        found = tagging.mentions(table, session.read_parquet(tmp_path / "said.parquet"))
        rows = found.order_by("clause").to_pyarrow().to_pylist()

    assert [(row["id"], row["clause"], row["role"], row["clauses"]) for row in rows] == [
        ("a", "液压件制造", "makes", 4),
        ("a", "液压件销售", "trades", 4),
    ]


def test_the_worked_table_of_the_docs_holds() -> None:
    book = _book(
        ("oil", "液压件", "include"), ("ball", "轴承", "include"), ("mine", "矿山机械", "include")
    )
    scope = "液压件配件的研发、生产；轴承（水轴承除外），钢材销售；矿山机械"

    told = [(one.link, one.role.label, one.confidence) for one in book.mentions(scope)]

    assert told == [("oil", "生产制造", 0.77), ("ball", "批发零售", 0.7), ("mine", "未写明", 0.6)]
