"""Forms of money in place: a voucher, an opening sum's evidence, a reason."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from yipanqi.delivery.desk import glossary
from yipanqi.delivery.desk.fields import ChosenField, Day, PastDayField, borrowed
from yipanqi.delivery.desk.investors.forms import ACCEPTED, arriving
from yipanqi.domain.evidence.services.storing import Upload
from yipanqi.domain.projects.services.money import Paid
from yipanqi.vocab import currencies
from yipanqi.vocab.money import NotMoney


def _paper() -> forms.FileField:
    return forms.FileField(
        label=_("凭证文件"),
        widget=forms.ClearableFileInput({"accept": ACCEPTED}),
        help_text=_("进账单、验资报告、发票等的扫描件；一份凭证登记一笔"),
    )


class VoucherForm(forms.Form):
    """One voucher as it is typed: amounts in 万 of its currency."""

    kind = ChosenField(glossary.choices("voucher"), label=_("凭证类别"), required=True)
    paid_on = PastDayField(label=_("到位日期"), required=True)
    amount_wan = forms.DecimalField(
        label=_("金额（万元或万外币）"),
        min_value=Decimal(0),
        max_digits=18,
        decimal_places=6,
        help_text=_("以凭证币种的“万”为单位，如 1200.5"),
    )
    currency = forms.ChoiceField(
        label=_("币种"),
        required=False,
        choices=[(each.code, each.title) for each in currencies.CURRENCIES.values()],
    )
    rate = forms.DecimalField(
        label=_("汇率"),
        required=False,
        max_digits=14,
        decimal_places=6,
        help_text=_("外币填到位当日中间价：1 单位外币合多少元人民币"),
    )
    rate_on = forms.DateField(label=_("汇率日期"), required=False, widget=Day())
    component = ChosenField(glossary.choices("component"), label=_("用途"))
    origin = ChosenField(glossary.choices("origin"), label=_("资金来源"))
    phase = ChosenField((), label=_("分期"))
    note = borrowed("projects.Voucher", "note")
    file = _paper()

    def offer(self, phases: list[tuple[str, str]]) -> None:
        """Offer these phases; without any, nobody is asked."""
        if not phases:
            del self.fields["phase"]
            return
        field = self.fields["phase"]
        field.choices = [*field.choices, *phases]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        """The amount fits the currency's smallest unit."""
        given: dict[str, object] = super().clean() or self.cleaned_data
        given["currency"] = given.get("currency") or currencies.CNY
        wan = given.get("amount_wan")
        if isinstance(wan, Decimal):
            try:
                given["amount"] = currencies.minor_from_wan(wan, currency=str(given["currency"]))
            except NotMoney as refusal:
                self.add_error("amount_wan", str(refusal))
        return given

    def paid(self) -> Paid:
        """The voucher as the service takes it."""
        given = dict(self.cleaned_data)
        del given["file"], given["amount_wan"]
        return Paid(**given)

    def upload(self) -> Upload:
        """The file as the service takes it."""
        return arriving(self.cleaned_data["file"])


class ProofForm(forms.Form):
    """The evidence of an opening sum, and the day it bears."""

    paid_on = PastDayField(label=_("到位日期"), required=True)
    file = _paper()

    def upload(self) -> Upload:
        """The file as the service takes it."""
        return arriving(self.cleaned_data["file"])
