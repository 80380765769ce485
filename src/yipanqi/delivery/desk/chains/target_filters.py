"""How a list of targets is narrowed, by words of the address; each field with its choices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext as _

from yipanqi.delivery.desk import glossary
from yipanqi.delivery.desk.screens import asked
from yipanqi.domain.studies import target_lists
from yipanqi.domain.studies.target_lists import Wanted

if TYPE_CHECKING:
    from yipanqi.domain.studies.models import Study

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the filters: its word in the address, what it is called, chosen and offered.

    Without choices it is shown with `instead`, which says why.
    """

    name: str
    title: str
    value: str
    choices: Choices
    instead: str = ""


def wanted(request: HttpRequest, standard: str) -> Wanted:
    """What the address asks for; `standard` is the state of life where it asks for none."""
    words = {name: asked(request, name) for name in Wanted.__dataclass_fields__}
    words["existence"] = words["existence"] or standard
    return Wanted(**words)


def fields(
    study: "Study", wanted: Wanted, links: Mapping[str, str], *, standard: str
) -> list[Field]:
    """The fields in the order of the page."""
    present = target_lists.present(study)
    provinces = [(each, each) for each in present.provinces]
    kinds = _told("investment", present.kinds)
    sizes = _told("size", present.sizes)
    unknown = _("本批研判未判定")
    existence = "" if wanted.existence == standard else wanted.existence
    return [
        Field("link", _("环节"), wanted.link, [("", _("全部环节")), *links.items()]),
        Field("province", _("来源地"), wanted.province, [("", _("全部省份")), *provinces]),
        Field("kind", _("投资形式"), wanted.kind, kinds, unknown),
        Field("size", _("规模"), wanted.size, sizes, unknown),
        Field("tie", _("来头"), wanted.tie, _ties()),
        Field("contact", _("往来"), wanted.contact, _contacts()),
        Field("existence", _("存续"), existence, _existence(standard)),
        Field("order", _("排序"), wanted.order, _orders()),
    ]


def _told(kind: str, present: Mapping[str, int]) -> Choices:
    """The choices of a list that the study has, each with its number; none when it has none."""
    told = [
        (
            code,
            _("%(title)s（全名单 %(number)s）") % {"title": title, "number": f"{present[code]:,}"},
        )
        for code, title in glossary.choices(kind)
        if code in present
    ]
    return [("", _("全部")), *told] if told else []


def _ties() -> Choices:
    return [
        ("", _("全部")),
        (target_lists.RANKED, _("上榜企业（500强）")),
        (target_lists.TIED, _("湘商（客商库所记）")),
        (target_lists.GROUP_IN_HUNAN, _("集团在湘有机构")),
        (target_lists.PARTNER, _("链主供应商、采购商名单")),
    ]


def _orders() -> Choices:
    return [("", _("按得分")), (target_lists.PARTNER, _("名单企业在前"))]


def _contacts() -> Choices:
    return [
        ("", _("全部")),
        (target_lists.UNTOUCHED, _("还没有接触")),
        (target_lists.TOUCHED, _("已有接触")),
        *((code, title) for code, title in glossary.choices("answered") if code != "contacted"),
    ]


def _existence(standard: str) -> Choices:
    every = (
        (target_lists.ALIVE, _("有存续迹象")),
        (target_lists.UNKNOWN, _("存续未知")),
        (target_lists.CEASED, _("已注销或吊销")),
        (target_lists.ALL, _("全部")),
    )
    # The standard needs no word in the address.
    return [("" if code == standard else code, title) for code, title in every]
