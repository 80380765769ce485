"""Folding and cutting: pairs in a row are the phrase itself."""

from hypothesis import given
from hypothesis import strategies as st

from yipanqi.engine.search import letters
from yipanqi.engine.search.initials import initials

TEXTS = st.lists(
    st.text(st.sampled_from("液压件三一A1ａ，、() \n\u3000\U0010ffff\U00020000"), max_size=12)
)


@given(TEXTS, st.sampled_from([2, 3]))
def test_cutting_all_at_once_is_cutting_each(texts, size):
    cut = letters.cut(texts, size=size)

    assert [each.split() for each in cut] == [
        letters.runs(letters.folded(text), size=size) for text in texts
    ]


@given(TEXTS)
def test_folding_all_at_once_is_folding_each(texts):
    folded = letters.all_folded(texts, letters.LABEL)

    assert folded == [letters.folded(text, letters.LABEL) for text in texts]


def test_width_case_and_spaces_do_not_matter():
    assert letters.folded("ＰＶＣ 管，3Ｄ打印") == "pvc管,3d打印"


def test_a_name_has_no_punctuation_and_a_scope_keeps_it():
    assert letters.folded("三一（长沙）", letters.LABEL) == "三一长沙"
    assert letters.folded("液压、件") == "液压、件"


def test_the_marks_of_a_name_cannot_be_forged():
    assert letters.folded("^三一$", letters.LABEL) == "三一"
    assert letters.cut([letters.marked("三一")], letters.LABEL) == ["^三 三一 一$"]


def test_initials_are_read_by_word():
    assert initials("重庆厦门长沙（集团）ABC3有限公司") == "cqxmcsjtabc3yxgs"
    assert initials("重工") == "zg"
