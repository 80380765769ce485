"""Forms about a signal: capturing it in four fields, putting it right, and each act on it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from yipanqi.delivery.desk import glossary
from yipanqi.delivery.desk.fields import (
    ChosenField,
    LabelField,
    PastDayField,
    WanField,
    borrowed,
)
from yipanqi.delivery.desk.investors.forms import ACCEPTED, arriving
from yipanqi.domain.leads.services.signals import Draft

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from yipanqi.domain.evidence.services.storing import Upload

# What a telephone's camera gives; an iPhone turns its own format into one of these.
_PICTURES = "image/jpeg,image/png"


class _Files(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, none among them."""

    def __init__(self, *, label: "StrOrPromise", accept: str, **attrs: str) -> None:
        widget = _Files({"accept": accept, "multiple": True, **attrs})
        super().__init__(label=label, required=False, allow_empty_file=True, widget=widget)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The files as a list."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(each, initial) for each in given if each]


class FactsForm(forms.Form):
    """What was heard, without files: enough to complete a signal or put it right."""

    enterprise_name = borrowed("leads.Signal", "enterprise_name")
    matter = borrowed("leads.Signal", "matter")
    source = forms.ChoiceField(
        label=_("来源"), choices=lambda: glossary.choices("signal_source"), widget=forms.RadioSelect
    )
    details = borrowed("leads.Signal", "details", widget=forms.Textarea({"rows": 3}))
    source_note = borrowed("leads.Signal", "source_note", help_text=_("网址、活动名称、热线单号等"))
    referrer = borrowed(
        "leads.Signal", "referrer", help_text=_("推荐的单位或个人；填了就须按期反馈")
    )
    place = ChosenField((), label=_("产业链环节"))
    estimate_fen = WanField(label=_("意向投资"))

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["matter"].widget.attrs.update(
            placeholder=_("一句话：谁、想做什么"), autocomplete="off"
        )
        self.fields["enterprise_name"].widget.attrs.update(
            placeholder=_("还不知道可留空"), autocomplete="off"
        )

    def offer(self, places: Sequence[tuple[str, str]]) -> None:
        """Offer these chains and links, written as chain/link."""
        field = self.fields["place"]
        field.choices = [*field.choices, *places]  # type: ignore[attr-defined]

    def draft(self, **more: Any) -> Draft:
        """The facts as the service takes them."""
        given = self.cleaned_data
        chain, _slash, link = given.get("place", "").partition("/")
        names = ("enterprise_name", "matter", "source", "details", "source_note", "referrer")
        told = {name: given.get(name, "") for name in names}
        return Draft(**told, chain=chain, link=link, estimate_fen=given.get("estimate_fen"), **more)


class CaptureForm(FactsForm):
    """A new signal: four fields in sight, the rest folded away."""

    slip = forms.CharField(max_length=36, required=False, widget=forms.HiddenInput)
    target = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    photos = FilesField(label=_("拍照"), accept=_PICTURES, capture="environment")
    papers = FilesField(label=_("文件"), accept=ACCEPTED)
    label = LabelField()
    field_order = ("enterprise_name", "matter", "source", "photos")

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.initial.setdefault("slip", str(uuid4()))

    def captured(self, *, is_checked: bool) -> Draft:
        """The draft, with the browser's own number of it."""
        given = self.cleaned_data
        return self.draft(
            label=given["label"],
            slip=given["slip"],
            registry_id=given["target"],
            is_checked=is_checked,
        )

    def uploads(self) -> "list[Upload]":
        """The files as the evidence room takes them."""
        given = self.cleaned_data
        return [arriving(each) for each in [*given["photos"], *given["papers"]]]


class WordsForm(forms.Form):
    """Words that an act needs."""

    words = forms.CharField(
        label=_("说明"), max_length=2000, widget=forms.Textarea({"rows": 2}), required=True
    )


class ReportForm(WordsForm):
    """Progress, and the day of it."""

    on = PastDayField(label=_("日期"), required=True)


class ChoiceForm(forms.Form):
    """One of the things offered."""

    chosen = ChosenField((), label=_("选择"), required=True)

    def __init__(self, offered: Sequence[tuple[str, str]], *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        field = self.fields["chosen"]
        field.choices = [*field.choices, *offered]  # type: ignore[attr-defined]


class AssignForm(ChoiceForm, WordsForm):
    """Another unit, and why it."""
