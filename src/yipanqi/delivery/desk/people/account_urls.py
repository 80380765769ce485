"""Addresses of log-in, password and second factor; what this house does not offer answers 404."""

from typing import NoReturn

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.http import Http404, HttpRequest
from django.urls import path

# Imported for the converter it registers.
from yipanqi.delivery.desk import addresses  # noqa: F401
from yipanqi.delivery.desk.people import hooks, tokens


def closed(_request: HttpRequest) -> NoReturn:
    """Not offered here: nobody signs up, and passwords are reset by an administrator."""
    raise Http404


urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("second-factor/", mfa.index, name="mfa_index"),
    path("second-factor/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("second-factor/reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("second-factor/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("second-factor/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("recovery-codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "recovery-codes/generate/",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "recovery-codes/download/",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("tokens/", tokens.show, name="account_tokens"),
    path("tokens/issue/", tokens.issue, name="account_token_issue"),
    path("tokens/<int:number>/revoke/", tokens.revoke, name="account_token_revoke"),
    path("hooks/", hooks.show, name="account_hooks"),
    path("hooks/create/", hooks.create, name="account_hook_create"),
    path("hooks/<public:public_id>/", hooks.one, name="account_hook"),
    path("hooks/<public:public_id>/ping/", hooks.ping, name="account_hook_ping"),
    path("hooks/<public:public_id>/end/", hooks.end, name="account_hook_end"),
    path(
        "hooks/<public:public_id>/sendings/<public:sending_id>/again/",
        hooks.again,
        name="account_hook_again",
    ),
    # allauth looks these names up even where they are never shown.
    path("signup/", closed, name="account_signup"),
    path("email/", closed, name="account_email"),
    path("password/set/", closed, name="account_set_password"),
    path("password/reset/", closed, name="account_reset_password"),
    path("confirm-email/", closed, name="account_email_verification_sent"),
]
