"""The section and division of GB/T 4754-2017 an enterprise is of, with its reasons, or withheld."""

import math
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from yipanqi.engine.industries import gbt_words, hearing
from yipanqi.engine.industries.gbt_words import RETAIL, TRADE, WHOLESALE
from yipanqi.engine.industries.hearing import Voice

_REASONS = 3
_DIGITS = 9  # sums of weights are rounded, so that equal ones are equal on every machine


@dataclass(frozen=True, slots=True)
class Sureness:
    """Log-odds of being right: constant + on the share of all voices + on the lead + on loudness.

    `threshold` is the least confidence that is told.
    """

    constant: float
    share: float
    lead: float
    loudness: float
    threshold: float

    def of(self, signals: "Signals") -> float:
        """The share of right answers to expect, three digits."""
        odds = self.constant + self.share * signals.share + self.lead * signals.lead
        odds += self.loudness * signals.loudness
        return round(1 / (1 + math.exp(-odds)), 3)


@dataclass(frozen=True, slots=True)
class Signals:
    """The best code's part of all voices, its lead over the second, the loudness of all (to 3)."""

    share: float
    lead: float
    loudness: float


# Fitted by bench/industry.py --fit on the 209 enterprises read first (bench/labels/industry.csv,
# seeds 21 and 22).
SECTION = Sureness(-0.637, 1.541, 1.663, 0.398, threshold=0.803)
DIVISION = Sureness(0.011, 1.209, 1.082, 0.23, threshold=0.866)


@dataclass(frozen=True, slots=True)
class Answer:
    """A code, what it was told by, how sure it is, and whether that is sure enough to say."""

    code: str
    signals: Signals
    confidence: float
    told: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """The section, the division within it, and the words that spoke for them, loudest first."""

    section: Answer
    division: Answer
    reasons: tuple[str, ...]


def tell(name: str | None, scope: str | None) -> Verdict | None:
    """The industry the words speak for; None where no word of the table is met."""
    voices = hearing.voices(name or "", scope or "")
    by_code: dict[str, float] = defaultdict(float)
    for voice in voices:
        by_code[voice.code] += voice.weight
    if not by_code:
        return None
    by_section: dict[str, float] = defaultdict(float)
    for code, weight in by_code.items():
        by_section[gbt_words.section(code)] += weight
    section = _best(by_section)
    divisions = _divisions(by_code, retail=_retail(name or "", scope or ""))
    inside = {code for code in divisions if gbt_words.section(code) == section}
    # A section spoken for as a whole only leaves its division open.
    division = _best({code: divisions[code] for code in inside}) if inside else section
    return Verdict(
        _answer(section, by_section, SECTION),
        _answer(division, divisions, DIVISION, open_=not inside),
        _reasons(voices, section),
    )


def _divisions(by_code: Mapping[str, float], *, retail: float) -> dict[str, float]:
    """The weight of each division; trade as a whole is split between retail and wholesale."""
    found = {code: weight for code, weight in by_code.items() if code.isdigit()}
    whole = by_code.get(TRADE, 0.0)
    if whole:
        found[RETAIL] = found.get(RETAIL, 0.0) + retail * whole
        found[WHOLESALE] = found.get(WHOLESALE, 0.0) + (1 - retail) * whole
    return found


def _answer(
    code: str, weights: Mapping[str, float], sureness: Sureness, *, open_: bool = False
) -> Answer:
    total = sum(weights.values())
    mine = weights.get(code, 0.0)
    rest = max((weight for other, weight in weights.items() if other != code), default=0.0)
    signals = Signals(
        round(mine / total, 4) if total else 0.0,
        round((mine - rest) / total, 4) if total else 0.0,
        round(min(total, 3.0), 4),
    )
    sure = 0.0 if open_ else sureness.of(signals)
    return Answer(code, signals, sure, sure >= sureness.threshold)


def _best(weights: Mapping[str, float]) -> str:
    return min(weights, key=lambda code: (-round(weights[code], _DIGITS), code))


def _reasons(voices: list[Voice], section: str) -> tuple[str, ...]:
    loud: dict[str, float] = defaultdict(float)
    for voice in voices:
        if gbt_words.section(voice.code) == section:
            loud[voice.word] += voice.weight
    ranked = sorted(loud, key=lambda word: (-round(loud[word], _DIGITS), word))
    return tuple(ranked[:_REASONS])


def _retail(name: str, scope: str) -> float:
    """The retail part of trade: the name's word first, then the scope's; 销售 says neither."""
    if _SHOP.search(name):
        return 0.9
    if _WHOLESALER.search(name):
        return 0.15
    if _BOTH.search(scope) or ("批发" in scope and "零售" in scope):
        return 0.35
    if "批发" in scope or _ABROAD.search(scope):
        return 0.15
    return 0.8 if "零售" in scope else 0.45


_SHOP = re.compile(
    "店$|分店|超市|药房|加油站|商场|百货|专卖|便利|门市|零售|商店|药店|购物|汽贸|"
    "(?:汽车|摩托车)销售|书店|经营部"
)
_WHOLESALER = re.compile("批发|贸易|商贸|经贸|物资|进出口|工贸|购销|经销")
_BOTH = re.compile("批零|批发兼?零售|零售兼?批发|批发、零售|零售、批发")
_ABROAD = re.compile("进出口|转口|国际贸易|对外贸易")
