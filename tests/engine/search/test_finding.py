"""What a question finds, in which order, and what it does not find."""

from contextlib import suppress
from itertools import pairwise

import pytest
from tests.engine.small_registry import Firm, write

from yipanqi.engine.search import building, finding, letters, places, questions
from yipanqi.engine.search.layout import Field
from yipanqi.engine.search.questions import Question


def names(registry, text, **bounds):
    return [hit.row.name for hit in finding.find(registry, Question(text, **bounds)).hits]


def test_names_that_begin_so_come_first_then_names_then_scopes(registry):
    assert names(registry, "三一液压件") == [
        "三一液压件（长沙）有限公司",
        "长沙三一液压件有限公司",
    ]
    assert names(registry, "液压件")[2:] == ["常州恒力机械有限公司"]


def test_a_phrase_does_not_reach_over_a_comma(registry):
    assert "苏州精密铸造有限公司" not in names(registry, "液压件")


def test_pairs_apart_are_no_phrase(registry):
    answer = finding.find(registry, Question("液压件杂货"))

    assert answer.is_loosened


def test_brackets_width_and_case_of_the_question_do_not_matter(registry):
    assert names(registry, "三一液压件长沙有限公司") == ["三一液压件（长沙）有限公司"]
    assert names(registry, "pvc管") == names(registry, "ＰＶＣ管") == ["常州恒力机械有限公司"]


def test_every_word_must_occur_in_some_field(registry):
    assert names(registry, "恒力 柱塞泵") == ["常州恒力机械有限公司"]
    assert names(registry, "三一 密封件") == ["三一液压件（长沙）有限公司"]


def test_quotes_keep_words_together(registry):
    assert len(questions.pieces("“液压 件” 长沙")) == 2
    assert names(registry, "“液压 件” 密封件") == ["三一液压件（长沙）有限公司"]


def test_initials_find_a_name(registry):
    assert names(registry, "CQXML") == ["重庆厦门路酒店"]
    assert names(registry, "yyj")[0] == "三一液压件（长沙）有限公司"


def test_a_whole_name_comes_before_names_that_begin_with_it(home):
    firms = [Firm(name, "长沙", "销售") for name in ("中联重科长沙", "中联重科", "湖南中联重科")]
    registry = write(home / "names", firms)
    building.build(registry)

    assert names(registry, "中联重科") == ["中联重科", "中联重科长沙", "湖南中联重科"]


@pytest.mark.parametrize(
    ("bounds", "found"),
    [
        ({"city": "430100"}, 2),
        ({"province": "320000"}, 1),
        ({"status": "alive"}, 0),
        ({"since": 2011}, 1),
        ({"until": 2003}, 1),
        ({"since": 2003, "until": 2011}, 3),
        ({"city": "430100", "since": 2011}, 1),
    ],
)
def test_bounds_narrow_what_is_found(registry, bounds, found):
    answer = finding.find(registry, Question("液压件", **bounds))

    assert (0 if answer.is_loosened else answer.total) == found


def test_a_hit_tells_where_it_says_so(registry):
    by_scope = finding.find(registry, Question("柱塞泵")).hits[0]
    by_initials = finding.find(registry, Question("cqxml")).hits[0]

    assert (by_scope.field, by_scope.excerpt) == (
        Field.SCOPE,
        "高压柱塞泵及液压件的研发；PVC管、3D打印服务",
    )
    assert by_initials.field is None


def test_what_nobody_says_word_for_word_is_answered_by_the_nearest(registry):
    answer = finding.find(registry, Question("常州恒力液压机械有限公司"))

    assert answer.is_loosened
    assert answer.hits[0].row.name == "常州恒力机械有限公司"


def test_the_pages_of_an_answer_are_the_answer(registry):
    whole = finding.find(registry, Question("有限公司"), most=10)
    paged = [
        hit
        for first in range(whole.total)
        for hit in finding.find(registry, Question("有限公司"), first=first, most=1).hits
    ]

    assert paged == list(whole.hits)


@pytest.mark.parametrize("text", ["", " ", "铜", "（）", "液压 件", "“"])
def test_too_little_to_look_for_is_said(registry, text):
    with pytest.raises(questions.Unanswerable):
        finding.find(registry, Question(text))


@pytest.mark.parametrize(
    "text", ["+-*/:^~()\"'", "液压\x00件", "AND OR NOT", "𠀀𠀁", "[a TO b]", "\ud800液压"]
)
def test_any_text_is_taken_as_text(registry, text):
    with suppress(questions.Unanswerable):
        finding.find(registry, Question(text))


def test_suggestions_are_names_only(registry):
    assert [row.name for row in finding.suggest(registry, "液压件")] == [
        "三一液压件（长沙）有限公司",
        "长沙三一液压件有限公司",
    ]


def test_an_enterprise_is_found_by_its_id_and_no_other(registry):
    hit = finding.find(registry, Question("柱塞泵")).hits[0]

    assert finding.one(registry, hit.row.id) == hit.row
    assert finding.one(registry, "nobody") is None


def test_without_an_index_the_answer_says_what_makes_one(bare):
    with pytest.raises(places.NoIndex, match="yipanqi registry index"):
        finding.find(bare, Question("液压件"))


def test_the_index_finds_what_a_scan_finds(home):
    scopes = ["液压件制造，阀门", "阀门；液压", "件制造", "压件制", "制造阀门液压件", "液压件件件"]
    registry = write(home / "scan", (Firm(f"甲{n}乙", "长沙", s) for n, s in enumerate(scopes)))
    building.build(registry)
    sought = {text[i : i + n] for text in scopes for n in (2, 3, 4) for i in range(len(text) - n)}

    for phrase in sorted(sought):
        if len(letters.folded(phrase, letters.LABEL)) < 2:
            continue
        answer = finding.find(registry, Question(f"“{phrase}”"), most=10)
        said = {hit.row.scope for hit in answer.hits} if not answer.is_loosened else set()
        assert said == {scope for scope in scopes if phrase in scope.replace(" ", "")}, phrase


def test_places_count_rows_over_files(registry):
    total, found = finding.places_of(registry, Question("有限公司"), most=10)

    assert total == len(found) == 4
    assert all(left != right for left, right in pairwise(sorted(found)))
