"""A project's record in sections: which fields and materials each holds, and how each is typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
from yipanqi.domain.projects.services.editing import FIELDS, Value
from yipanqi.vocab.actors import Actor

if TYPE_CHECKING:
    from yipanqi.domain.projects.models import Project


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the record: its address, title, fields and materials.

    `code` is that of `rulebook.gates.Section`, so that a gate's row leads to where it is met.
    """

    code: str
    title: object
    fields: tuple[str, ...]
    materials: tuple[str, ...] = ()


SECTIONS: Mapping[str, Section] = {
    section.code: section
    for section in (
        Section(
            "investor",
            _("基本情况"),
            ("name", "label", "park", "link", "content"),
            ("contact_proof",),
        ),
        Section("responsibility", _("责任分工"), ("leader", "team_note")),
        Section(
            "money",
            _("投资与到位资金"),
            (
                "project_class",
                "investment_form",
                "total_investment_fen",
                "fixed_investment_fen",
                "paid_in_fen",
            ),
        ),
        Section(
            "agreement",
            _("投资协议"),
            ("agreement_signed_on",),
            ("agreement", "exit_agreement", "exit_notice"),
        ),
        Section("registration", _("工商注册"), ("registered_on",), ("licence",)),
        Section("filing", _("立项备案"), ("filing_code",), ("filing",)),
        Section("land", _("用地"), ("site_kind", "needs_land", "land_secured_mu")),
        Section(
            "construction",
            _("开工建设"),
            ("construction_permit_on", "started_on"),
            ("construction_permit", "start_photo"),
        ),
        Section("completion", _("竣工投产"), ("completed_on", "production_on"), ("acceptance",)),
    )
}

_MAKERS: Mapping[str, Callable[[], forms.Field]] = {
    "name": lambda: borrowed("projects.Project", "name"),
    "label": LabelField,
    "content": lambda: borrowed("projects.Project", "content"),
    "team_note": lambda: borrowed("projects.Project", "team_note"),
    "filing_code": lambda: borrowed("projects.Project", "filing_code"),
    "project_class": lambda: ChosenField(glossary.choices("class"), label=FIELDS["project_class"]),
    "investment_form": lambda: ChosenField(
        glossary.choices("form"), label=FIELDS["investment_form"]
    ),
    "site_kind": lambda: ChosenField(glossary.choices("site"), label=FIELDS["site_kind"]),
    "needs_land": lambda: YesNoField(label=FIELDS["needs_land"]),
    "land_secured_mu": lambda: MuField(label=FIELDS["land_secured_mu"]),
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
    if name in _LISTS:
        return glossary.word(_LISTS[name], str(value))
    if name == "link":
        return names.get(str(value), str(value))
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return getattr(value, "name", value)


_LISTS = {
    "label": "label",
    "project_class": "class",
    "investment_form": "form",
    "site_kind": "site",
}


def _field(name: str, project: "Project", by: Actor) -> forms.Field:
    if name in _MAKERS:
        return _MAKERS[name]()
    if name.endswith("_fen"):
        return WanField(label=FIELDS[name])
    if name.endswith("_on"):
        return PastDayField(label=FIELDS[name])
    if name == "park":
        offered = [(park.unit.code, park.name) for park in places.parks()]
        return ChosenField(offered, label=FIELDS[name])
    if name == "link":
        chain = industries.chain(project.chain)
        offered = [(link.code, link.name) for link in industries.links(chain)] if chain else []
        return ChosenField(offered, label=FIELDS[name])
    return _leader(project, by)


def _leader(project: "Project", by: Actor) -> forms.Field:
    offered = [(str(each.pk), each.name) for each in people.officers(seen_by=by)]
    # A leader from beyond one's sight stays who they are when the rest is edited.
    if project.leader and str(project.leader.pk) not in dict(offered):
        offered.append((str(project.leader.pk), project.leader.name))
    return ChosenField(offered, label=FIELDS["leader"])
