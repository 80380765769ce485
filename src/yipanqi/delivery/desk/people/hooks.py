"""Screens: what of the ledger goes to other systems in a person's name (webhooks)."""

from django import forms
from django.apps import apps
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from yipanqi.delivery import limits
from yipanqi.delivery.connectors.webhooks import telling
from yipanqi.delivery.desk.fields import borrowed
from yipanqi.delivery.desk.people.present import signed_in
from yipanqi.delivery.desk.screens import found, page_number
from yipanqi.domain.notices import queries
from yipanqi.domain.notices.services import hooks, sending
from yipanqi.vocab.actors import Actor


def _rooms() -> list[tuple[str, str]]:
    return [(room, str(apps.get_app_config(room).verbose_name)) for room in queries.rooms()]


class HookForm(forms.Form):
    """Where to, and of which rooms."""

    name = borrowed("notices.Hook", "name", help_text=_("推送给哪个系统用"))
    url = borrowed("notices.Hook", "url", help_text=_("以 https:// 开头；须先由运维开放"))
    kinds = forms.MultipleChoiceField(
        label=_("事项"),
        choices=_rooms,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """List the person's hooks, and the form for another."""
    return _page(request, signed_in(request), HookForm())


@require_POST
def create(request: HttpRequest) -> HttpResponse:
    """Set a hook up, or say what is missing."""
    actor = signed_in(request)
    form = HookForm(request.POST)
    if form.is_valid():
        try:
            hook = hooks.create(by=actor, **form.cleaned_data)
        except hooks.Unclear as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, gettext("推送已设置；请把签名密钥交给接收方"))
            return redirect("account_hook", hook.public_id)
    return _page(request, actor, form, status=422)


@require_GET
def one(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a hook, its secret, and what was sent."""
    hook = found(queries.hook(public_id, seen_by=signed_in(request)))
    context = {
        "hook": hook,
        "secret": hooks.secret(hook),
        "rooms": _titles(hook.kinds),
        "page": queries.sendings(hook, page=page_number(request)),
    }
    return render(request, "account/hook.html", context)


@require_POST
def ping(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send a test message now and say how it went."""
    actor = signed_in(request)
    hook = found(queries.hook(public_id, seen_by=actor))
    limits.count(actor, "ping")
    answer = telling.ping(hook)
    if answer.is_good:
        messages.success(request, gettext("试发成功，对方答复 %s") % answer.status)
    else:
        messages.error(request, gettext("试发未成：%s") % answer.failure)
    return redirect("account_hook", public_id)


@require_POST
def again(request: HttpRequest, public_id: str, sending_id: str) -> HttpResponse:
    """Send one message once more, within a minute."""
    hook = found(queries.hook(public_id, seen_by=signed_in(request)))
    sending.again(found(queries.sending(sending_id, hook=hook)))
    messages.success(request, gettext("已排入重发，一分钟内发出"))
    return redirect("account_hook", public_id)


@require_POST
def end(request: HttpRequest, public_id: str) -> HttpResponse:
    """End one of the person's hooks."""
    actor = signed_in(request)
    hooks.end(found(queries.hook(public_id, seen_by=actor)), by=actor)
    return redirect("account_hooks")


def _titles(kinds: list[str]) -> list[str]:
    """Rooms by their names, single kinds as they are written."""
    rooms = dict(_rooms())
    return [rooms.get(kind, kind) for kind in kinds]


def _page(request: HttpRequest, actor: Actor, form: HookForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "hooks": queries.hooks(seen_by=actor)}
    return render(request, "account/hooks.html", context, status=status)
