"""Whether two places written in names can be one: 湖南 and 长沙 can, 长沙 and 武汉 cannot."""

from functools import lru_cache

from yipanqi.vocab import regions
from yipanqi.vocab.regions import Level, Region

_SHORTEST = 2


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


@lru_cache(maxsize=4096)
def _region(text: str) -> Region | None:
    """The city the text begins with, behind its province or not; else the province."""
    for size in range(len(text), _SHORTEST - 1, -1):
        province = regions.province(text[:size])
        if province is not None:
            return _city(text[size:]) or province
    return _city(text)


def _city(text: str) -> Region | None:
    starts = (text[:size] for size in range(len(text), _SHORTEST - 1, -1))
    found = (regions.city(start) for start in starts)
    return next((one for one in found if one is not None), None)
