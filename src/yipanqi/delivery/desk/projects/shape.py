"""A project's record in sections: which fields and materials each holds, and how each is typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from yipanqi.delivery.desk import glossary
from yipanqi.delivery.desk.fields import (
    ChosenField,
    LabelField,
    MuField,
    PastDayField,
    WanField,
    YesNoField,
    borrowed,
)
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.people import queries as people
from yipanqi.domain.places import queries as places
from yipanqi.domain.projects.fields import FIELDS, PAST
from yipanqi.domain.projects.services.editing import Value
from yipanqi.vocab.actors import Actor

if TYPE_CHECKING:
    from yipanqi.domain.projects.models import Project


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the record: its address, title, fields, materials, and what it only shows.

    `code` is that of `rulebook.gates.Section`, so that a gate's row leads to where it is met.
    """

    code: str
    title: object
    fields: tuple[str, ...]
    materials: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()

    @property
    def is_long(self) -> bool:
        """Whether it has so many fields that those not filled in are only named."""
        return len(self.fields) > _LONG


_LONG = 8
SECTIONS: Mapping[str, Section] = {
    section.code: section
    for section in (
        Section(
            "investor",
            _("基本情况"),
            ("name", "label", "park", "link", "content", "products", "investor_kind",
             "secrecy_note"),
            ("contact_proof",),
        ),
        Section("responsibility", _("责任分工"), ("leader", "team_note")),
        Section(
            "money",
            _("投资与到位资金"),
            ("project_class", "investment_form", "total_investment_fen", "fixed_investment_fen",
             "filed_total_fen", "expected_output_fen", "expected_tax_fen", "expected_jobs"),
            shown=("paid_in_fen", "verified_in_fen", "opening_in_fen"),
        ),
        Section(
            "agreement",
            _("投资协议"),
            ("agreement_signed_on",),
            ("agreement", "exit_agreement", "exit_notice"),
        ),
        Section("registration", _("工商注册"), ("registered_on",), ("licence",)),
        Section("filing", _("立项备案"), ("filing_code", "approval_kind"), ("filing",)),
        Section(
            "land",
            _("用地"),
            ("site_kind", "needs_land", "land_secured_mu", "site_area_mu", "plant_area_sqm",
             "site_address", "longitude", "latitude"),
        ),
        Section(
            "construction",
            _("开工建设"),
            ("planned_start_on", "planned_finish_on", "construction_permit_on", "started_on"),
            ("construction_permit", "start_photo"),
        ),
        Section("completion", _("竣工投产"), ("completed_on", "production_on"), ("acceptance",)),
        Section(
            "classes",
            _("分类"),
            ("capital_source", "is_fdi", "industry_code", "second_industry_code", "second_chain",
             "planning_kind", "nature", "headquarters", "headquarters_mode", "is_enclave",
             "is_relocated", "relocated_from", "is_research_centre", "is_advanced_manufacturing",
             "is_strategic", "is_key_industry", "is_high_energy", "is_existing_firm",
             "first_invested_year"),
        ),
        Section(
            "sourcing",
            _("招商来源"),
            ("sourcing", "sourcing_note", "origin", "first_contact_on", "assigned_by"),
        ),
        Section(
            "codes",
            _("编码与纳统"),
            ("city_code", "province_code", "nation_code", "is_sent_to_province",
             "statistical_name", "statistical_total_fen"),
            shown=("code",),
        ),
    )
}  # fmt: skip

# What stands after a figure, by the end of the column's name.
UNITS: Mapping[str, object] = {"_mu": _("亩"), "_sqm": _("平方米"), "_jobs": _("人")}
_HINTS: Mapping[str, object] = {
    "industry_code": _("2 至 4 位数字，如 3484；门类和三次产业由它得出"),
    "statistical_name": _("统计部门入库所用名称，与招商名称不同时填写"),
    "city_code": _("同一编码即同一项目"),
    "origin": _("国家或地区，境内写省市，如“江苏常州”"),
}
_MAKERS: Mapping[str, Callable[[], forms.Field]] = {
    "label": LabelField,
    "expected_jobs": lambda: forms.IntegerField(
        label=FIELDS["expected_jobs"], required=False, min_value=0
    ),
    "plant_area_sqm": lambda: forms.DecimalField(
        label=FIELDS["plant_area_sqm"],
        required=False,
        min_value=Decimal(0),
        max_digits=14,
        decimal_places=2,
    ),
}


