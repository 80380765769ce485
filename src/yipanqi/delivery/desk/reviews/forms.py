"""Forms of admission reviews."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from yipanqi.delivery.desk.fields import ChosenField, Day, PastDayField, borrowed
from yipanqi.domain.reviews.services.deciding import Decision, Wanted
from yipanqi.domain.reviews.services.experts import Declaration, Line
from yipanqi.rulebook.admission import AdmissionSheet
from yipanqi.rulebook.scoring import Indicator
from yipanqi.vocab.admission import ADMISSION_FACTS, ENTERED, Grade, Outcome

if TYPE_CHECKING:
    from yipanqi.domain.people.models import Officer, Unit

_MOST = 2000
_LONGEST_CONDITION = 300


def _words(rows: int = 3) -> forms.Textarea:
    return forms.Textarea({"rows": rows, "maxlength": _MOST})


class FactsForm(forms.Form):
    """What is scored. Empty stays unknown."""

    def __init__(
        self, given: Mapping[str, str] | None = None, *, initial: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(given, initial=dict(initial or {}))
        for key in ENTERED:
            self.fields[key] = _fact_field(key)

    def figures(self) -> dict[str, str]:
        """Each figure as the service takes it; "" where it is not known."""
        return {key: self.cleaned_data.get(key) or "" for key in ENTERED}


class HandingInForm(FactsForm):
    """What goes to the reviewers with the project's record."""

    summary = borrowed("reviews.Review", "summary", widget=_words(4), max_length=_MOST)


def _fact_field(key: str) -> forms.Field:
    fact = ADMISSION_FACTS[key]
    if fact.values:
        return ChosenField(fact.values.items(), label=fact.label)
    field = forms.CharField(label=fact.label, required=False, max_length=24)
    field.widget.attrs.update(inputmode="decimal", autocomplete="off")
    field.unit = fact.unit  # type: ignore[attr-defined]  # read by layout/field.html
    return field


class CountersignForm(forms.Form):
    """The department's grade and comment."""

    grade = ChosenField((), label=_("等级"), required=True)
    comment = forms.CharField(
        label=_("意见"),
        required=False,
        max_length=_MOST,
        widget=_words(),
        help_text=_("B、C、D 须写明建议、条件或不同意的理由"),
    )

    def offer(self, sheet: AdmissionSheet) -> None:
        """Offer the grades of the sheet, each with what it means."""
        field = self.fields["grade"]
        field.choices = [  # type: ignore[attr-defined]
            *field.choices,  # type: ignore[attr-defined]
            *((row.code.value, f"{row.code} {row.title}") for row in sheet.grades),
        ]

    def answer(self) -> tuple[Grade, str]:
        """The grade and the comment."""
        return Grade(self.cleaned_data["grade"]), self.cleaned_data["comment"]


class VetoForm(forms.Form):
    """A ground of veto, and why it applies."""

    code = ChosenField((), label=_("否决事项"), required=True)
    reason = forms.CharField(label=_("依据和理由"), max_length=_MOST, widget=_words())

    def offer(self, sheet: AdmissionSheet) -> None:
        """Offer the grounds of the sheet."""
        field = self.fields["code"]
        field.choices = [  # type: ignore[attr-defined]
            *field.choices,  # type: ignore[attr-defined]
            *((row.code, row.title) for row in sheet.vetoes),
        ]


class ExpertForm(forms.Form):
    """Who is asked to score."""

    officer = ChosenField((), label=_("专家"), required=True)

    def offer(self, officers: "Iterable[Officer]") -> None:
        """Offer these officers."""
        named = [(each.public_id, f"{each.name}（{each.unit or ''}）") for each in officers]
        field = self.fields["officer"]
        field.choices = [*field.choices, *named]  # type: ignore[attr-defined]


