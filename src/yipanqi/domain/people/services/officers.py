"""Giving and taking log-ins and posts. Whoever manages people manages others, never themselves."""

import re
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from yipanqi.domain.people import events
from yipanqi.domain.people.models import Officer, Post, Unit
from yipanqi.domain.people.services import lines, passwords
from yipanqi.domain.rules import queries as rules
from yipanqi.rulebook.roles import NoSuchRole, Role
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor, NotAllowed, require
from yipanqi.vocab.sheets import SheetRef

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,29}")


class Unclear(Exception):
    """A field is empty or absurd; `field` names it, the message says the remedy."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Entrant:
    """Somebody to be given a log-in."""

    username: str
    name: str
    unit: Unit
    mobile: str = ""


@dataclass(frozen=True, slots=True)
class Appointment:
    """A role to be held in a unit from a day to a day; `until` None means until further notice."""

    role: str
    unit: Unit
    since: date
    until: date | None = None


@transaction.atomic
def create(entrant: Entrant, *, by: Actor) -> tuple[Officer, str]:
    """The new officer, and the initial password to hand over: it is shown this once.

    Raises NotAllowed or Unclear.
    """
    require(by, "people.manage", doing="开通账户")
    _check(entrant)
    password = passwords.fresh()
    officer = Officer(
        username=entrant.username,
        name=entrant.name.strip(),
        unit=entrant.unit,
        mobile=entrant.mobile,
        password_is_initial=True,
        date_joined=clock.now(),
    )
    officer.set_password(password)
    try:
        with transaction.atomic():
            officer.save()
    except IntegrityError:
        raise Unclear("username", f"登录名“{entrant.username}”已有人使用，请换一个") from None
    event = events.OfficerCreated(subject=lines.subject(officer), unit=entrant.unit.code)
    lines.write(event, officer, by=by)
    return officer, password


@transaction.atomic
def appoint(officer: Officer, to: Appointment, *, by: Actor) -> Post:
    """Give the officer the role; appointing the same again changes nothing.

    Raises NotAllowed, or Unclear: an unknown role, one not held in such a unit, days out of order,
    a time-boxed role (auditor) without an end.
    """
    _require_over(officer, by, "任免岗位")
    sheet = rules.roles(on=clock.today())
    try:
        role = sheet.find(to.role)
    except NoSuchRole as unknown:
        raise Unclear("role", str(unknown)) from unknown
    _check_appointment(to, role)
    post, is_new = Post.objects.get_or_create(
        officer=officer, role=to.role, unit=to.unit, since=to.since, defaults={"until": to.until}
    )
    if not is_new and post.until == to.until:
        return post
    post.until = to.until
    post.save(update_fields=["until"])
    event = events.Appointed(
        subject=lines.subject(officer),
        role=role.code,
        role_title=role.label,
        unit=to.unit.code,
        since=to.since.isoformat(),
        until=to.until.isoformat() if to.until else "另行通知",
    )
    lines.write(event, officer, by=by, under=SheetRef(sheet.id, sheet.revision, sheet.digest))
    return post


@transaction.atomic
def end_post(post: Post, *, on: date, by: Actor) -> None:
    """Make `on` the last day the post counts. Raises NotAllowed or Unclear."""
    _require_over(post.officer, by, "任免岗位")
    post = Post.objects.select_for_update().select_related("officer", "unit").get(pk=post.pk)
    if on < post.since:
        raise Unclear("until", f"止日不能早于任职起日 {post.since}；请填起日或以后的日期")
    if post.until is not None and post.until <= on:
        raise Unclear("until", f"该任职已于 {post.until} 止，不能再延后；需要延长请重新任职")
    post.until = on
    post.save(update_fields=["until"])
    event = events.PostEnded(
        subject=lines.subject(post.officer),
        role=post.role,
        unit=post.unit.code,
        last_day=on.isoformat(),
    )
    lines.write(event, post.officer, by=by)


@transaction.atomic
def deactivate(officer: Officer, *, by: Actor) -> None:
    """Shut the officer out at once, sessions and tokens included. Raises NotAllowed."""
    _require_over(officer, by, "停用账户")
    if Officer.objects.filter(pk=officer.pk, is_active=True).update(is_active=False):
        officer.is_active = False
        event = events.OfficerDeactivated(subject=lines.subject(officer))
        lines.write(event, officer, by=by)


@transaction.atomic
def reactivate(officer: Officer, *, by: Actor) -> None:
    """Let the officer sign in again. Raises NotAllowed."""
    _require_over(officer, by, "恢复账户")
    if Officer.objects.filter(pk=officer.pk, is_active=False).update(is_active=True):
        officer.is_active = True
        event = events.OfficerReactivated(subject=lines.subject(officer))
        lines.write(event, officer, by=by)


def _require_over(officer: Officer, by: Actor, doing: str) -> None:
    require(by, "people.manage", doing=doing)
    if officer.pk == by.id:
        raise NotAllowed(f"不能给自己{doing}；请由另一名系统管理员办理")


def _check(entrant: Entrant) -> None:
    if not _USERNAME.fullmatch(entrant.username):
        raise Unclear("username", "登录名用 3–30 位小写字母、数字、点或连字符，如 zhang.san")
    if not entrant.name.strip():
        raise Unclear("name", "姓名未填；请填写真实姓名")


def _check_appointment(to: Appointment, role: Role) -> None:
    if to.unit.kind not in role.kinds:
        raise Unclear("unit", f"“{role.label}”不能在{to.unit.short_name}任职；请换岗位或换单位")
    if to.until is not None and to.until < to.since:
        raise Unclear("until", "止日早于起日；请核对两个日期")
    if role.time_boxed and to.until is None:
        raise Unclear("until", f"“{role.label}”必须限期；请填写止日")
