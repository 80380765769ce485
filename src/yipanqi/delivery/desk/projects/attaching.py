"""The form by which a material is attached to a project."""

from django import forms
from django.utils.translation import gettext_lazy as _

from yipanqi.delivery.desk import glossary
from yipanqi.delivery.desk.fields import ChosenField, PastDayField, borrowed

# What evidence.services.safety accepts, for the browser's file picker.
ACCEPTED = ".pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.wps,.jpg,.jpeg,.png"


class AttachForm(forms.Form):
    """A file, what it is, and when it is from."""

    kind = ChosenField(glossary.choices("material"), label=_("材料类别"), required=True)
    file = forms.FileField(
        label=_("文件"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput({"accept": ACCEPTED}),
        help_text=_("PDF、Word、Excel、PPT、JPG 或 PNG，不超过 50 MB"),
    )
    dated = PastDayField(label=_("材料日期"))
    source = borrowed("evidence.EvidenceFile", "source")
