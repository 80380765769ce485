"""Whether two names' places can be one: 湖南 and 长沙 can, 长沙 and 武汉 cannot."""

from functools import lru_cache

from yipanqi.vocab import regions
from yipanqi.vocab.regions import Level, Region

_SHORTEST, _LONGEST = 2, 12  # characters of a place
_SUFFIXES = "省市县区旗"


def apart(asked: str, written: str, city_code: str | None) -> bool:
    """Whether a name's place excludes a company: by its own name's place and where it stands.

    `asked` is the place an outside name begins with, `written` that of the company's name,
    `city_code` where the company is registered, None where that is unknown.
    """
    if asked == written or not asked:
        return False
    ours, theirs = _region(asked), _region(written) or regions.by_code().get(city_code or "")
    if ours is not None and theirs is not None:
        return _excludes(ours, theirs)
    # A county is no region we know: another word is another county.
    left, right = asked.rstrip(_SUFFIXES), written.rstrip(_SUFFIXES)
    return bool(right) and left not in right and right not in left


def _excludes(ours: Region, theirs: Region) -> bool:
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
    known = regions.lone_cities()
    return next((known[text[:size]] for size in _sizes(text) if text[:size] in known), None)


def _sizes(text: str) -> range:
    return range(min(len(text), _LONGEST), _SHORTEST - 1, -1)
