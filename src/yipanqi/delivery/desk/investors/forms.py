"""Forms about an enterprise: a contact, an occasion, a claim."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from yipanqi.delivery.desk import glossary
from yipanqi.delivery.desk.fields import (
    ChosenField,
    Day,
    LabelField,
    PastDayField,
    WanField,
    borrowed,
)
from yipanqi.domain.evidence.services.storing import Upload
from yipanqi.domain.investors.services.contacts import ContactFacts
from yipanqi.domain.investors.services.interactions import Occasion
from yipanqi.domain.leads.services.claims import Filing

# What evidence.services.safety accepts, for the browser's file picker.
ACCEPTED = ".pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.wps,.jpg,.jpeg,.png"


class ContactForm(forms.Form):
    """A person at the enterprise."""

    prefix = "contact"
    name = borrowed("investors.Contact", "name")
    position = borrowed("investors.Contact", "position")
    mobile = borrowed("investors.Contact", "mobile")
    label = LabelField()

    def facts(self) -> ContactFacts:
        """The contact as the service takes it."""
        return ContactFacts(**self.cleaned_data)


class OccasionForm(forms.Form):
    """A visit, call, fair or reception, and what comes next."""

    prefix = "occasion"
    kind = ChosenField(glossary.choices("way"), label=_("方式"), required=True)
    held_on = PastDayField(label=_("日期"), required=True)
    summary = forms.CharField(label=_("纪要"), max_length=4000, widget=forms.Textarea({"rows": 4}))
    next_step = borrowed("investors.Interaction", "next_step")
    next_step_on = forms.DateField(label=_("下一步日期"), required=False, widget=Day())
    label = LabelField()

    def occasion(self) -> Occasion:
        """The occasion as the service takes it."""
        return Occasion(**self.cleaned_data)


class ClaimForm(forms.Form):
    """A claim: the matter, and the proof of real contact."""

    matter = borrowed(
        "leads.Lead", "matter", label=_("事项"), help_text=_("写明拟投资的内容，如“液压件生产基地”")
    )
    place = ChosenField((), label=_("产业链环节"))
    estimate_fen = WanField(label=_("意向投资"))
    label = LabelField()
    proof_kind = ChosenField(
        glossary.choices("proof"),
        label=_("接洽证明"),
        required=True,
    )
    proof = forms.FileField(
        label=_("证明文件"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput({"accept": ACCEPTED}),
        help_text=_("PDF、Word、Excel、PPT、JPG 或 PNG；首报须有与投资方真实接洽的证明"),
    )

    def offer(self, places: list[tuple[str, str]]) -> None:
        """Offer these links, written as chain/link."""
        field = self.fields["place"]
        field.choices = [*field.choices, *places]  # type: ignore[attr-defined]

    def filing(self) -> Filing:
        """The claim as the service takes it."""
        given = self.cleaned_data
        chain, _slash, link = given["place"].partition("/")
        return Filing(
            matter=given["matter"],
            proof_kind=given["proof_kind"],
            proof=arriving(given["proof"]),
            chain=chain,
            link=link,
            estimate_fen=given["estimate_fen"],
            label=given["label"],
        )


def arriving(file: "UploadedFile[bytes]") -> Upload:
    """An uploaded file as the evidence room takes it."""
    return Upload(file.name or "", file.chunks())
