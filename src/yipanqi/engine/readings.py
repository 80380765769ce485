"""What is done with a product where a sentence names it, and how plainly the sentence says so."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from typing import NamedTuple

from yipanqi.engine import certainties, doings
from yipanqi.engine.certainties import Fit, Ground
from yipanqi.engine.clauses import Clauses
from yipanqi.engine.doings import NONE, SILENT, Role, Roles, Told, closest


class Spot(NamedTuple):
    """A term in the words of one clause, with all that these words alone say of it."""

    start: int
    end: int
    term: str
    itself: Role | None
    behind: Roles
    before: Roles
    attached: bool
    fit: Fit
    uses: bool


class Reading(NamedTuple):
    """What is done with the product, and how sure that is (0 to 1, two digits)."""

    role: Role
    confidence: float


def spot(words: str, start: int, end: int) -> Spot:
    """What the words of one clause say of the term between two of their characters."""
    term, front, rest = words[start:end], words[:start], words[end:]
    ahead, after = doings.told(front), doings.told_behind(rest)
    fit = certainties.fit(front, term, rest[: after.closing_from])
    attached = after.closing_from == 0 if after.closing else bool(ahead.closing)
    own = doings.is_for_own_use(front) or _is_material(front, rest)
    itself = None if fit is Fit.MODIFIES else doings.named_by(term)
    return Spot(start, end, term, itself, after.closing, ahead.verbs, attached, fit, own)


class Reader:
    """One sentence as it is read: each clause's own words, and what its list says of it."""

    def __init__(self, clauses: Clauses) -> None:
        self._clauses = clauses
        self._speaking: list[int] | None = None
        self._has_needs = "所" in clauses.text

    def read(self, number: int, spot: Spot) -> Reading:
        """What is done with the product at the spot of the clause.

        What the enterprise needs for itself it uses (本企业所需的轴承, 以钢材为原料). Else the
        term's own verb; else the verb that ends the clause (轴承的生产); else the one before the
        term (销售轴承); else the one that ends its list (齿轮、轴承制造) or opens it (生产：
        齿轮、轴承).
        """
        if spot.uses or (self._has_needs and self._is_needed(number)):
            return _reading(frozenset({Role.USES}), Ground.LIST, spot)
        if spot.itself:
            return _reading(frozenset({spot.itself}), Ground.ITSELF, spot)
        own = Ground.ATTACHED if spot.attached else Ground.APART
        if spot.behind:
            return _reading(spot.behind | self._bare_run(number, 1), own, spot)
        if spot.before:
            return _reading(spot.before | self._bare_run(number, -1), own, spot)
        return _reading(*self._of_list(number), spot)

    def _of_list(self, number: int) -> tuple[Roles, Ground]:
        """The doing that ends the list the clause stands in, else opens it, else its bracket's."""
        for other in self._speakers(number, 1):
            there = self._told(other)
            if there.opens and not there.is_bare:
                break  # 轴承，销售钢材: that verb belongs to what follows it
            if there.closing:
                return there.closing | self._bare_run(other, 1), self._ground(number, other)
        ended = False
        for other in self._speakers(number, -1):
            there = self._told(other)
            if there.opens:
                ground = Ground.FAR if ended else self._ground(other, number)
                return there.verbs | self._bare_run(other, -1), ground
            ended = ended or bool(there.closing)  # the opened list may have ended here
        return self._outside(number)

    def _outside(self, number: int) -> tuple[Roles, Ground]:
        """The doing of the clause that the bracket around this one explains."""
        depths = self._clauses.depths
        outside = (n for n in range(number - 1, -1, -1) if depths[n] < depths[number])
        outer = next(outside, None) if depths[number] else None
        if outer is None:
            return NONE, Ground.UNSAID
        found = self._told(outer).verbs or self._of_list(outer)[0]
        return found, Ground.BRACKET if found else Ground.UNSAID

    def _speakers(self, number: int, step: int) -> Iterator[int]:
        """The clauses after (1) or before (-1) that say a doing, beside this one."""
        if self._speaking is None:
            told = map(doings.told, self._clauses.words)
            self._speaking = [one for one, says in enumerate(told) if says is not SILENT]
        speaking = self._speaking
        if step > 0:
            return filter(self._beside(number), speaking[bisect_right(speaking, number) :])
        before = speaking[: bisect_left(speaking, number)]
        return filter(self._beside(number), reversed(before))

    def _told(self, number: int) -> Told:
        return doings.told(self._clauses.words[number])

    def _ground(self, first: int, last: int) -> Ground:
        """How sure a list's verb is: less so beyond a comma."""
        text, begin, end = self._clauses.text, self._clauses.ends[first], self._clauses.ends[last]
        crosses = any(text.find(mark, begin, end) >= 0 for mark in _COMMAS)
        return Ground.FAR if crosses else Ground.LIST

    def _bare_run(self, number: int, step: int) -> Roles:
        """The verbs of neighbouring clauses that are nothing but verbs (生产、加工、销售)."""
        found, other = NONE, number + step
        beside = self._beside(number)
        while 0 <= other < len(self._clauses.words):
            if self._clauses.words[other] and beside(other):
                there = self._told(other)
                if not there.is_bare:
                    break
                found |= there.verbs
            other += step
        return found

    def _is_needed(self, number: int) -> bool:
        """Whether the list that holds the clause is what the enterprise itself needs."""
        beside = self._beside(number)
        for other in filter(beside, range(number - 1, -1, -1)):
            if self._clauses.closing(other) in _COMMAS:
                return False
            if doings.is_for_own_use(self._clauses.words[other]):
                return True
        return False

    def _beside(self, number: int) -> Callable[[int], bool]:
        """Whether another clause is of the same sentence and depth."""
        depths, sentences = self._clauses.depths, self._clauses.sentences
        depth, sentence = depths[number], sentences[number]
        return lambda other: depths[other] == depth and sentences[other] == sentence


def _reading(found: Roles, ground: Ground, spot: Spot) -> Reading:
    role = closest(found)
    if role is Role.DEVELOPS and spot.term.endswith(_WORKS):
        role = Role.SERVES  # to design a building is no research
    return Reading(role, certainties.confidence(ground, spot.fit))


def _is_material(front: str, rest: str) -> bool:
    """以轴承钢为原料, 利用废钢生产钢坯."""
    if _MATERIAL.match(rest) and _WITH.search(front):
        return True
    return _BY_USE.search(front) is not None


_WORKS = ("工程", "施工", "装修")
_COMMAS = ("，", ",")
_MATERIAL = re.compile(
    "(?:等|类|及其制品)*(?:作?为)(?:主要|基础|基本)?(?:原|材料|燃料|辅料|载体|能源)"
)
_WITH = re.compile("[以用]")
_BY_USE = re.compile(
    "(?<!综合)(?<!回收)(?<!一次性)(?:利用|使用|采用)(?:废旧|国产|进口|各种|各类)?$"
)
