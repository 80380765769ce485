"""Forms about a person: a new log-in, an appointment, its end."""

from django import forms
from django.utils.translation import gettext_lazy as _

from yipanqi.delivery.desk.fields import ChosenField, Day, borrowed
from yipanqi.domain.people import queries
from yipanqi.domain.people.services.officers import Appointment, Entrant
from yipanqi.domain.rules import queries as rules
from yipanqi.rulebook.library import NotInForce
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor


class EntrantForm(forms.Form):
    """Somebody to be given a log-in."""

    username = forms.CharField(
        label=_("登录名"),
        min_length=3,
        max_length=30,
        help_text=_("3–30 位小写字母、数字、点或连字符，如 zhang.san；一经开通不再更改"),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none"}),
    )
    name = borrowed("people.Officer", "name")
    unit = ChosenField((), label=_("单位"), required=True)
    mobile = forms.RegexField(
        r"^1\d{10}$",
        label=_("手机"),
        required=False,
        error_messages={"invalid": _("手机号应为 11 位数字，请核对")},
    )

    def offer(self, actor: Actor) -> None:
        """Offer the units there are."""
        _offer_units(self, actor)

    def entrant(self) -> Entrant:
        """The person as the service takes one."""
        given = self.cleaned_data
        unit = queries.unit(given["unit"])
        assert unit is not None, "the choices are units"
        return Entrant(given["username"], given["name"], unit, given["mobile"])


class AppointmentForm(forms.Form):
    """A role held in a unit, from a day to a day."""

    role = ChosenField((), label=_("岗位"), required=True)
    unit = ChosenField((), label=_("任职单位"), required=True)
    since = forms.DateField(label=_("起"), widget=Day())
    until = forms.DateField(
        label=_("止"), required=False, widget=Day(), help_text=_("不填为长期；审计员必须限期")
    )

    def offer(self, actor: Actor) -> None:
        """Offer the roles of the sheet in force, and the units there are."""
        _offer_units(self, actor)
        field = self.fields["role"]
        field.choices = [*field.choices, *role_titles().items()]  # type: ignore[attr-defined]

    def appointment(self) -> Appointment:
        """The appointment as the service takes it."""
        given = self.cleaned_data
        unit = queries.unit(given["unit"])
        assert unit is not None, "the choices are units"
        return Appointment(given["role"], unit, given["since"], given["until"])


def role_titles() -> dict[str, str]:
    """The roles of the sheet in force, by code; none before a pack is loaded."""
    try:
        return {role.code: role.label for role in rules.roles(on=clock.today()).roles}
    except NotInForce:
        return {}


def _offer_units(form: forms.Form, actor: Actor) -> None:
    field = form.fields["unit"]
    offered = [(unit.code, unit.name) for unit in queries.units(seen_by=actor)]
    field.choices = [*field.choices, *offered]  # type: ignore[attr-defined]
