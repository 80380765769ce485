"""查重: whether two entries are one matter, in four levels, each told with its reasons.

Source of the levels: 武汉东湖高新区招商项目查重规则. The bounds come from the claims sheet.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from yipanqi.rulebook.claims import ClaimSheet
from yipanqi.vocab import names

_DIGITS = {word: number for number, word in enumerate("一二三四五六七八九十", 1)}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
# A number of its own before 期: 二期, 第2期, Ⅱ期 (NFKC writes it II). 长期 and 周期 have none.
_PHASE = re.compile(
    r"第?(?P<number>(?<![0-9.])[0-9]{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?"
    r"|[一二三四五六七八九]|(?<![a-z])[iv]{1,3})期(工程|项目)?"
)


class Level(IntEnum):
    """How sure it is that two entries are one; the smaller the surer."""

    SAME = 1
    ALIKE = 2
    SUSPECT = 3
    FAINT = 4

    @property
    def title(self) -> str:
        """The official term."""
        return f"{'一二三四'[self - 1]}级"

    @property
    def meaning(self) -> str:
        """What the level means to whoever enters the record."""
        return ("同一事项", "高度疑似", "疑似", "弱疑似，可确认后继续")[self - 1]


class Kinship(StrEnum):
    """How the investors of two entries stand to each other."""

    SAME = "same"
    AFFILIATE = "affiliate"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Subject:
    """What duplicates are told by; what is not known is empty or None and proves nothing.

    `code` is the city's code of the project, `investor_code` the credit code, `group` whatever
    names the investor's group (its brand, its parent). `signals` are weak ones, the officer's word
    to a value: two entries share a signal where the values are equal.
    """

    name: str
    code: str = ""
    investor: str = ""
    investor_code: str = ""
    group: str = ""
    amount_fen: int | None = None
    industry: str = ""
    signals: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """The level of one likely duplicate, how alike the names are (0-100), and why."""

    level: Level
    likeness: int
    reasons: tuple[str, ...]


def phase(name: str) -> int | None:
    """The phase a name speaks of: 2 for “…二期”, None where it speaks of none."""
    found = _PHASE.search(_folded(name))
    return _number(found["number"]) if found else None


def unphased(name: str) -> str:
    """The name without its phase, as compared: “…园项目二期” gives “…园项目”."""
    return _PHASE.sub("", _folded(name))


def kinship(one: Subject, other: Subject) -> Kinship:
    """How the two investors stand: codes decide where both are known, else names."""
    if not one.investor and not one.investor_code:
        return Kinship.UNKNOWN
    if not other.investor and not other.investor_code:
        return Kinship.UNKNOWN
    if _is_same_investor(one, other):
        return Kinship.SAME
    if one.group and one.group == other.group:
        return Kinship.AFFILIATE
    return Kinship.OTHER


def finding(one: Subject, other: Subject, *, under: ClaimSheet) -> Finding | None:
    """The level at which two entries are likely one matter, or None.

    One code of the city is one project. Phases are kept apart: the second phase of a project is no
    duplicate of its first. An affiliate counts as the investor, but never makes a matter the same.
    Where an investor is not known the levels are weaker (early stage). Two known investors that
    have nothing to do with each other are met only by an identical name: half the projects of a
    city are called “…生产基地项目”.
    """
    if one.code and one.code == other.code:
        alike = _likeness(one.name, other.name)
        return Finding(Level.SAME, alike, (f"市级项目编码同为 {one.code}",))
    if (phase(one.name) or 1) != (phase(other.name) or 1):
        return None
    alike = _likeness(one.name, other.name)
    kin = kinship(one, other)
    if kin is Kinship.UNKNOWN:
        return _early(one, other, alike, under)
    if kin is Kinship.OTHER:
        return _identical(one, other, Level.SUSPECT, "投资主体不同")
    return _related(one, other, alike, kin, under)


def findings(
    one: Subject, others: Iterable[Subject], *, under: ClaimSheet
) -> list[tuple[int, Finding]]:
    """The likely duplicates among the others by their place in the order given, surest first."""
    found = [(at, finding(one, other, under=under)) for at, other in enumerate(others)]
    told = [(at, each) for at, each in found if each is not None]
    return sorted(told, key=lambda pair: (pair[1].level, -pair[1].likeness, pair[0]))


def _related(
    one: Subject, other: Subject, alike: int, kin: Kinship, under: ClaimSheet
) -> Finding | None:
    who = "投资主体相同" if kin is Kinship.SAME else f"投资主体同属“{one.group}”"
    surest = Level.SAME if kin is Kinship.SAME else Level.ALIKE
    if same := _identical(one, other, surest, who):
        return same
    if alike >= under.similar_name_share * 100:
        return Finding(Level.ALIKE, alike, (who, f"名称相似度 {alike}"))
    if alike >= under.near_name_share * 100:
        return Finding(Level.SUSPECT, alike, (who, f"名称相似度 {alike}"))
    if near := _near_amount(one, other, under):
        return Finding(Level.SUSPECT, alike, (who, near))
    shared = _shared_signals(one, other)
    return Finding(Level.FAINT, alike, (who, *shared)) if shared else None


def _early(one: Subject, other: Subject, alike: int, under: ClaimSheet) -> Finding | None:
    who = "投资主体未明"
    if same := _identical(one, other, Level.ALIKE, who):
        return same
    if alike >= under.similar_name_share * 100:
        return Finding(Level.SUSPECT, alike, (who, f"名称相似度 {alike}"))
    is_akin = bool(one.industry) and one.industry == other.industry
    if is_akin and (near := _near_amount(one, other, under)):
        return Finding(Level.SUSPECT, alike, (who, "产业相同", near))
    return None


def _identical(one: Subject, other: Subject, level: Level, who: str) -> Finding | None:
    key = names.key(unphased(one.name))
    is_same = bool(key) and key == names.key(unphased(other.name))
    return Finding(level, 100, (who, "名称相同")) if is_same else None


def _is_same_investor(one: Subject, other: Subject) -> bool:
    if one.investor_code and other.investor_code:
        return one.investor_code == other.investor_code
    key = names.key(one.investor)
    return bool(key) and key == names.key(other.investor)


def _near_amount(one: Subject, other: Subject, under: ClaimSheet) -> str:
    """Words where |a-b| / max(a, b) is within the bound; unknown or zero amounts prove nothing."""
    if not one.amount_fen or not other.amount_fen:
        return ""
    apart = abs(one.amount_fen - other.amount_fen)
    if apart > under.amount_deviation_share * max(one.amount_fen, other.amount_fen):
        return ""
    return f"金额偏差不超过 {under.amount_deviation_share:.0%}"


def _shared_signals(one: Subject, other: Subject) -> tuple[str, ...]:
    return tuple(
        f"{word}相同"
        for word, value in one.signals.items()
        if value and value == other.signals.get(word)
    )


def _likeness(one: str, other: str) -> int:
    return names.likeness(unphased(one), unphased(other))


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).lower()


def _number(text: str) -> int:
    if text.isascii():
        return _ROMAN.get(text, 0) if text.isalpha() else int(text)
    tens, ten, ones = text.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)
