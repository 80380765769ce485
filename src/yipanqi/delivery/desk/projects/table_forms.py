"""Forms of a project's tables: one small form a row, and the rows they come to."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from yipanqi.delivery.desk import glossary
from yipanqi.delivery.desk.fields import BLANK, Day, WanField
from yipanqi.domain.projects.services.rewriting import Foreign
from yipanqi.domain.projects.tables import ComponentRow, NeedRow, PhaseRow, YearRow
from yipanqi.vocab import currencies
from yipanqi.vocab import project_kinds as kinds
from yipanqi.vocab.money import NotMoney

if TYPE_CHECKING:
    from yipanqi.domain.projects.models import Project


class RowForm(forms.Form):
    """One row; left empty it is no row. `heading` is what a fixed row is about."""

    key = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed into the row."""
        return not any(
            value not in (None, "") for name, value in self.cleaned_data.items() if name != self.key
        )

    @property
    def heading(self) -> str:
        """What a row with a fixed key is about; "" where the key is typed."""
        return ""


class ComponentForm(RowForm):
    """One component; its kind is fixed."""

    key = "kind"
    kind = forms.CharField(widget=forms.HiddenInput)
    domestic_fen = WanField(label=_("内资"))
    foreign_wan = forms.DecimalField(
        label=_("外资（万外币）"), required=False, min_value=0, max_digits=18, decimal_places=6
    )

    @property
    def heading(self) -> str:
        """The component's name."""
        return glossary.word("component", str(self["kind"].value()))

    def row(self, currency: str) -> ComponentRow:
        """The row as the service takes it. Raises NotMoney."""
        given, minor = self.cleaned_data, None
        if given["foreign_wan"] is not None:
            if currency not in currencies.FOREIGN:
                raise NotMoney(str(_("填了外资金额，请选择外币币种")))
            minor = currencies.minor_from_wan(given["foreign_wan"], currency=currency)
        return ComponentRow(given["kind"], given["domestic_fen"], minor)


class YearForm(RowForm):
    """One year of the plan."""

    year = forms.IntegerField(label=_("年度"), required=False, min_value=1, max_value=9999)
    amount_fen = WanField(label=_("计划投资"))
    content = forms.CharField(label=_("建设内容"), required=False, max_length=200)

    def clean(self) -> dict[str, object]:
        """A year has its amount, and an amount its year."""
        given: dict[str, object] = super().clean() or self.cleaned_data
        if not self.errors and not self.is_empty:
            for name in ("year", "amount_fen"):
                if given.get(name) is None:
                    self.add_error(name, _("年度与计划投资须一并填写"))
        return given

    def row(self, _currency: str) -> YearRow:
        """The row as the service takes it."""
        return YearRow(**self.cleaned_data)


class PhaseForm(RowForm):
    """One phase."""

    number = forms.CharField(label=_("期号"), required=False, max_length=5)
    title = forms.CharField(label=_("本期名称"), required=False, max_length=80)
    amount_fen = WanField(label=_("本期投资"))
    planned_start_on = forms.DateField(label=_("计划开工日"), required=False, widget=Day())
    planned_finish_on = forms.DateField(label=_("计划竣工日"), required=False, widget=Day())
    content = forms.CharField(label=_("建设内容"), required=False, max_length=200)

    def clean(self) -> dict[str, object]:
        """A phase has a number."""
        given: dict[str, object] = super().clean() or self.cleaned_data
        if not self.errors and not self.is_empty and not given.get("number"):
            self.add_error("number", _("期号未填；写作 1、2，或 2.1、2.2"))
        return given

    def row(self, _currency: str) -> PhaseRow:
        """The row as the service takes it."""
        return PhaseRow(**self.cleaned_data)


class NeedForm(RowForm):
    """One element; its kind is fixed, and its unit with it."""

    key = "kind"
    kind = forms.CharField(widget=forms.HiddenInput)
    amount = forms.DecimalField(
        label=_("需求量"), required=False, min_value=Decimal(0), max_digits=14, decimal_places=2
    )
    needed_on = forms.DateField(label=_("需用日期"), required=False, widget=Day())
    note = forms.CharField(label=_("说明"), required=False, max_length=200)

    @property
    def heading(self) -> str:
        """The element's name with its unit."""
        kind = str(self["kind"].value())
        return f"{glossary.word('need', kind)}（{kinds.NEED_UNITS.get(kind, '')}）"

    def clean(self) -> dict[str, object]:
        """A day or a note belongs to an amount."""
        given: dict[str, object] = super().clean() or self.cleaned_data
        if not self.errors and not self.is_empty and given.get("amount") is None:
            self.add_error("amount", _("请填需求量"))
        return given

    def row(self, _currency: str) -> NeedRow:
        """The row as the service takes it."""
        return NeedRow(**self.cleaned_data)


class ForeignForm(forms.Form):
    """The currency of the foreign part and its rate."""

    prefix = "foreign"
    currency = forms.ChoiceField(
        label=_("外币币种"),
        required=False,
        choices=[
            BLANK,
            *((code, currencies.CURRENCIES[code].title) for code in currencies.FOREIGN),
        ],
    )
    rate = forms.DecimalField(
        label=_("折算汇率"),
        required=False,
        max_digits=14,
        decimal_places=6,
        help_text=_("1 单位外币合多少元人民币"),
    )
    rate_on = forms.DateField(label=_("汇率日期"), required=False, widget=Day())

    def foreign(self) -> Foreign:
        """The foreign part as the service takes it."""
        return Foreign(**self.cleaned_data)


def initial_foreign(project: "Project") -> dict[str, object]:
    """What the project holds of it."""
    return {
        "currency": project.foreign_currency,
        "rate": project.foreign_rate,
        "rate_on": project.foreign_rate_on,
    }


def component_rows(project: "Project", rows: Sequence[ComponentRow]) -> list[dict[str, object]]:
    """Every component with what is known of it, as the forms show it."""
    known = {row.kind: row for row in rows}
    found: list[dict[str, object]] = []
    for kind in kinds.COMPONENTS:
        row = known.get(kind, ComponentRow(kind))
        wan = None
        if row.foreign_minor is not None and project.foreign_currency:
            wan = currencies.in_wan(row.foreign_minor, currency=project.foreign_currency)
        found.append({"kind": kind, "domestic_fen": row.domestic_fen, "foreign_wan": wan})
    return found


def need_rows(rows: Sequence[NeedRow]) -> list[dict[str, object]]:
    """Every element with what is known of it, as the forms show it."""
    known = {row.kind: row for row in rows}
    return [
        {
            "kind": kind,
            "amount": known[kind].amount if kind in known else None,
            "needed_on": known[kind].needed_on if kind in known else None,
            "note": known[kind].note if kind in known else "",
        }
        for kind in kinds.NEEDS
    ]
