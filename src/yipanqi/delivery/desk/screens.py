"""What every screen shares: the request with its actor, found or 404, and how to answer."""

from collections.abc import Mapping
from typing import TypeVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from yipanqi.vocab.actors import Actor

Found = TypeVar("Found")
# A page number from an address could be any size; `vocab.pages` keeps it within reason too.
_LAST_PAGE = 100_000


class DeskRequest(HttpRequest):
    """A request that has passed the desk's door."""

    actor: Actor
    htmx: HtmxDetails


def found(thing: Found | None) -> Found:
    """The thing itself; None is a 404, whether it is absent or not for these eyes."""
    if thing is None:
        raise Http404
    return thing


def page(
    request: DeskRequest, template: str, status: int = 200, /, **shown: object
) -> HttpResponse:
    """The template `desk/<template>.html` with what it shows."""
    context: Mapping[str, object] = shown
    return render(request, f"desk/{template}.html", context, status=status)


def page_number(request: HttpRequest) -> int:
    """The page asked for in the address; nonsense is the first."""
    text = request.GET.get("page", "1")
    if not (text.isascii() and text.isdigit() and len(text) < 10):  # noqa: PLR2004
        return 1
    return min(max(int(text), 1), _LAST_PAGE)


def asked(request: HttpRequest, name: str, most: int = 80) -> str:
    """A word of the address's filter, without NUL (PostgreSQL refuses it) and not too long."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:most]


def onward(request: DeskRequest, name: str, *parts: str, saying: str = "") -> HttpResponse:
    """Go to another screen, with a message; under htmx the whole page goes."""
    if saying:
        messages.success(request, saying)
    address = reverse(f"desk:{name}", args=parts)
    if request.htmx:
        return HttpResponseClientRedirect(address)
    return SeeOther(address)


class SeeOther(HttpResponseRedirect):
    """After a POST: the browser is to GET the other page, and reloading it sends nothing again."""

    status_code = 303
