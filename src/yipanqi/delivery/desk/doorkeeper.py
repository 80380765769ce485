"""Who may come in: sign-up is closed, wrong guesses lock out, every entry is in the ledger."""

import logging
from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core import context
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from yipanqi.domain.people import queries as people
from yipanqi.domain.people.services import passwords
from yipanqi.vocab import clock

log = logging.getLogger(__name__)
# Whoever passed the door so lately need not prove it again.
_LATELY = timedelta(minutes=5)


class Recognition(AuthenticationBackend):  # type: ignore[misc]
    """Allauth's check of passwords; who comes back by a session is found with their unit."""

    def get_user(self, user_id: int) -> Any:
        """The active officer of that id, or None."""
        officer = people.by_id(user_id)
        return officer if officer is not None and self.user_can_authenticate(officer) else None


class Doorkeeper(DefaultAccountAdapter):  # type: ignore[misc]
    """The house's rules for allauth's account pages."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("账户已停用；请联系系统管理员"),
        "username_password_mismatch": _("登录名或密码不对"),
        "invalid_login": _("登录名或密码不对"),
        "incorrect_password": _("密码不对"),
        "enter_current_password": _("请输入现在的密码"),
        "too_many_login_attempts": _(
            "连续输错次数过多，已暂时锁定；请 5 分钟后再试，或请系统管理员重置密码"
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: an administrator opens accounts."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whether to ask again before a change of the account itself."""
        came = context.request.user.last_login
        if came is not None and clock.now() - came < _LATELY:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def set_password(self, user: Any, password: str) -> None:
        """Keep the password a person chose."""
        passwords.choose(user, password, by=people.actor_for(user, on=clock.today()))

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponseBase:
        """Keep the entry in the ledger and open the first page."""
        passwords.note_entry(user, by=people.actor_for(user, on=clock.today()))
        response: HttpResponseBase = super().post_login(request, user, **kwargs)
        return response

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Leave a trace of the wrong guess, without what was typed as password."""
        log.warning("log-in refused", extra={"username": str(credentials.get("username", ""))[:30]})

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send nothing: officers have no mail address here, and the ledger keeps what happened."""

    def is_safe_url(self, url: str | None) -> bool:
        """Only addresses of this site are followed after log-in."""
        return bool(url) and bool(super().is_safe_url(url))
