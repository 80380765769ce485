"""A question as people put it, and what the index is asked for it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import tantivy
from tantivy import Occur, Query

from yipanqi.engine.search import layout, letters
from yipanqi.engine.search.layout import Field

LONGEST = 60
_MOST_PIECES = 6
_FEWEST_INITIALS = 3
# A loosened question is met by a text that has this share of a phrase's pairs.
_SHARE = 0.6
# Each way of being found stands above all that follow it; BM25 orders what is found the same way.
_IS, _BEGINS, _NAMED, _INITIALS_BEGIN, _INITIALS = 4000.0, 3000.0, 2000.0, 1500.0, 1000.0
_SAID, _ADDRESSED = 500.0, 0.0
# Half the country has these in its name: whoever shares them alone is no likeness.
_FORMS = re.compile("(?:股份|有限|责任)+公司|集团|公司|分公司")
_PIECES = re.compile(r"[“\"「]([^”\"」]+)[”\"」]|(\S+)")


class Unanswerable(Exception):
    """The question asks for nothing that can be looked for; the message says what to write."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is sought: every word of `text` (in “quotes” with its spaces), and the bounds.

    `province` and `city` are codes of GB/T 2260; `since` and `until` years of registration, both
    within; None does not matter.
    """

    text: str
    province: str | None = None
    city: str | None = None
    status: str | None = None
    since: int | None = None
    until: int | None = None


def pieces(text: str) -> list[str]:
    """The words and quoted phrases of a text. Raises Unanswerable when one is too short."""
    found = [quoted or word for quoted, word in _PIECES.findall(text[:LONGEST])][:_MOST_PIECES]
    if not found:
        raise Unanswerable("请输入企业名称、产品、地址或拼音首字母")
    for piece in found:
        if len(letters.folded(piece, letters.LABEL)) < 2:  # noqa: PLR2004 -- the pairs of the index
            raise Unanswerable(f"“{piece}”太短：请至少输入两个字")
    return found


def exactly(question: Question) -> Query:
    """Every piece in some field as it stands. Raises Unanswerable."""
    return _bounded([_anywhere(piece) for piece in pieces(question.text)], question)


def loosely(question: Question) -> Query:
    """Most pairs of every piece in a name or a scope, in any order. Raises Unanswerable."""
    return _bounded([_most_of(piece) for piece in pieces(question.text)], question)


def named(text: str) -> Query:
    """Names and initials alone, for suggestions while typing. Raises Unanswerable."""
    return _bounded([Query.disjunction_max_query(_by_name(one)) for one in pieces(text)])


def known_as(registry_id: str) -> Query:
    """The one enterprise of this registry id."""
    return Query.term_query(layout.schema(), Field.ID, registry_id)


def _anywhere(piece: str) -> Query:
    ways = [
        *_by_name(piece),
        *_way(Field.SCOPE, letters.runs(letters.folded(piece)), _SAID),
        *_way(Field.ADDRESS, letters.runs(letters.folded(piece, letters.LABEL)), _ADDRESSED),
    ]
    if (code := letters.folded(piece)).isascii():
        ways += _way(Field.CODE, [code.upper()], _IS)
    return Query.disjunction_max_query(ways)


def _by_name(piece: str) -> list[Query]:
    plain = letters.folded(piece, letters.LABEL)
    begun, whole = letters.START + plain, letters.marked_plain(plain)
    ways = [
        *_way(Field.NAME, letters.runs(whole), _IS),
        *_way(Field.NAME, letters.runs(begun), _BEGINS),
        *_way(Field.NAME, letters.runs(plain), _NAMED),
    ]
    if plain.isascii() and len(plain) >= _FEWEST_INITIALS:
        ways += _way(Field.INITIALS, letters.runs(begun, size=3), _INITIALS_BEGIN)
        ways += _way(Field.INITIALS, letters.runs(plain, size=3), _INITIALS)
    return ways


def _way(field: Field, terms: Sequence[str], tier: float) -> Iterator[Query]:
    """One way of being found, above those of lower tiers; none when there is nothing to find."""
    if terms:
        phrase = _phrase(field, terms)
        above = Query.const_score_query(Query.all_query(), tier)
        yield Query.boolean_query([(Occur.Must, phrase), (Occur.Must, above)]) if tier else phrase


def _phrase(field: Field, terms: Sequence[str]) -> Query:
    if len(terms) == 1:
        return Query.term_query(layout.schema(), field, terms[0])
    return Query.phrase_query(layout.schema(), field, list(terms))


def _most_of(piece: str) -> Query:
    plain = letters.folded(piece, letters.LABEL)
    bare = _FORMS.sub("", plain)
    sought = letters.runs(bare) or letters.runs(plain)
    return Query.disjunction_max_query(
        [_share_of(field, sought) for field in (Field.NAME, Field.SCOPE)]
    )


def _share_of(field: Field, terms: Sequence[str]) -> Query:
    each = [(Occur.Should, _phrase(field, [term])) for term in dict.fromkeys(terms)]
    return Query.boolean_query(each, minimum_number_should_match=max(1, round(_SHARE * len(each))))


def _bounded(sought: Sequence[Query], question: Question | None = None) -> Query:
    bounds = [] if question is None else list(_bounds(question))
    unscored = [Query.const_score_query(bound, 0.0) for bound in bounds]
    return Query.boolean_query([(Occur.Must, each) for each in [*sought, *unscored]])


def _bounds(question: Question) -> Iterator[Query]:
    told = {
        Field.PROVINCE: question.province,
        Field.CITY: question.city,
        Field.STATUS: question.status,
    }
    for field, value in told.items():
        if value is not None:
            yield Query.term_query(layout.schema(), field, value)
    if question.since is not None or question.until is not None:
        yield Query.range_query(
            layout.schema(), Field.YEAR, tantivy.FieldType.Unsigned, question.since, question.until
        )
