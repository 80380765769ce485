"""Form fields that speak officers' language: amounts in 万元, areas in 亩, named choices."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django import forms
from django.apps import apps
from django.utils.translation import gettext_lazy as _

from yipanqi.vocab import clock, money
from yipanqi.vocab.labels import Label

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

BLANK = ("", "—")


def borrowed(model: str, name: str, **changes: object) -> forms.Field:
    """The form field of a model's column: its label, length and choices are stated once, below."""
    column = apps.get_model(model)._meta.get_field(name)  # noqa: SLF001 -- the documented API
    made: forms.Field | None = column.formfield(**changes)
    if made is None:
        raise LookupError(f"{model}.{name} has no form field")
    if isinstance(made, forms.DateField):
        made.widget = Day()
    return made


class Day(forms.DateInput):
    """A day, picked with the browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class WanField(forms.CharField):
    """An amount typed in 万元, held in fen; empty stays unknown (None)."""

    unit = _("万元")

    def __init__(
        self, *, label: "StrOrPromise" = "", required: bool = False, help_text: "StrOrPromise" = ""
    ) -> None:
        super().__init__(label=label, required=required, help_text=help_text, max_length=24)
        self.widget.attrs.update(inputmode="decimal", autocomplete="off")

    def clean(self, value: object) -> int | None:
        """Fen, or None when left empty."""
        text = str(super().clean(value) or "").strip()
        if not text:
            return None
        try:
            fen = money.from_wan(text)
        except money.NotMoney as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        if fen < 0:
            raise forms.ValidationError(_("金额不能为负数，请核对"))
        return fen

    def prepare_value(self, value: object) -> object:
        """Fen shown in 万元; what was typed is shown as typed."""
        if isinstance(value, int):
            return f"{money.in_wan(value).normalize():f}"
        return value


class MuField(forms.DecimalField):
    """An area in 亩; empty stays unknown."""

    unit = _("亩")

    def __init__(self, *, label: "StrOrPromise" = "") -> None:
        super().__init__(
            label=label, required=False, min_value=Decimal(0), max_digits=12, decimal_places=2
        )


class PastDayField(forms.DateField):
    """A day on which something was done: not later than today."""

    widget = Day

    def __init__(self, *, label: "StrOrPromise" = "", required: bool = False) -> None:
        super().__init__(label=label, required=required, widget=Day())

    def clean(self, value: object) -> date | None:
        """The day, or None when left empty."""
        day: date | None = super().clean(value)
        if day and day > clock.today():
            raise forms.ValidationError(_("这一天还没有到；只填已经发生的日期"))
        return day


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not yet known."""

    def __init__(self, *, label: "StrOrPromise" = "") -> None:
        super().__init__(
            label=label,
            required=False,
            choices=[("", _("未明确")), ("yes", _("是")), ("no", _("否"))],
            coerce=lambda text: text == "yes",
            empty_value=None,
        )

    def prepare_value(self, value: object) -> object:
        """True and False shown as the choices' words."""
        return {True: "yes", False: "no", None: ""}.get(value, value)  # type: ignore[call-overload]


class ChosenField(forms.ChoiceField):
    """One of named things, or none of them."""

    def __init__(
        self,
        choices: Iterable[tuple[str, str]],
        *,
        label: "StrOrPromise" = "",
        required: bool = False,
    ) -> None:
        super().__init__(label=label, required=required, choices=[BLANK, *choices])


class LabelField(forms.TypedChoiceField):
    """Who may know. State secrets are not a choice: they never enter."""

    def __init__(self, *, label: "StrOrPromise" = "") -> None:
        super().__init__(
            label=label or _("密级标签"),
            choices=[(each.value, each.title) for each in Label],
            coerce=Label,
            initial=Label.INTERNAL,
            help_text=_("国家秘密不得录入本系统"),
        )
