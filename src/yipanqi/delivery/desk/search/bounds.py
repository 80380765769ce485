"""How a search of the registry is narrowed, as it stands in the address."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from yipanqi.delivery.desk import glossary
from yipanqi.delivery.desk.screens import asked
from yipanqi.engine.search.questions import Question
from yipanqi.vocab import regions

STATES = glossary.EXISTENCE
_FIRST_YEAR, _LAST_YEAR = 1800, 2200


@dataclass(frozen=True, slots=True)
class Bounds:
    """The place, state and years asked for, as typed; `refusal` says what cannot be understood."""

    place: str
    status: str
    since: str
    until: str
    refusal: str = ""

    def question(self, text: str) -> Question:
        """What the registry is asked for the text within these bounds."""
        found = _region(self.place)
        is_province = found is not None and found[1]
        code = found[0] if found else None
        return Question(
            text,
            province=code if is_province else None,
            city=None if is_province else code,
            status=self.status or None,
            since=_year(self.since),
            until=_year(self.until),
        )

    @property
    def any(self) -> bool:
        """Whether anything narrows the search."""
        return bool(self.place or self.status or self.since or self.until)


def told(request: HttpRequest) -> Bounds:
    """The bounds of the address; a state that is none is left out."""
    place, status = asked(request, "place", 20), asked(request, "status", 10)
    since, until = asked(request, "since", 4), asked(request, "until", 4)
    status = status if status in STATES else ""
    return Bounds(place, status, since, until, _refusal(place, since, until))


def _refusal(place: str, since: str, until: str) -> str:
    if place and _region(place) is None:
        return _("没有“%(place)s”这个省或市：请写名称或六位代码，如 湖南、长沙、430100") % {
            "place": place
        }
    if any(year and _year(year) is None for year in (since, until)):
        return _("成立年份请写四位数字，如 2010")
    return ""


def _region(place: str) -> tuple[str, bool] | None:
    """The code of a province or city by name or code, and whether it is a province."""
    if (province := regions.province(place)) is not None:
        return province.code, True
    found = regions.by_code().get(place) or regions.city(place)
    return (found.code, found.code == found.province_code) if found else None


def _year(text: str) -> int | None:
    if not (text.isascii() and text.isdigit()):
        return None
    return int(text) if _FIRST_YEAR <= int(text) <= _LAST_YEAR else None
