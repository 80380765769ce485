"""What a registry's index finds: names before initials, scopes, addresses; the rows to show."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import tantivy
from tantivy import Query

from yipanqi.engine.search import layout, letters, places, questions, rows
from yipanqi.engine.search.layout import Field
from yipanqi.engine.search.questions import Question
from yipanqi.engine.search.rows import Row

# Further than this nobody reads; a narrower question finds it sooner.
DEEPEST = 1000
_AROUND = 24


@dataclass(frozen=True, slots=True)
class Hit:
    """An enterprise found, the first field that says what was sought, and the words around it."""

    row: Row
    field: Field | None
    excerpt: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The hits asked for of `total`; loosened when no text had the words as they stand."""

    hits: Sequence[Hit]
    total: int
    is_loosened: bool = False


def find(registry: Path, question: Question, *, first: int = 0, most: int = 20) -> Answer:
    """The enterprises that say every word of the question, `most` of them from number `first`.

    Best first: named so, names that begin so, names, initials, scopes, addresses; alike ones in
    the order of BM25. Where nothing says it word for word, what comes nearest. Raises
    places.NoIndex, questions.Unanswerable.
    """
    searcher = _searcher(places.standing(registry))
    first = min(first, DEEPEST)
    most = min(most, DEEPEST - first)
    total, found = _asked(searcher, questions.exactly(question), first, most)
    is_loosened = not total
    if is_loosened:
        total, found = _asked(searcher, questions.loosely(question), first, most)
    sought = questions.pieces(question.text)
    told = [_hit(row, sought) for row in rows.at(registry, found)]
    return Answer(told, total, is_loosened and bool(total))


def places_of(registry: Path, question: Question, *, most: int) -> tuple[int, Sequence[int]]:
    """How many say every word of the question, and the places of the best; no row is read."""
    return _asked(_searcher(places.standing(registry)), questions.exactly(question), 0, most)


def suggest(registry: Path, text: str, *, most: int = 6) -> list[Row]:
    """The enterprises whose names or initials begin with, else hold, what is being typed.

    Raises places.NoIndex, questions.Unanswerable.
    """
    searcher = _searcher(places.standing(registry))
    found = searcher.search(questions.named(text), limit=most, count=False)
    return rows.at(registry, _places(searcher, found))


def one(registry: Path, registry_id: str) -> Row | None:
    """The enterprise of this registry id, or None. Raises places.NoIndex."""
    searcher = _searcher(places.standing(registry))
    found = searcher.search(questions.known_as(registry_id), limit=1, count=False)
    return next(iter(rows.at(registry, _places(searcher, found))), None)


@lru_cache(maxsize=2)
def _searcher(folder: Path) -> tantivy.Searcher:
    return layout.opened(folder)


def _asked(
    searcher: tantivy.Searcher, query: Query, first: int, most: int
) -> tuple[int, Sequence[int]]:
    found = searcher.search(query, limit=max(most, 1), offset=first)
    count: int = found.count or 0  # type: ignore[attr-defined]  # the stub forgets it
    return count, _places(searcher, found)[:most]


def _places(searcher: tantivy.Searcher, found: tantivy.SearchResult) -> list[int]:
    addresses = [address for _, address in found.hits]
    values = searcher.fast_field_values(Field.PLACE, addresses)
    return [int(place) for place in values if place is not None]


def _hit(row: Row, sought: Sequence[str]) -> Hit:
    """Where the row says the first of what is sought; nowhere when it was found by initials."""
    label = letters.folded(sought[0], letters.LABEL)
    if label in letters.folded(row.name, letters.LABEL):
        return Hit(row, Field.NAME, "")
    if (said := _around(row.scope or "", letters.folded(sought[0]))) is not None:
        return Hit(row, Field.SCOPE, said)
    if label in letters.folded(row.address or "", letters.LABEL):
        return Hit(row, Field.ADDRESS, row.address or "")
    return Hit(row, None, "")


def _around(scope: str, sought: str) -> str | None:
    """The words of the scope around what is sought; None where it does not say it."""
    kept = [place for place, one in enumerate(scope) if letters.folded(one)]
    start = letters.folded(scope).find(sought)
    if start < 0:
        return None
    first, last = kept[max(start - _AROUND, 0)], kept[start + len(sought) - 1] + _AROUND
    before, after = "…" * (start > _AROUND), "…" * (last < len(scope) - 1)
    return f"{before}{scope[first : last + 1].strip()}{after}"
