"""The desk's door: it numbers requests, bars foreign content and turns a user into an actor."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from yipanqi.delivery.desk import circumstances, faults, navigation, second_factor
from yipanqi.delivery.limits import TooOften
from yipanqi.domain.people import queries as people
from yipanqi.vocab import clock, public_ids, trace
from yipanqi.vocab.actors import Actor, NotAllowed

Respond = Callable[[HttpRequest], HttpResponse]
View = TypeVar("View", bound=Callable[..., Any])

_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
# Everything from this origin alone, nothing inline, nothing evaluated; `data:` is for the QR code.
_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
_FEATURES = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"
# Addresses that answer without anybody signed in. The API knows its callers itself.
_OPEN = ("/account/", "/api/", "/healthz", "/readyz", "/static/")
_LOOKING = frozenset({"GET", "HEAD", "OPTIONS"})


def request_id(respond: Respond) -> Respond:
    """Give each request an id, the caller's own when it is fit, and send it back."""

    def numbered(request: HttpRequest) -> HttpResponse:
        offered = request.headers.get("X-Request-ID", "")
        number = offered if _ID.fullmatch(offered) else public_ids.new()
        trace.begin(number)
        response = respond(request)
        response["X-Request-ID"] = number
        return response

    return numbered


def content_policy(respond: Respond) -> Respond:
    """Tell the browser to load and run nothing but what this site serves."""

    def guarded(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        response.headers.setdefault("Content-Security-Policy", _POLICY)
        response.headers.setdefault("Permissions-Policy", _FEATURES)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return guarded


def actor(respond: Respond) -> "_Door":
    """Let in who is signed in, as an Actor at `request.actor`; send others to the log-in."""
    return _Door(respond)


def for_readers(view: View) -> View:
    """The view, marked: its POST changes no record (export, language), so readers may use it."""

    # A wrapper, so that the mark does not stick to a view that other addresses use too.
    @wraps(view)
    def marked(*args: Any, **kwargs: Any) -> Any:
        return view(*args, **kwargs)

    marked.for_readers = True  # type: ignore[attr-defined]
    return marked  # type: ignore[return-value]


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """What every template knows: who is here, where they can go, which city and what data."""
    at_work: Actor | None = getattr(request, "actor", None)
    unit = request.user.unit if at_work else None  # type: ignore[union-attr]
    return {
        "actor": at_work,
        "unit_name": unit.short_name if unit else "",
        "navigation": navigation.entries(at_work, request) if at_work else [],
        "city": circumstances.city_name(),
        "synthetic": circumstances.is_synthetic(),
        "requires_totp": settings.REQUIRE_TOTP,
    }


class _Door:
    def __init__(self, respond: Respond) -> None:
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = None  # type: ignore[attr-defined]
        is_open = request.path.startswith(_OPEN)
        if request.path.startswith(("/healthz", "/readyz", "/static/")):
            return self._respond(request)
        if not request.user.is_authenticated:
            return self._respond(request) if is_open else _to_log_in(request)
        if (step := _step_first(request)) is None:
            request.actor = people.actor_for(request.user, on=clock.today())  # type: ignore[attr-defined]
            _renew(request)
        elif not is_open:
            return _sent(request, step)
        response = self._respond(request)
        # What a signed-in person saw must not stay in a shared machine's cache after log-out.
        response.headers.setdefault("Cache-Control", "private, no-store")
        patch_vary_headers(response, ("HX-Request",))
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Keep people who only read from changing anything, whatever the page offers."""
        at_work: Actor | None = getattr(request, "actor", None)
        if at_work is None or request.method in _LOOKING or request.path.startswith(_OPEN):
            return None
        if getattr(view, "for_readers", False) or not _only_reads(at_work):
            return None
        return faults.forbidden(request, PermissionDenied(_("您的岗位只能查看，不能办理")))

    def process_exception(self, request: HttpRequest, refusal: Exception) -> HttpResponse | None:
        """Answer what any screen may be refused, in one place."""
        if isinstance(refusal, TooOften):
            response = faults.too_often(request, str(refusal))
            response["Retry-After"] = str(refusal.retry_after_seconds)
            return response
        if isinstance(refusal, NotAllowed):
            return faults.forbidden(request, refusal)
        return None


def _step_first(request: HttpRequest) -> str | None:
    """The page this person must pass before any other, or None."""
    if request.user.password_is_initial:  # type: ignore[union-attr]
        return "account_change_password"
    if settings.REQUIRE_TOTP and not second_factor.is_enrolled(request.user):
        return "mfa_activate_totp"
    return None


def _to_log_in(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(resolve_url(settings.LOGIN_URL))
    return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))


def _sent(request: HttpRequest, step: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(resolve_url(step))
    return redirect(step)


def _only_reads(at_work: Actor) -> bool:
    return bool(at_work.posts) and all(post.read_only for post in at_work.posts)


def _renew(request: HttpRequest) -> None:
    """Push the session's end ahead, once in a sixth of its length: a write per page is too many."""
    now = int(clock.now().timestamp())
    if now - request.session.get("renewed", 0) > settings.SESSION_COOKIE_AGE // 6:
        request.session["renewed"] = now
