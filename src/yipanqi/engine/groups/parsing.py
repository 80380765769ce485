"""A company's name taken apart: place, brand, trade, form, division."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

import pyarrow as pa

from yipanqi.engine.groups import heads
from yipanqi.engine.groups.places import PlaceWords, Words, longest, words_by_start

# One row per company name; the pieces are empty text where the name has none, the brand also where
# it is a mere place (沈阳市园林集团): such a brand tells no company from another.
PARTS = pa.schema(
    [(name, pa.string()) for name in ("head", "place", "brand", "trade", "inset", "form")]
)
_KNOWN = PlaceWords()
_BRAND = 2  # the fewest characters a brand has
_LONGEST_FORM = 16  # characters: how far from the end a form can begin
_FORM = re.compile(
    r"(?:(?:[(（]集团[)）]|集团)?(?:(?:控股)?(?:股份)?有限(?:责任)?(?:总)?公司|股份公司|总公司|公司)"
    r"|集团|总厂|厂|(?:农民)?(?:专业)?合作社|供销合作社|联合社|供销社|信用社|事务所"
    r"|研究院|研究所|商行|商店|经营部)$"
)
_CLOSING = re.compile(r"[(（][^()（）]*[)）]$")
_INSET = re.compile(r"[(（][^()（）]*[)）]")


@dataclass(frozen=True, slots=True)
class ParsedName:
    """The pieces of a name in the order they are written; joined they are the name again."""

    place: str
    brand: str
    trade: str
    inset: str  # what stands in brackets: 湖南, 集团, 中国
    further: str  # the trade behind the brackets
    form: str
    division: str

    @property
    def joined(self) -> str:
        """The name the pieces came from."""
        pieces = (self.place, self.brand, self.trade, self.inset, self.further)
        return "".join((*pieces, self.form, self.division))

    @property
    def trades(self) -> str:
        """The whole trade, brackets left out."""
        return self.trade + self.further

    @property
    def is_group(self) -> bool:
        """Whether it calls itself a group (集团)."""
        return "集团" in self.form or "集团" in self.inset


def parsed(name: str, places: PlaceWords = _KNOWN) -> ParsedName:
    """The name in its pieces; a piece the name lacks is empty. Takes any text and raises nothing.

    The place is what the name begins with; the brand (字号) ends where known trade words fill the
    rest up to the form, else before the first trade word, else with the name. A name that is all
    place or all trade gives its first piece back as brand (东方电气: 东方).
    """
    head = heads.head_of(name)
    body_end = _form_start(head)
    place_end, brand_end, front_end = _cuts(head, body_end, places)
    inset = _INSET.match(head, front_end, body_end)
    inset_end = inset.end() if inset else front_end
    return ParsedName(
        place=head[:place_end],
        brand=head[place_end:brand_end],
        trade=head[brand_end:front_end],
        inset=head[front_end:inset_end],
        further=head[inset_end:body_end],
        form=head[body_end:],
        division=name[len(head) :],
    )


def parts(names: Iterable[str], places: PlaceWords = _KNOWN) -> pa.Table:
    """The pieces of each company name, as PARTS, in the order given."""
    found = [(name, parsed(name, places)) for name in names]
    columns = [
        [name for name, _ in found],
        [one.place for _, one in found],
        [_own_brand(one.brand, places) for _, one in found],
        [one.trades for _, one in found],
        [one.inset for _, one in found],
        [one.form for _, one in found],
    ]
    return pa.table(columns, schema=PARTS)


def _own_brand(brand: str, places: PlaceWords) -> str:
    return "" if places.stops(brand, len(brand))[-1:] == [len(brand)] else brand


def _form_start(head: str) -> int:
    """Where the organisational form begins; the name's end when it has none."""
    closing = _CLOSING.search(head)
    stop = closing.start() if closing else len(head)
    found = _FORM.search(head, max(stop - _LONGEST_FORM, 0), stop)
    return found.start() if found else len(head)


def _cuts(head: str, body_end: int, places: PlaceWords) -> tuple[int, int, int]:
    """Where place, brand and the trade up to the brackets end."""
    inset = _INSET.search(head, 0, body_end)
    front_end = inset.start() if inset else body_end
    for place_end in (*reversed(places.stops(head, front_end)), 0):
        brand_end = place_end + _brand_size(head[place_end:front_end])
        if brand_end > place_end:
            return place_end, brand_end, front_end
    # Nothing but trade words: the first two characters are what people call it by.
    return 0, min(_BRAND, front_end), front_end


def _brand_size(front: str) -> int:
    """How many characters the brand takes: 0 when there is none, only trade words."""
    size = len(front)
    if size < _BRAND:
        return 0
    known = trades()
    filled = [False] * size + [True]  # from here to the end: trade words and nothing else
    for at in range(size - _BRAND, -1, -1):
        for word in known.get(front[at : at + 2], ()):
            if front.startswith(word, at) and filled[at + len(word)]:
                filled[at] = True
                break
    if filled[0]:
        return 0
    if True in filled[_BRAND:size]:
        return filled.index(True, _BRAND)
    starts = (at for at in range(_BRAND, size) if longest(known, front, at, size) > at)
    return next(starts, size)


@cache
def trades() -> Words:
    """The words that say what a company does (机械, 房地产, 进出口 …), read from trades.txt."""
    text = resources.files(__package__).joinpath("trades.txt").read_text("utf-8")
    return words_by_start(text.split())
