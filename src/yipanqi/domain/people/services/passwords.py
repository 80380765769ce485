"""Passwords and second factors: set once by an administrator, then only by the person."""

import secrets

from allauth.mfa.models import Authenticator
from django.db import transaction

from yipanqi.domain.people import events
from yipanqi.domain.people.models import Officer
from yipanqi.domain.people.services import lines
from yipanqi.vocab import public_ids
from yipanqi.vocab.actors import Actor, NotAllowed, require

_GROUPS, _SIZE = 4, 4


def fresh() -> str:
    """A random password of about 76 bits, in groups that can be read out."""
    letters = public_ids.ALPHABET
    groups = ("".join(secrets.choice(letters) for _ in range(_SIZE)) for _ in range(_GROUPS))
    return "-".join(groups)


@transaction.atomic
def reset(officer: Officer, *, by: Actor) -> str:
    """The new initial password, shown this once; the old one and every session end.

    Raises NotAllowed.
    """
    _require_over(officer, by, "重置密码")
    password = fresh()
    _set(officer, password, is_initial=True)
    lines.write(events.PasswordReset(subject=lines.subject(officer)), officer, by=by)
    return password


@transaction.atomic
def choose(officer: Officer, password: str, *, by: Actor) -> None:
    """Make the password the person's own; the caller has checked its strength."""
    _set(officer, password, is_initial=False)
    lines.write(events.PasswordChosen(subject=lines.subject(officer)), officer, by=by)


@transaction.atomic
def reset_second_factor(officer: Officer, *, by: Actor) -> None:
    """Take the second factor away, so that the next log-in sets up a new one. Raises NotAllowed."""
    _require_over(officer, by, "重置动态口令")
    Authenticator.objects.filter(user=officer).delete()
    lines.write(events.SecondFactorReset(subject=lines.subject(officer)), officer, by=by)


@transaction.atomic
def note_entry(officer: Officer, *, by: Actor) -> None:
    """Keep in the ledger that the person signed in."""
    lines.write(events.SignedIn(subject=lines.subject(officer)), officer, by=by)


def _require_over(officer: Officer, by: Actor, doing: str) -> None:
    # Otherwise a stolen session of an administrator could shed its own second factor.
    require(by, "people.manage", doing=doing)
    if officer.pk == by.id:
        raise NotAllowed(f"不能给自己{doing}；请由另一名系统管理员办理")


def _set(officer: Officer, password: str, *, is_initial: bool) -> None:
    officer.set_password(password)
    officer.password_is_initial = is_initial
    officer.save(update_fields=["password", "password_is_initial"])
