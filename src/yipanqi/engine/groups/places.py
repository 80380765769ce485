"""The place a company's name begins with: provinces and cities, and counties the registry shows."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Self

import ibis
import ibis.expr.types as ir

from yipanqi.vocab import regions

NATION = ("中华人民共和国", "中华", "中国", "全国")
# Cities whose short name is an everyday word; only with 市 behind it is it a place.
_ALSO_WORDS = frozenset({"东方", "三沙", "神农架", "中华"})
# A county-level word with its suffix; the words before are no places although they end alike.
_COUNTY = re.compile(
    r"[一-龥]{2,8}?(?:自治县|自治州|自治旗|开发区|高新区|新区|县|区|市|旗|镇|乡|街道)"
)
_NOT_COUNTY = re.compile(r"(?:超市|..城市|都市|门市|夜市|菜市|街市|社区|小区|园区|校区|景区|库区)$")
# A county is met with its suffix at least so often, and in such a share of the names it begins.
_LEAST_NAMES, _LEAST_SHARE = 5, 0.2
_STEMS = (2, 3, 4)
_MOST_COUNTIES = 2
_START = 2  # characters a word is found by
# Words under their first two characters, the longest first.
Words = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """County words written without their suffix; provinces and cities are always known."""

    counties: Words = field(default_factory=dict)

    @classmethod
    def of(cls, counties: Iterable[str]) -> Self:
        """With these county words: 浏阳, 东阿."""
        return cls(words_by_start(counties))

    def stops(self, name: str, limit: int) -> list[int]:
        """Where each of the name's leading place words ends, in order; none beyond `limit`."""
        stops = [0]
        for words in (_nation(), _provinces(), _cities()):
            stop = longest(words, name, stops[-1], limit)
            # 吉林 is a province and a city: 吉林市 is taken for the city at once.
            if stop > stops[-1]:
                stops.append(stop)
        for _ in range(_MOST_COUNTIES):
            stop = self._county_stop(name, stops[-1], limit)
            if stop == stops[-1]:
                break
            stops.append(stop)
        return stops[1:]

    def _county_stop(self, name: str, start: int, limit: int) -> int:
        found = _COUNTY.match(name, start, limit)
        if found and not _NOT_COUNTY.search(found.group()):
            return found.end()
        return longest(self.counties, name, start, limit)


def counties(names: ir.Table) -> PlaceWords:
    """The county words of a registry, learned from how its companies' names (`head`) begin.

    浏阳 counts as a place because many names begin 浏阳市; 平安 does not, although 平安县 occurs.
    """
    counted = [_stems(names, size) for size in _STEMS]
    found = ibis.union(*counted, distinct=False).to_pyarrow()["stem"].to_pylist()
    known = {word for word in found if not word.endswith(("市", "县", "区", "超", "自治"))}
    return PlaceWords.of(known - _ALSO_WORDS)


def words_by_start(words: Iterable[str]) -> Words:
    """The words under their first two characters, the longest first; shorter ones are left out."""
    found: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda one: (-len(one), one)):
        if len(word) >= _START:
            found.setdefault(word[:_START], []).append(word)
    return {start: tuple(those) for start, those in found.items()}


def longest(words: Words, text: str, start: int, limit: int) -> int:
    """Where the longest of the words that stands at `start` ends; `start` when none does."""
    for word in words.get(text[start : start + _START], ()):
        if start + len(word) <= limit and text.startswith(word, start):
            return start + len(word)
    return start


def _stems(names: ir.Table, size: int) -> ir.Table:
    stem, after = names["head"].substr(0, size), names["head"].substr(size, 1)
    counted = (
        names.select(stem=stem, is_place=after.isin(["县", "市", "旗"]))
        .group_by("stem")
        .agg(
            met=lambda table: table.is_place.sum(),
            names=lambda table: table.count(),
        )
    )
    often = counted.met >= _LEAST_NAMES
    return counted.filter(often, counted.met >= _LEAST_SHARE * counted.names).select("stem")


@cache
def _nation() -> Words:
    return words_by_start(NATION)


@cache
def _provinces() -> Words:
    # 吉林市 stands here too, lest the province of the same name take its first two characters.
    spellings = (one.spellings for one in regions.provinces())
    return words_by_start({*_with_suffix(spellings, "省"), "吉林市"})


@cache
def _cities() -> Words:
    words = set(_with_suffix((one.spellings for one in regions.cities()), "市"))
    districts = (one.short_name for one in regions.cities() if one.name.endswith("州"))
    return words_by_start((words | {f"{name}州" for name in districts}) - _ALSO_WORDS)


def _with_suffix(spellings: Iterable[tuple[str, ...]], suffix: str) -> Iterable[str]:
    for words in spellings:
        yield from words
        yield from (word + suffix for word in words if len(word) == len(suffix) + 1)
