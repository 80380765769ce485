"""How well a registered company fits a name from outside, and how sure that makes it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from yipanqi.engine.groups.parsing import ParsedName, parsed
from yipanqi.engine.groups.places import NATION, PlaceWords
from yipanqi.engine.matching import spelling, standing


class Ground(StrEnum):
    """What the confidence of a candidate stands on."""

    SAME_CODE = "same-code"
    SAME_NAME = "same-name"
    SAME_CORE = "same-core"  # alike but for the organisational form
    SAME_BRAND = "same-brand"  # brand and trade agree, the place is written differently or not
    SHORT_NAME = "short-name"  # the outside name is the registered one without its form
    PART_OF_NAME = "part-of-name"  # the outside name, without a form, stands in the registered one
    NEAR_NAME = "near-name"  # a character more, less or another, or two that changed places
    NEAR_TRADE = "near-trade"  # the brand agrees, and the trade as far as both say it
    NEAR_BRAND = "near-brand"  # as near, but it is the brand that differs: a slip, or another firm
    OTHER_TRADE = "other-trade"  # the brand agrees, the trade does not
    OTHER_BRAND = "other-brand"  # alike letters, another brand: most likely another company
    OTHER_PLACE = "other-place"


# How sure each ground can make one at most, in hundredths.
MOST = {
    Ground.SAME_CODE: 100,
    Ground.SAME_NAME: 100,
    Ground.SAME_CORE: 95,
    Ground.SAME_BRAND: 85,
    Ground.SHORT_NAME: 85,
    Ground.PART_OF_NAME: 60,
    Ground.NEAR_NAME: 90,
    Ground.NEAR_TRADE: 75,
    Ground.NEAR_BRAND: 60,
    Ground.OTHER_TRADE: 50,
    Ground.OTHER_BRAND: 10,
    Ground.OTHER_PLACE: 20,
}
# These depend on how alike the letters are; the others do not.
_BY_LETTERS = frozenset(
    {
        Ground.NEAR_NAME,
        Ground.NEAR_TRADE,
        Ground.NEAR_BRAND,
        Ground.OTHER_TRADE,
        Ground.OTHER_BRAND,
        Ground.OTHER_PLACE,
    }
)
# Of several companies that fit so, the name can mean but one: they share the confidence.
_SHARED = frozenset({Ground.SAME_BRAND, Ground.SHORT_NAME, Ground.PART_OF_NAME, Ground.NEAR_BRAND})
LEAST = 0.05  # below, a company merely shares letters
_TYPO = 1  # characters a brand may differ by when all else agrees


@dataclass(frozen=True, slots=True)
class Candidate:
    """A company a name may mean: its registration (None: known by its branches only) and why."""

    name: str
    registry_id: str | None
    registrations: int  # the company's own and its branches'
    confidence: float  # 0 to 1, two digits
    ground: Ground
    likeness: float  # of the two names, 0 to 100, one digit


@dataclass(frozen=True, slots=True)
class Asked:
    """A name from outside, made ready to be compared."""

    plain: str
    core: str
    pieces: ParsedName

    @classmethod
    def of(cls, name: str, places: PlaceWords) -> "Asked":
        """The name as compared; a branch's name asks for its company."""
        pieces = parsed(spelling.short(spelling.plain(name)), places)
        whole = pieces.joined[: len(pieces.joined) - len(pieces.division)]
        return cls(whole, spelling.core(whole), pieces)


@dataclass(frozen=True, slots=True)
class Company:
    """A company of the registry: its name, own registration (None: only branches) and city."""

    name: str
    registry_id: str | None
    registrations: int
    city_code: str | None  # where its own registration stands


def judged(asked: Asked, companies: Iterable[Company], places: PlaceWords) -> list[Candidate]:
    """Each company that fits at all as a candidate, the surest first.

    Equal ones stand by likeness, then with the most registrations first.
    """
    found = [_judged(asked, company, places) for company in companies]
    fitting = Counter(one.ground for one in found)
    shared = [
        replace(one, confidence=round(one.confidence / fitting[one.ground], 2))
        if one.ground in _SHARED
        else one
        for one in found
    ]
    return sorted((one for one in shared if one.confidence >= LEAST), key=_order)


def _order(one: Candidate) -> tuple[float, float, int, str]:
    return -one.confidence, -one.likeness, -one.registrations, one.name


def _judged(asked: Asked, company: Company, places: PlaceWords) -> Candidate:
    plain = spelling.plain(company.name)
    core = spelling.core(plain)
    ground = _ground(asked, plain, parsed(plain, places), company.city_code)
    likeness = max(fuzz.ratio(asked.plain, plain), fuzz.ratio(asked.core, core))
    sure = MOST[ground] * (likeness / 100 if ground in _BY_LETTERS else 1)
    return Candidate(
        name=company.name,
        registry_id=company.registry_id,
        registrations=company.registrations,
        confidence=round(sure / 100, 2),
        ground=ground,
        likeness=round(likeness, 1),
    )


def _ground(asked: Asked, plain: str, theirs: ParsedName, city_code: str | None) -> Ground:
    ours, core = asked.pieces, spelling.core(plain)
    called = not ours.form  # people leave the form away
    is_typo = _is_typo(asked.plain, plain) or _is_typo(asked.core, core)
    rows = (
        (plain == asked.plain, Ground.SAME_NAME),
        (core == asked.core, Ground.SHORT_NAME if called else Ground.SAME_CORE),
        (standing.apart(ours.place, theirs.place, city_code), Ground.OTHER_PLACE),
        (is_typo and ours.brand == theirs.brand, Ground.NEAR_NAME),
        (ours.brand + ours.trades == theirs.brand + theirs.trades, Ground.SAME_BRAND),
        (called and asked.core in core, Ground.PART_OF_NAME),
        (_is_part(ours, theirs), Ground.NEAR_TRADE),
        (is_typo, Ground.NEAR_BRAND),
        (ours.brand == theirs.brand and ours.brand not in NATION, Ground.OTHER_TRADE),
    )
    return next((ground for holds, ground in rows if holds), Ground.OTHER_BRAND)


def _is_part(ours: ParsedName, theirs: ParsedName) -> bool:
    """Whether the brand agrees and one says but a part of the other's trade."""
    if ours.brand != theirs.brand or not (ours.trades and theirs.trades):
        return False
    return ours.trades in theirs.trades or theirs.trades in ours.trades


def _is_typo(ours: str, theirs: str) -> bool:
    """Whether the names are the same but for a character, or for two that changed places."""
    return OSA.distance(ours, theirs, score_cutoff=_TYPO) <= _TYPO
