"""The lists of the desk that can be taken away: rows, order and filters as their screens show."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from yipanqi.delivery.desk import glossary
from yipanqi.delivery.desk.lists import columns
from yipanqi.delivery.desk.screens import DeskRequest, asked
from yipanqi.delivery.list_files import Column
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.investors import occasions
from yipanqi.domain.investors import queries as investors
from yipanqi.domain.leads import queries as leads
from yipanqi.domain.people import queries as people
from yipanqi.domain.projects import queries as projects

Words = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Listed:
    """A list: its title, its columns, its rows for a request, and the titles of its filters."""

    title: str
    columns: Callable[[], Sequence[Column]]
    rows: Callable[[DeskRequest], Any]
    filters: Mapping[str, tuple[str, Words]]

    def told(self, request: DeskRequest) -> str:
        """The filters the address names, in words; "全部" where nothing narrows."""
        given = [
            (title, words, asked(request, key)) for key, (title, words) in self.filters.items()
        ]
        told = [f"{title}“{words(value)}”" for title, words, value in given if value]
        return "，".join(told) or "全部"


def _filters(kind: type[Any], request: DeskRequest) -> Any:
    return kind(**{each.name: asked(request, each.name) for each in fields(kind)})


def _investors(request: DeskRequest) -> Any:
    return investors.matching(_filters(investors.Filters, request), seen_by=request.actor)


def _leads(request: DeskRequest) -> Any:
    return leads.matching(_filters(leads.Filters, request), seen_by=request.actor)


def _projects(request: DeskRequest) -> Any:
    rows = projects.narrowed(projects.seen(request.actor), _filters(projects.Filters, request))
    order = projects.ORDERS.get(asked(request, "order"), projects.ORDERS["updated"])
    return rows.order_by(*order)


def _occasions(request: DeskRequest) -> Any:
    return occasions.matching(_filters(occasions.Filters, request), seen_by=request.actor)


def _in(kind: str) -> Words:
    return lambda code: glossary.word(kind, code)


def _unit(code: str) -> str:
    unit = people.unit(code)
    return unit.short_name if unit else code


def _named(code: str) -> str:
    return industries.names().get(code, code)


def _trait(code: str) -> str:
    about, _slash, kind = code.partition("/")
    return glossary.word(about, kind) if about in glossary.LISTS else code


_TEXT = ("文字", str)
_UNIT = ("单位", _unit)
_CHAIN = ("产业链", _named)
LISTS: Mapping[str, Listed] = {
    "investors": Listed(
        "客商",
        columns.investors,
        _investors,
        {
            "text": _TEXT,
            "chain": _CHAIN,
            "link": ("环节", _named),
            "city": ("所在城市", str),
            "roll": ("榜单", _in("roll")),
            "trait": ("特征", _trait),
            "existence": ("存续", _in("existence")),
            "dealing": ("接洽", _in("dealing")),
        },
    ),
    "leads": Listed(
        "线索",
        columns.leads,
        _leads,
        {"text": _TEXT, "state": ("状态", _in("claim")), "unit": _UNIT, "chain": _CHAIN},
    ),
    "projects": Listed(
        "项目",
        columns.projects,
        _projects,
        {
            "text": _TEXT,
            "official": ("阶段", _in("official")),
            "stage": ("细分阶段", str),
            "unit": _UNIT,
            "park": ("园区", _unit),
            "chain": _CHAIN,
            "label": ("密级标签", _in("label")),
            "ended": ("离开方式", str),
        },
    ),
    "occasions": Listed(
        "往来",
        columns.occasions,
        _occasions,
        {
            "text": _TEXT,
            "kind": ("方式", _in("way")),
            "unit": _UNIT,
            "since": ("自", str),
            "until": ("至", str),
            "step": ("下一步", _in("open_step")),
        },
    ),
}