class DeclarationForm(forms.Form):
    """Interest and secrecy, before anything is shown."""

    has_interest = ChosenField(
        [("no", _("没有利害关系")), ("yes", _("有利害关系，申请回避"))],  # type: ignore[list-item]
        label=_("与该项目或投资主体"),
        required=True,
    )
    interest = forms.CharField(
        label=_("利害关系说明"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("如曾任职、持股、近亲属任职、近三年有业务往来"),
    )
    keeps_secret = forms.BooleanField(
        label=_("我承诺对评审材料和评审意见保密，不复制、不外传"), required=False
    )

    def said(self) -> Declaration:
        """The declaration as the service takes it."""
        given = self.cleaned_data
        has_interest = given["has_interest"] == "yes"
        return Declaration(
            has_interest=has_interest,
            interest=given["interest"],
            keeps_secret=given["keeps_secret"],
        )


class MarksForm(forms.Form):
    """One number per indicator."""

    def __init__(
        self,
        asked: Mapping[Line, Indicator],
        given: Mapping[str, str] | None = None,
        initial: Mapping[Line, Decimal] | None = None,
    ) -> None:
        first = {name_of(line): points for line, points in (initial or {}).items()}
        super().__init__(given, initial=first)
        self.asked = asked
        for line, each in asked.items():
            field = forms.DecimalField(
                label=each.label, min_value=0, max_value=each.maximum, decimal_places=2,
                max_digits=6,
            )  # fmt: skip
            field.widget.attrs.update(inputmode="decimal", step="0.5")
            field.unit = f"/\u00a0{each.maximum:f}"  # type: ignore[attr-defined]
            self.fields[name_of(line)] = field

    def points(self) -> dict[Line, Decimal]:
        """The points of each indicator."""
        return {line: self.cleaned_data[name_of(line)] for line in self.asked}


def name_of(line: Line) -> str:
    """The form's field of an indicator."""
    return f"{line[0]}-{line[1]}"


class DecisionForm(forms.Form):
    """What a body decided, as its minutes say."""

    outcome = ChosenField(
        [(each.value, each.title) for each in Outcome], label=_("结论"), required=True
    )
    held_on = PastDayField(label=_("开会日期"), required=True)
    minutes_no = borrowed("reviews.Sitting", "minutes_no", required=False)
    remark = borrowed("reviews.Sitting", "remark", widget=_words(), max_length=_MOST)
    conditions = forms.CharField(
        label=_("附带条件"),
        required=False,
        max_length=_MOST,
        widget=_words(),
        help_text=_("有条件通过时填写，一行一条"),
    )
    unit = ChosenField((), label=_("条件的落实单位"))
    due = forms.DateField(label=_("条件的落实期限"), required=False, widget=Day())

    def offer(self, units: "Iterable[Unit]") -> None:
        """Offer the units that may have to meet a condition."""
        field = self.fields["unit"]
        named = [(each.code, each.name) for each in units]
        field.choices = [("", _("责任单位")), *named]  # type: ignore[attr-defined]

    def clean_conditions(self) -> list[str]:
        """The conditions, one a line."""
        text: str = self.cleaned_data["conditions"]
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if any(len(line) > _LONGEST_CONDITION for line in lines):
            raise forms.ValidationError(_("一条条件最多 300 字；请分成几条"))
        return lines

    def decision(self, body: str) -> Decision:
        """The decision of that body as the service takes it."""
        given = self.cleaned_data
        wanted = [Wanted(text, given["unit"], given["due"]) for text in given["conditions"]]
        return Decision(
            body,
            Outcome(given["outcome"]),
            held_on=given["held_on"],
            minutes_no=given["minutes_no"],
            remark=given["remark"],
            conditions=wanted,
        )


class MeetingForm(forms.Form):
    """When and how a condition was met."""

    on = PastDayField(label=_("落实日期"), required=True)
    proof = forms.CharField(label=_("落实情况"), max_length=_MOST, widget=_words(2))

    def told(self) -> tuple[date, str]:
        """The day and the words."""
        return self.cleaned_data["on"], self.cleaned_data["proof"]
