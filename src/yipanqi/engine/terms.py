"""Where the terms of a chain occur in a scope, and which links that speaks for."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick

from yipanqi.engine import clauses, exceptions, readings
from yipanqi.engine.doings import Role
from yipanqi.engine.readings import Spot
from yipanqi.rulebook.chains import RecognitionTerm, TermKind

_CLAUSES_KEPT = 1 << 17


class Occurrence(NamedTuple):
    """One of the book's words between two characters of a clause."""

    word: int
    start: int
    end: int

    def lies_in(self, other: "Occurrence") -> bool:
        """Whether the other occurrence holds this one and is longer."""
        longer = other.end - other.start > self.end - self.start
        return longer and other.start <= self.start and self.end <= other.end


class Mention(NamedTuple):
    """A clause that speaks for a link: the term in it, its wording, what is done, how surely."""

    chain: str
    link: str
    term: str
    clause: str
    role: Role
    confidence: float


class Found(NamedTuple):
    """A term in a clause and the (chain, link) it speaks for there."""

    spot: Spot
    links: tuple[tuple[str, str], ...]


class TermBook:
    """All recognition terms, searched together; the longest term of a chain wins."""

    def __init__(self, terms: Iterable[RecognitionTerm]) -> None:
        self.terms = tuple(terms)
        links: dict[str, set[tuple[str, str]]] = {}
        barring: dict[str, set[str]] = {}
        for row in self.terms:
            word = folded(row.term)
            if row.kind == TermKind.INCLUDE:
                links.setdefault(word, set()).add((row.chain, row.link))
            else:
                barring.setdefault(row.link, set()).add(word)
        self.words = tuple(sorted(links))
        self._links = tuple(tuple(sorted(links[word])) for word in self.words)
        self._barring = {link: tuple(sorted(words)) for link, words in sorted(barring.items())}
        self._search = BytesAhoCorasick([word.encode() for word in self.words])
        # Nine clauses in ten of a registry repeat: what each says by itself is worked out once.
        self._found_in = lru_cache(maxsize=_CLAUSES_KEPT)(self._found)

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

    def mentions(self, text: str) -> Iterator[Mention]:
        """The mentions of links in one scope or sentence, in reading order.

        A clause that holds an excluding term of a link never counts for that link, unless as part
        of a longer term of the link; a term inside a longer one of the same chain is part of that
        word (半成品 is no 成品).
        """
        cut = clauses.cut(text)
        told = enumerate(map(self._found_in, cut.words))
        heard = [(number, found) for number, found in told if found]
        if not heard:
            return
        out, reader = exceptions.ruled_out(cut), readings.Reader(cut)
        for number, every in heard:
            begin, wording = cut.start(number), cut.words[number].strip()
            for spot, links in every:
                start, end = begin + spot.start, begin + spot.end
                if any(start < right and left < end for left, right in out):
                    continue
                role, confidence = reader.read(number, spot)
                for chain, link in links:
                    yield Mention(chain, link, spot.term, wording, role, confidence)

    def _found(self, words: str) -> tuple[Found, ...]:
        """The terms of one clause that speak for a link, in reading order."""
        plain = folded(words)
        raw = plain.encode()
        every = [
            Occurrence(word, len(raw[:start].decode()), len(raw[:end].decode()))
            for word, start, end in self.occurrences(raw)
        ]
        found = []
        for one in every:
            spoken = tuple(self._spoken_for(one, every, plain))
            if spoken:
                found.append(Found(readings.spot(words, one.start, one.end), spoken))
        return tuple(found)

    def _spoken_for(
        self, one: Occurrence, every: Sequence[Occurrence], words: str
    ) -> Iterator[tuple[str, str]]:
        for chain, link in self._links[one.word]:
            if not self._held(one, every, chain) and not self._barred(link, words, every):
                yield chain, link

    def _held(self, one: Occurrence, every: Sequence[Occurrence], chain: str) -> bool:
        """Whether a longer term of the chain holds the occurrence."""
        return any(
            one.lies_in(other) and any(chain == owner for owner, _ in self._links[other.word])
            for other in every
        )

    def _barred(self, link: str, words: str, every: Sequence[Occurrence]) -> bool:
        """Whether the clause holds a word that rules the link out."""
        for bar in self._barring.get(link, ()):
            place = words.find(bar)
            while place >= 0:
                barring = Occurrence(-1, place, place + len(bar))
                if not any(barring.lies_in(other) and self._is_of(link, other) for other in every):
                    return True
                place = words.find(bar, place + 1)
        return False

    def _is_of(self, link: str, one: Occurrence) -> bool:
        return any(link == owned for _, owned in self._links[one.word])


def folded(text: str) -> str:
    """Text as terms are compared: Latin letters in lower case, so LED and led are one."""
    return text.encode().lower().decode()
