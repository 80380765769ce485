"""The second factor as this house keeps it: one-time codes, their secrets encrypted at rest."""

import base64
import hashlib

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]
    """Chinese messages, and secrets a stolen database does not give away."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("动态口令不对；请核对手机时间后输入最新的 6 位数字"),
        "cannot_delete_authenticator": _(
            "本平台要求使用动态口令，不能停用；换手机请联系系统管理员重置"
        ),
        "cannot_generate_recovery_codes": _("请先绑定动态口令，再生成备用码"),
    }

    def encrypt(self, text: str) -> str:
        """The secret as the database keeps it."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret as the check needs it."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Only where the house does not insist on a second factor."""
        return not settings.REQUIRE_TOTP


def is_enrolled(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether the person has a second factor set up."""
    return bool(SecondFactor().is_mfa_enabled(user, types=[Authenticator.Type.TOTP]))


def _cipher() -> Fernet:
    # Bound to this purpose: the same SECRET_KEY signs sessions.
    key = hashlib.sha256(b"second-factor|" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
