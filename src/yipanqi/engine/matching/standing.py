"""Whether two places written in names can be one: 湖南 and 长沙 can, 长沙 and 武汉 cannot."""

from collections import Counter
from collections.abc import Mapping
from functools import cache, lru_cache

from yipanqi.vocab import regions
from yipanqi.vocab.regions import Level, Region

_SHORTEST, _LONGEST = 2, 12  # characters of a place


def apart(left: str, right: str) -> bool:
    """Whether both texts name places that exclude each other; unknown ones exclude nothing."""
    if left == right:
        return False
    ours, theirs = _region(left), _region(right)
    if ours is None or theirs is None:
        return False
    if ours.province_code != theirs.province_code:
        return True
    return Level.PROVINCE not in {ours.level, theirs.level} and ours.code != theirs.code


@lru_cache(maxsize=65_536)
def _region(text: str) -> Region | None:
    """The city the text begins with, behind its province or not; else the province."""
    provinces = (regions.province(text[:size]) for size in _sizes(text))
    province = next((one for one in provinces if one is not None), None)
    if province is None:
        return _city(text)
    rest = next(size for size in _sizes(text) if regions.province(text[:size]) is province)
    return _city(text[rest:]) or province


def _city(text: str) -> Region | None:
    known = _cities()
    return next((known[text[:size]] for size in _sizes(text) if text[:size] in known), None)


def _sizes(text: str) -> range:
    return range(min(len(text), _LONGEST), _SHORTEST - 1, -1)


@cache
def _cities() -> Mapping[str, Region]:
    """The city of each spelling that means one city only."""
    meant = Counter(spelling for one in regions.cities() for spelling in one.spellings)
    return {
        spelling: one
        for one in regions.cities()
        for spelling in one.spellings
        if meant[spelling] == 1
    }
