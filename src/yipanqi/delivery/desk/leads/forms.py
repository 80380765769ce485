"""Forms about a held lead: renewing, contesting, answering, handing over."""

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from yipanqi.delivery.desk import glossary
from yipanqi.delivery.desk.fields import ChosenField, PastDayField, borrowed
from yipanqi.delivery.desk.investors.forms import ACCEPTED, arriving
from yipanqi.domain.leads.services.contests import Grounds
from yipanqi.domain.leads.services.renewals import Progress
from yipanqi.domain.leads.services.transfers import Proposal

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_MOST_PART, _MOST_YEARS = 10_000, 30


def _file(
    *, label: "StrOrPromise", required: bool, help_text: "StrOrPromise" = ""
) -> forms.FileField:
    return forms.FileField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.ClearableFileInput({"accept": ACCEPTED}),
    )


def _words(*, label: "StrOrPromise", help_text: "StrOrPromise" = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=2000, widget=forms.Textarea({"rows": 4})
    )


class RenewalForm(forms.Form):
    """What really happened, when, and the file that shows it."""

    words = _words(
        label=_("实质进展"), help_text=_("写明谈到哪一步，如“已签意向协议”“已到园区选址”")
    )
    on = PastDayField(label=_("进展日期"), required=True)
    evidence = _file(label=_("佐证材料"), required=True, help_text=_("往来函件、拜访记录、协议等"))

    def progress(self) -> Progress:
        """The progress as the service takes it."""
        given = self.cleaned_data
        return Progress(given["words"], given["on"], arriving(given["evidence"]))


class ContestForm(forms.Form):
    """Why the matter should be one's own, and the proof."""

    words = _words(
        label=_("异议理由"),
        help_text=_("写明何时、与谁、谈到哪一步；理由将转给持有单位，证明材料不转"),
    )
    proof_kind = ChosenField(glossary.choices("proof"), label=_("接洽证明"), required=True)
    proof = _file(label=_("证明文件"), required=True)

    def grounds(self) -> Grounds:
        """The grounds as the service takes them."""
        given = self.cleaned_data
        return Grounds(given["words"], given["proof_kind"], arriving(given["proof"]))


class PleaForm(forms.Form):
    """Why a filing that waits should take the matter; its proof is with it already."""

    words = _words(
        label=_("异议理由"), help_text=_("写明何时、与谁、谈到哪一步；理由将转给持有单位")
    )


class AnswerForm(forms.Form):
    """What the holder says to a contest."""

    words = _words(label=_("答复"), help_text=_("答复将转给提出异议的单位，材料只给裁定人员"))
    evidence = _file(label=_("补充材料"), required=False)


class TransferForm(forms.Form):
    """To whom, why, and who shares the benefit."""

    receiver = ChosenField((), label=_("承接单位"), required=True)
    reason = borrowed("leads.Transfer", "reason", widget=forms.Textarea({"rows": 3}))
    own_part = forms.IntegerField(
        label=_("本单位份额"), min_value=1, max_value=_MOST_PART, initial=5
    )
    receiver_part = forms.IntegerField(
        label=_("承接单位份额"), min_value=1, max_value=_MOST_PART, initial=5
    )
    third = ChosenField((), label=_("第三方单位"))
    third_part = forms.IntegerField(
        label=_("第三方份额"),
        min_value=1,
        max_value=_MOST_PART,
        required=False,
        help_text=_("份额写作比例，如 5、5 或 4、4、2；各占其份额除以份额之和"),
    )
    years = forms.IntegerField(label=_("分享年限（年）"), min_value=1, max_value=_MOST_YEARS)
    agreement = _file(label=_("协议文件"), required=False)

    def offer(self, units: list[tuple[str, str]], years: int | None) -> None:
        """Offer these units, and the years of the sheet."""
        for name in ("receiver", "third"):
            field = self.fields[name]
            field.choices = [*field.choices, *units]  # type: ignore[attr-defined]
        self.fields["years"].initial = years

    def clean(self) -> dict[str, object]:
        """A third unit has a part, and a part has a third unit."""
        given: dict[str, object] = super().clean() or self.cleaned_data
        if bool(given.get("third")) != bool(given.get("third_part")):
            self.add_error("third_part", _("第三方单位与其份额须一并填写，或都留空"))
        if given.get("third") and given.get("third") == given.get("receiver"):
            self.add_error("third", _("第三方与承接单位是同一单位；请改选或留空"))
        return given

    def proposal(self, own: str) -> Proposal:
        """The proposal as the service takes it; `own` is the giver's code."""
        given = self.cleaned_data
        parts = {own: given["own_part"], given["receiver"]: given["receiver_part"]}
        if given["third"]:
            parts[given["third"]] = given["third_part"]
        agreement = arriving(given["agreement"]) if given["agreement"] else None
        return Proposal(given["receiver"], given["reason"], parts, given["years"], agreement)
