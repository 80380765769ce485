"""Terms in scopes: the longest wins, and excluding words bar their clause."""

import pyarrow as pa

from yipanqi.engine import tagging
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
