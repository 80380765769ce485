"""The last sign of life is said with its kind, and says so where nobody told the kind."""

from datetime import date

from yipanqi.vocab import signs

DAY = date(2018, 3, 1)


def test_a_sign_is_said_with_its_kind() -> None:
    assert signs.said(DAY, "专利授权") == "2018-03-01（专利授权）"


def test_a_kind_nobody_told_is_said_to_be_unknown_and_no_sign_is_none() -> None:
    assert signs.said(DAY, "") == "2018-03-01（类型未注明）"
    assert signs.said(None, "专利授权") == "无"


def test_a_kind_written_as_a_sentence_is_cut_to_the_column() -> None:
    assert len(signs.kind(" 中标" * 100)) == signs.LONGEST_KIND
    assert signs.kind(None) == signs.kind("  ") == ""
