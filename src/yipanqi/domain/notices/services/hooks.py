"""Setting up and ending what is sent to other systems."""

import base64
from collections.abc import Collection
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from yipanqi.domain.ledger import events as ledger
from yipanqi.domain.ledger.services import entries
from yipanqi.domain.notices import events, queries
from yipanqi.domain.notices.models import Hook
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor, NotAllowed, Scope, require
from yipanqi.vocab.labels import Label

MOST = 10
_PORTS = {"https": 443, "http": 80}


class Unclear(Exception):
    """A field is empty or absurd; `field` names it, the message says the remedy."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@transaction.atomic
def create(name: str, url: str, kinds: Collection[str], *, by: Actor) -> Hook:
    """Send every line of these kinds the person may see to the address from now on.

    `kinds` are kinds of events or names of rooms, which stand for all their kinds. Raises
    NotAllowed, or Unclear where the address is not one the operator opened.
    """
    # What goes out by itself is an export that goes on.
    require(by, "exports.make", doing="设置推送")
    _check(name, url, kinds, by)
    hook = Hook.objects.create(
        officer_id=by.id,
        name=name.strip(),
        url=url.strip(),
        kinds=sorted(set(kinds)),
        created_at=clock.now(),
    )
    _record(
        events.HookCreated(
            subject=_subject(hook), hook=hook.public_id, origin=origin(hook.url), kinds=hook.kinds
        ),
        by,
    )
    return hook


@transaction.atomic
def end(hook: Hook, *, by: Actor) -> None:
    """Send nothing there any more; what waits is dropped. Ending twice changes nothing."""
    if hook.officer_id != by.id:
        raise NotAllowed("只能停止本人设置的推送；人员停用后，其推送随之停止")
    if Hook.objects.filter(pk=hook.pk, ended_at=None).update(ended_at=clock.now()):
        _record(events.HookEnded(subject=_subject(hook), hook=hook.public_id), by)


def secret(hook: Hook) -> str:
    """What the receiver checks signatures with, "whsec_" and base64 of 32 bytes.

    Derived from the server's key: a copy of the database alone gives none away.
    """
    derived = salted_hmac("yipanqi.notices.hook", hook.public_id, algorithm="sha256").digest()
    return "whsec_" + base64.b64encode(derived).decode()


def origin(url: str) -> str:
    """Scheme, host and port of the address in one spelling; empty when it has none."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return ""
    if parts.scheme not in _PORTS or not parts.hostname or parts.username is not None:
        return ""
    return f"{parts.scheme}://{parts.hostname}:{port}"


def is_open(url: str) -> bool:
    """Whether the operator allows sending there: the list is empty until they write it."""
    opened = {origin(each) for each in settings.WEBHOOK_ORIGINS} - {""}
    return origin(url) in opened


def _check(name: str, url: str, kinds: Collection[str], by: Actor) -> None:
    if not name.strip():
        raise Unclear("name", "用途未填；请写明推送给哪个系统用")
    if not origin(url):
        raise Unclear("url", "收件地址应以 https:// 开头，不能带用户名和口令")
    if not is_open(url):
        raise Unclear(
            "url",
            f"运维未开放发往 {origin(url)}；请运维把它加入 YIPANQI_WEBHOOK_ORIGINS 后重启",
        )
    if not kinds:
        raise Unclear("kinds", "未选事项；请至少选一类")
    if absent := sorted(set(kinds) - ledger.known().keys() - set(queries.rooms())):
        raise Unclear("kinds", f"没有这种事项：{'、'.join(absent)[:200]}；请从列表中选择")
    if Hook.objects.filter(officer_id=by.id, ended_at=None).count() >= MOST:
        raise Unclear("name", f"每人最多 {MOST} 条推送；请先停止不用的")


def _subject(hook: Hook) -> str:
    return f"notices/{hook.public_id}"


def _record(event: ledger.Event, by: Actor) -> None:
    entries.record(event, by=by, scope=Scope(by.unit_path, Label.INTERNAL))
