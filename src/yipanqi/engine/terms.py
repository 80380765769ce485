"""Where the terms of a chain occur in a scope, and which links that speaks for."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick

from yipanqi.engine import clauses, doings, exceptions
from yipanqi.engine.doings import Role
from yipanqi.rulebook.chains import RecognitionTerm, TermKind


class Occurrence(NamedTuple):
    """One of the book's words between two characters of a scope."""

    word: int
    start: int
    end: int

    def lies_in(self, other: "Occurrence") -> bool:
        """Whether the other occurrence holds this one and is longer."""
        longer = other.end - other.start > self.end - self.start
        return longer and other.start <= self.start and self.end <= other.end


class Mention(NamedTuple):
    """A clause that speaks for a link: the term in it, its wording, and what is done."""

    chain: str
    link: str
    term: str
    clause: str
    role: Role


class TermBook:
    """All recognition terms, searched together; the longest term of a chain wins."""

    def __init__(self, terms: Iterable[RecognitionTerm]) -> None:
        links: dict[str, set[tuple[str, str]]] = {}
        barring: dict[str, set[str]] = {}
        for row in terms:
            word = folded(row.term)
            if row.kind == TermKind.INCLUDE:
                links.setdefault(word, set()).add((row.chain, row.link))
            else:
                barring.setdefault(row.link, set()).add(word)
        self.words = tuple(sorted(links))
        self._links = tuple(tuple(sorted(links[word])) for word in self.words)
        self._barring = {link: tuple(sorted(words)) for link, words in sorted(barring.items())}
        self._search = BytesAhoCorasick([word.encode() for word in self.words])

    @property
    def digest(self) -> str:
        """The SHA-256 over every word and what it stands for; equal books find equal mentions."""
        return sha256(repr((self.words, self._links, self._barring)).encode()).hexdigest()

    def occurrences(self, haystack: bytes) -> Sequence[tuple[int, int, int]]:
        """Every (word, first byte, byte after) in folded UTF-8 text, overlapping ones too."""
        found: Sequence[tuple[int, int, int]] = self._search.find_matches_as_indexes(
            haystack, overlapping=True
        )
        return found

    def mentions(self, text: str, found: Sequence[Occurrence]) -> Iterator[Mention]:
        """The mentions of links in one scope, given the occurrences in it, in reading order.

        A clause that holds an excluding term of a link never counts for that link, unless as part
        of a longer term of the link; a term inside a longer one of the same chain is part of that
        word (半成品 is no 成品).
        """
        cut = clauses.cut(text)
        out = exceptions.ruled_out(cut)
        for one in found:
            if any(one.start < right and left < one.end for left, right in out):
                continue
            number = cut.at(one.start)
            for chain, link in self._links[one.word]:
                if self._held(one, found, chain) or self._barred(link, cut, number, found):
                    continue
                term = text[one.start : one.end]
                role = doings.named_by(term) or doings.role(cut, number, after=one.end)
                yield Mention(chain, link, term, cut.words[number].strip(), role)

    def _held(self, one: Occurrence, found: Sequence[Occurrence], chain: str) -> bool:
        """Whether a longer term of the chain holds the occurrence."""
        return any(
            one.lies_in(other) and any(chain == owner for owner, _ in self._links[other.word])
            for other in found
        )

    def _barred(
        self, link: str, cut: clauses.Clauses, number: int, found: Sequence[Occurrence]
    ) -> bool:
        """Whether the clause holds a word that rules the link out."""
        words = folded(cut.words[number])
        for bar in self._barring.get(link, ()):
            place = words.find(bar)
            while place >= 0:
                start = cut.starts[number] + place
                barring = Occurrence(-1, start, start + len(bar))
                if not any(barring.lies_in(other) and self._is_of(link, other) for other in found):
                    return True
                place = words.find(bar, place + 1)
        return False

    def _is_of(self, link: str, one: Occurrence) -> bool:
        return any(link == owned for _, owned in self._links[one.word])


def folded(text: str) -> str:
    """Text as terms are compared: Latin letters in lower case, so LED and led are one."""
    return text.encode().lower().decode()
