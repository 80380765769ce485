"""How figures, days, labels and addresses are written on every page."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django import template
from django.forms import BoundField
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from yipanqi.delivery.desk import glossary
from yipanqi.vocab import clock, currencies, money

register = template.Library()


@register.filter
def amount(fen: int | None) -> SafeString:
    """Money as officers read it, with the exact figure on hover."""
    if fen is None:
        return format_html('<span class="unknown">{}</span>', _("未填"))
    return format_html(
        '<data class="num" value="{}" title="{}">{}</data>', fen, money.exact(fen), money.shown(fen)
    )


@register.filter
def grouped(number: int | Fraction | None) -> str:
    """A count with its thousands apart; Django's Chinese locale would write 60313.

    Parts of a count are written to two digits.
    """
    if number is None:
        return "—"
    if number.denominator == 1:
        return f"{int(number):,}"
    return f"{float(number):,.2f}"


@register.filter
def percent(share: Decimal | str | None) -> str:
    """A share of 0 to 1, as a number or as JSON keeps it, as a percentage with one digit."""
    return "—" if share is None else f"{Decimal(share) * 100:.1f}%"


@register.filter
def normal(figure: Decimal | None) -> str:
    """An exact figure without the zeros it does not need: 9.80 is 9.8."""
    return "—" if figure is None else f"{figure.normalize():f}"


@register.filter
def signed(part: Decimal | str) -> str:
    """A part of a sum with its sign and two digits."""
    return f"{Decimal(part):+.2f}"


@register.filter
def wan(amount_wan: Decimal | None) -> SafeString:
    """A figure in 万元 as money."""
    return amount(None if amount_wan is None else int(Decimal(amount_wan) * money.FEN_PER_WAN))


@register.filter
def foreign(minor: int | None, currency: str) -> SafeString:
    """Foreign money, from the smallest unit of its currency, as officers read it."""
    if minor is None:
        return format_html('<span class="unknown">{}</span>', _("未填"))
    return format_html(
        '<data class="num" value="{}">{}</data>', minor, currencies.shown(minor, currency=currency)
    )


@register.filter
def day(moment: date | datetime | None) -> str:
    """A day as 2026-11-23; an unknown one is a dash."""
    if moment is None:
        return "—"
    return (clock.civil_day(moment) if isinstance(moment, datetime) else moment).isoformat()


@register.filter
def minute(moment: datetime | None) -> str:
    """A moment in the civil zone, to the minute."""
    return "—" if moment is None else moment.astimezone(clock.CIVIL).strftime("%Y-%m-%d %H:%M")


@register.filter
def left(until: date | None) -> str:
    """How far a day is from today, in words."""
    if until is None:
        return ""
    days = (until - clock.today()).days
    if days < 0:
        return _("已过 %(days)s 天") % {"days": -days}
    return _("今天") if days == 0 else _("还有 %(days)s 天") % {"days": days}


@register.filter
def since(start: date | None) -> str:
    """For how long something has stood, in days."""
    return "" if start is None else _("%(days)s 天") % {"days": (clock.today() - start).days}


@register.filter
def word(code: object, kind: str) -> str:
    """The Chinese word of a code, by the list `kind` of desk.glossary."""
    return glossary.word(kind, str(code or ""))


@register.filter
def of(table: Mapping[str, object], key: str) -> object:
    """The entry of a table under a key that is itself a variable."""
    return table.get(key, "")


@register.filter
def may(actor: object, verb: str) -> bool:
    """Whether the person's posts include the verb."""
    return bool(actor and actor.may(verb))  # type: ignore[attr-defined]


@register.filter
def control(field: BoundField, css: str) -> SafeString:
    """The field's control with its class, its faults announced to screen readers."""
    attrs: dict[str, str | bool] = {
        "class": css if not hasattr(field.field, "choices") else "form-select"
    }
    if field.errors:
        attrs["aria-invalid"] = "true"
        attrs["class"] = f"{attrs['class']} is-invalid"
        attrs["aria-describedby"] = f"{field.id_for_label}_error"
    return field.as_widget(attrs=attrs)


@register.simple_tag(takes_context=True)
def address(context: template.Context, **changes: object) -> str:
    """This page's address with some words of its query replaced; an empty value leaves one out."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = str(value)
    if "page" not in changes:
        query.pop("page", None)
    return f"{request.path}?{query.urlencode()}" if query else request.path
