"""Screen: the investors' library (客商库), and entering an enterprise by hand."""

from collections.abc import Mapping
from dataclasses import fields

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from yipanqi.delivery.desk import glossary
from yipanqi.delivery.desk.fields import PastDayField, borrowed
from yipanqi.delivery.desk.investors.profile_forms import trait_choices
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
        **{each.name: asked(request, each.name) for each in fields(queries.Filters)}
    )
    chains, names = industries.chains(), industries.names()
    return page(
        request,
        "investors/library",
        filters=filters,
        page=queries.listing(filters, seen_by=request.actor, page=page_number(request)),
        chains=chains,
        names=names,
        sentence=_sentence(filters, names),
        rolls=glossary.choices("roll"),
        traits=trait_choices(),
        existences=glossary.choices("existence"),
        dealings=glossary.choices("dealing"),
    )


def _sentence(filters: queries.Filters, names: Mapping[str, str]) -> str:
    """The filters as one sentence: what the list below holds; "" where nothing narrows it."""
    parts = [
        _("名称、首字母或代码含“%s”") % filters.text if filters.text else "",
        _("属于%s") % names.get(filters.link or filters.chain, filters.link or filters.chain)
        if filters.link or filters.chain
        else "",
        _("在%s") % filters.city if filters.city else "",
        _("上过%s榜") % glossary.word("roll", filters.roll) if filters.roll else "",
        _("记有“%s”") % dict(trait_choices()).get(filters.trait, filters.trait)
        if filters.trait
        else "",
        glossary.word("existence", filters.existence) if filters.existence else "",
        glossary.word("dealing", filters.dealing) if filters.dealing else "",
    ]
    told = _("、").join(part for part in parts if part)
    return _("以下企业：%s") % told if told else ""


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
