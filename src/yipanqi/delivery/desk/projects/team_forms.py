"""Forms about who answers for a project: the team, joint units and pledges."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from yipanqi.delivery.desk.fields import ChosenField, PastDayField, borrowed
from yipanqi.domain.projects.services.pledges import Promise
from yipanqi.domain.projects.services.team import Seat
from yipanqi.domain.projects.teams import TeamRole

if TYPE_CHECKING:
    from yipanqi.domain.people.models import Officer, Unit

_MOST = 2000


def _offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    field.choices = [*field.choices, *choices]  # type: ignore[attr-defined]


def _named(officers: "Iterable[Officer]") -> list[tuple[str, str]]:
    return [
        (each.public_id, f"{each.name}（{each.unit.short_name if each.unit else ''}）")
        for each in officers
    ]


class SeatForm(forms.Form):
    """Somebody for the team: an officer, or a person by name and unit."""

    role = borrowed("projects.TeamMember", "role")
    officer = ChosenField((), label=_("人员"))
    name = borrowed("projects.TeamMember", "name", label=_("或没有账户的人员姓名"), required=False)
    unit = ChosenField((), label=_("该人员所在单位"))
    since = PastDayField(label=_("自"), required=True)

    def offer(self, officers: "Iterable[Officer]", units: "Iterable[Unit]") -> None:
        """Offer these officers and units."""
        _offer(self, "officer", _named(officers))
        _offer(self, "unit", [(each.code, each.name) for each in units])

    def seat(self, officers: "Iterable[Officer]", units: "Iterable[Unit]") -> Seat:
        """The seat as the service takes it."""
        given = self.cleaned_data
        by_id = {each.public_id: each for each in officers}
        by_code = {each.code: each for each in units}
        return Seat(
            TeamRole(given["role"]),
            given["since"],
            officer=by_id.get(given["officer"]),
            name=given["name"],
            unit=by_code.get(given["unit"]),
        )


class LeavingForm(forms.Form):
    """The day somebody leaves, and who takes over, if anybody."""

    on = PastDayField(label=_("离任日期"), required=True)
    officer = ChosenField((), label=_("接手人"))

    def offer(self, officers: "Iterable[Officer]") -> None:
        """Offer these officers."""
        _offer(self, "officer", _named(officers))


class JointForm(forms.Form):
    """A unit and what it answers for."""

    unit = ChosenField((), label=_("单位"), required=True)
    duty = borrowed("projects.JointUnit", "duty")

    def offer(self, units: "Iterable[Unit]") -> None:
        """Offer these units."""
        _offer(self, "unit", [(each.code, each.name) for each in units])


class PledgeForm(forms.Form):
    """What was promised to the investor in the unit's name."""

    text = borrowed("projects.Pledge", "text", widget=forms.Textarea({"rows": 2}))
    made_on = PastDayField(label=_("承诺日期"), required=True)
    due = borrowed("projects.Pledge", "due", required=False)

    def promise(self) -> Promise:
        """The pledge as the service takes it."""
        given = self.cleaned_data
        return Promise(given["text"], given["made_on"], given["due"])


class ClosingForm(forms.Form):
    """How a pledge ends: kept on a day, or released."""

    how = ChosenField(
        [("keep", _("已兑现")), ("release", _("解除"))],  # type: ignore[list-item]
        label=_("结果"),
        required=True,
    )
    on = PastDayField(label=_("兑现日期"))
    words = forms.CharField(
        label=_("说明"), max_length=_MOST, widget=forms.Textarea({"rows": 2, "maxlength": _MOST})
    )

    def day(self, today: date) -> date:
        """The day it was kept; today where none is said."""
        day: date | None = self.cleaned_data["on"]
        return day or today
