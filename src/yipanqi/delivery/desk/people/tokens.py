"""Screen: a person's own keys to the API."""

from datetime import timedelta

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from yipanqi.delivery.desk.fields import Day, borrowed
from yipanqi.delivery.desk.people.present import signed_in
from yipanqi.domain.people import queries
from yipanqi.domain.people.services import tokens
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor

_USUAL = timedelta(days=90)


class TokenForm(forms.Form):
    """What a new key is for, and until when."""

    name = borrowed("people.Token", "name")
    expires_on = forms.DateField(label=_("有效期至"), widget=Day())


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Show the keys, and the form for another."""
    actor = signed_in(request)
    form = TokenForm(initial={"expires_on": clock.today() + _USUAL})
    return _page(request, actor, form)


@require_POST
def issue(request: HttpRequest) -> HttpResponse:
    """Make a key and show it this once, or say what is missing."""
    actor = signed_in(request)
    form = TokenForm(request.POST)
    plain = ""
    if form.is_valid():
        try:
            _token, plain = tokens.issue(by=actor, **form.cleaned_data)
        except tokens.Unclear as refusal:
            form.add_error(refusal.field, str(refusal))
    if plain:
        return _page(request, actor, TokenForm(), plain=plain)
    return _page(request, actor, form, status=422)


@require_POST
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """End one of the person's keys; one that is not theirs does not exist for them."""
    actor = signed_in(request)
    for token in queries.tokens(actor):
        if token.pk == number:
            tokens.revoke(token, by=actor)
    return redirect("account_tokens")


def _page(
    request: HttpRequest, actor: Actor, form: TokenForm, *, plain: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "plain": plain,
        "tokens": queries.tokens(actor),
        "today": clock.today(),
    }
    return render(request, "account/tokens.html", context, status=status)
