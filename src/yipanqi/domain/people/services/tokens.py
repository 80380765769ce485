"""Personal keys to the API: shown once, kept as a digest, ending by themselves."""

import hashlib
import hmac
import secrets
from datetime import date, timedelta

from django.db import transaction

from yipanqi.domain.people import events
from yipanqi.domain.people.models import Officer, Token
from yipanqi.domain.people.services import lines
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor, NotAllowed

# So that a key found in a log or a repository is recognised for what it is.
PREFIX = "ypq_"
LONGEST = timedelta(days=365)
MOST = 10


class Unclear(Exception):
    """A field is empty or absurd; `field` names it, the message says the remedy."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@transaction.atomic
def issue(name: str, *, expires_on: date, by: Actor) -> tuple[Token, str]:
    """A new key of the person's own, and its plain text, shown this once. Raises Unclear."""
    officer = Officer.objects.select_related("unit").get(pk=by.id)
    _check(name, expires_on, officer)
    plain = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        officer=officer,
        name=name.strip(),
        digest=_digest(plain),
        created_at=clock.now(),
        expires_on=expires_on,
    )
    event = events.TokenIssued(
        subject=lines.subject(officer), token=token.pk, expires_on=expires_on.isoformat()
    )
    lines.write(event, officer, by=by)
    return token, plain


@transaction.atomic
def revoke(token: Token, *, by: Actor) -> None:
    """End the key at once: its owner may, and whoever manages people. Raises NotAllowed."""
    if token.officer_id != by.id and not by.may("people.manage"):
        raise NotAllowed("只能吊销本人的令牌；他人的请系统管理员办理")
    if Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=clock.now()):
        officer = token.officer
        event = events.TokenRevoked(subject=lines.subject(officer), token=token.pk)
        lines.write(event, officer, by=by)


def authenticate(plain: str) -> Officer | None:
    """The officer whose valid key this is, or None: unknown, revoked, ended, or the person left."""
    if not plain.startswith(PREFIX):
        return None
    digest = _digest(plain)
    # Found by digest: what the search's time tells is about the digest, which tells nothing.
    token = Token.objects.select_related("officer", "officer__unit").filter(digest=digest).first()
    if token is None or not hmac.compare_digest(token.digest, digest):
        return None
    has_ended = token.revoked_at is not None or token.expires_on < clock.today()
    return None if has_ended or not token.officer.is_active else token.officer


def _check(name: str, expires_on: date, officer: Officer) -> None:
    today = clock.today()
    if not name.strip():
        raise Unclear("name", "用途未填；请写明令牌给哪个系统用")
    if not today <= expires_on <= today + LONGEST:
        raise Unclear("expires_on", f"有效期须在今天至 {today + LONGEST} 之间")
    alive = officer.tokens.filter(revoked_at=None, expires_on__gte=today).count()
    if alive >= MOST:
        raise Unclear("name", f"每人最多 {MOST} 个有效令牌；请先吊销不用的")


def _digest(plain: str) -> str:
    return hashlib.sha256(plain.encode()).hexdigest()
