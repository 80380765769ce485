"""Forms about a leader's list: whose it is and where it comes from, and why it is undone."""

from django import forms
from django.utils.translation import gettext_lazy as _

from yipanqi.delivery.desk.fields import LabelField, PastDayField, borrowed
from yipanqi.domain.evidence.services.storing import Received
from yipanqi.domain.industries.services.partners import Draft


class ListForm(forms.Form):
    """Whose list it is, as of when, from where, and who may know."""

    leader = borrowed(
        "industries.PartnerList", "leader", help_text=_("写全称，如“三一重工股份有限公司”")
    )
    as_of = PastDayField(label=_("名单截至日期"), required=True)
    source = borrowed(
        "industries.PartnerList",
        "source",
        help_text=_("谁在什么时候提供的，如“三一重工供应链部门，2018年6月函”"),
    )
    label = LabelField()

    def draft(
        self,
        *,
        file_name: str,
        sha256: str,
        snapshot: str,
        leader_id: str,
        original: Received | None,
    ) -> Draft:
        """The list's particulars as the service takes them."""
        return Draft(
            **self.cleaned_data,
            file_name=file_name,
            sha256=sha256,
            snapshot=snapshot,
            leader_registry_id=leader_id,
            original=original,
        )


class UploadForm(ListForm):
    """The file, and what it is."""

    file = forms.FileField(
        label=_("文件"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput({"accept": ".xlsx,.csv"}),
        help_text=_(".xlsx 或 .csv；请用下载的模板填写"),
    )


class ApplyForm(ListForm):
    """What the preview was made of, sent back unchanged."""

    sha256 = forms.RegexField(r"^[0-9a-f]{64}$")
    file_name = forms.CharField(max_length=200)

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        for field in self.fields.values():
            field.widget = field.hidden_widget()


class UndoForm(forms.Form):
    """Why a list is undone."""

    because = forms.CharField(label=_("撤销原因"), max_length=200)