def section_form(
    section: Section, project: "Project", given: Mapping[str, str] | None, *, by: Actor
) -> forms.Form:
    """The form of a section, filled from the project or from what was sent."""
    form = forms.Form(given, initial={name: kept(project, name) for name in section.fields})
    for name in section.fields:
        form.fields[name] = _field(name, project, by)
    return form


def changes(form: forms.Form, project: "Project", *, by: Actor) -> dict[str, Value]:
    """What a valid form says, in the terms of the project's columns."""
    said = dict(form.cleaned_data)
    if "park" in said:
        said["park"] = places.park(said["park"]) if said["park"] else None
    if "leader" in said:
        officers = {str(each.pk): each for each in people.officers(seen_by=by)}
        said["leader"] = officers.get(said["leader"], project.leader if said["leader"] else None)
    return said


def kept(project: "Project", name: str) -> object:
    """A field's present value in the terms of its form."""
    value = getattr(project, name)
    if name == "park":
        return value.unit.code if value else ""
    if name == "leader":
        return str(value.pk) if value else ""
    return value


def shown(project: "Project", name: str, names: Mapping[str, str]) -> object:
    """A field's value in words; "" where it is not known."""
    return told(name, getattr(project, name), names)


def told(name: str, value: object, names: Mapping[str, str]) -> object:
    """A value of a field in words; "" where it is not known."""
    if value is None or value == "":
        return ""
    if name in _WORDS:
        return glossary.word(_WORDS[name], str(value))
    if name in ("link", "second_chain"):
        return names.get(str(value), str(value))
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return getattr(value, "name", value)


def unit(name: str) -> object:
    """What stands after the field's figure; "" where nothing does."""
    return next((word for end, word in UNITS.items() if name.endswith(end)), "")


_WORDS = {
    "label": "label",
    "project_class": "class",
    "investment_form": "form",
    "site_kind": "site",
    "capital_source": "capital",
    "planning_kind": "planning",
    "approval_kind": "approval",
    **{
        name: name
        for name in ("nature", "headquarters", "headquarters_mode", "investor_kind", "sourcing",
                     "assigned_by")
    },
}  # fmt: skip
# The end or the beginning of a column's name tells how it is typed.
_BY_NAME: tuple[tuple[Callable[[str], bool], Callable[[str], forms.Field]], ...] = (
    (_MAKERS.__contains__, lambda name: _MAKERS[name]()),
    (
        _WORDS.__contains__,
        lambda name: ChosenField(glossary.choices(_WORDS[name]), label=FIELDS[name]),
    ),
    (lambda name: name.endswith("_fen"), lambda name: WanField(label=FIELDS[name])),
    (lambda name: name.endswith("_mu"), lambda name: MuField(label=FIELDS[name])),
    (lambda name: name in PAST, lambda name: PastDayField(label=FIELDS[name])),
    (
        lambda name: name.startswith("is_") or name == "needs_land",
        lambda name: YesNoField(label=FIELDS[name]),
    ),
)


def _field(name: str, project: "Project", by: Actor) -> forms.Field:
    if name in ("park", "link", "second_chain"):
        return ChosenField(_offered(name, project), label=FIELDS[name])
    if name == "leader":
        return _leader(project, by)
    for fits, made in _BY_NAME:
        if fits(name):
            return made(name)
    return borrowed(
        "projects.Project",
        name,
        label=FIELDS[name],
        required=name == "name",
        help_text=_HINTS.get(name, ""),
    )


def _offered(name: str, project: "Project") -> list[tuple[str, str]]:
    if name == "park":
        return [(park.unit.code, park.name) for park in places.parks()]
    if name == "second_chain":
        return [(chain.code, chain.name) for chain in industries.chains()]
    chain = industries.chain(project.chain)
    return [(link.code, link.name) for link in industries.links(chain)] if chain else []


def _leader(project: "Project", by: Actor) -> forms.Field:
    offered = [(str(each.pk), each.name) for each in people.officers(seen_by=by)]
    # A leader from beyond one's sight stays who they are when the rest is edited.
    if project.leader and str(project.leader.pk) not in dict(offered):
        offered.append((str(project.leader.pk), project.leader.name))
    return ChosenField(offered, label=FIELDS["leader"])
