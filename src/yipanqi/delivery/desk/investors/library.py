"""Screen: the investors' library (客商库), and entering an enterprise by hand."""

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from yipanqi.delivery.desk.fields import PastDayField, borrowed
from yipanqi.delivery.desk.screens import DeskRequest, asked, onward, page, page_number
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.investors import queries
from yipanqi.domain.investors.services import registering
from yipanqi.vocab.actors import require
from yipanqi.vocab.labels import StateSecret


class EnterpriseForm(forms.Form):
    """What an officer knows of an enterprise, and where from."""

    name = borrowed("investors.Enterprise", "name", min_length=2)
    code = forms.RegexField(
        r"^[0-9A-HJ-NP-RT-UW-Y]{18}$",
        label=gettext_lazy("统一社会信用代码"),
        required=False,
        help_text=gettext_lazy("营业执照上的 18 位代码；没有可不填"),
        error_messages={"invalid": gettext_lazy("应为 18 位数字或大写字母，请对照营业执照核对")},
    )
    country = borrowed("investors.Enterprise", "country", initial="中国")
    city = borrowed("investors.Enterprise", "city")
    address = borrowed("investors.Enterprise", "address")
    capital_text = borrowed("investors.Enterprise", "capital_text")
    source = borrowed(
        "investors.Enterprise", "source", help_text=gettext_lazy("如“2026 年工程机械展名片”")
    )
    source_as_of = PastDayField(label=gettext_lazy("来源日期"))


@require_GET
def show(request: DeskRequest) -> HttpResponse:
    """List the enterprises that match the filters in the address."""
    filters = queries.Filters(
        text=asked(request, "text"),
        chain=asked(request, "chain"),
        link=asked(request, "link"),
        city=asked(request, "city"),
    )
    return page(
        request,
        "investors/library",
        filters=filters,
        page=queries.listing(filters, seen_by=request.actor, page=page_number(request)),
        chains=industries.chains(),
        names=industries.names(),
    )


@require_http_methods(["GET", "POST"])
def register(request: DeskRequest) -> HttpResponse:
    """Enter an enterprise, or open the record it already has."""
    require(request.actor, "investors.register", doing=_("登记客商"))
    form = EnterpriseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            known = registering.EnterpriseFacts(
                **{**form.cleaned_data, "code": form.cleaned_data["code"] or None}
            )
            enterprise, is_new = registering.register(known, by=request.actor)
        except (registering.Nameless, StateSecret) as refusal:
            form.add_error(None, str(refusal))
        else:
            saying = _("已登记") if is_new else _("客商库中已有这家企业，已打开原有档案")
            return onward(request, "investor", enterprise.public_id, saying=saying)
    return page(request, "investors/new", 422 if form.errors else 200, form=form)
