"""The demo's people: one log-in per role, random passwords in a file only its owner can read."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from yipanqi.domain.people import queries
from yipanqi.domain.people.services import officers, passwords
from yipanqi.domain.people.services.officers import Appointment, Entrant
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor

_AUDIT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Part:
    """A person of the demo: log-in name, unit, role of the roles sheet, and what to call them."""

    username: str
    unit: str
    role: str
    name: str


CAST = (
    Part("diaodu", "bureau", "dispatcher", "演示·调度员"),
    Part("caiding", "bureau", "arbiter", "演示·裁定员"),
    Part("lingdao", "leading-group", "leading_member", "演示·领导小组成员"),
    Part("jingkai", "changsha-jingkai", "park_clerk", "演示·长沙经开区经办"),
    Part("liuyang", "liuyang-jingkai", "park_clerk", "演示·浏阳经开区经办"),
    Part("yuelu", "yuelu", "district_officer", "演示·岳麓区经办"),
    Part("lianban", "office-gongcheng-jixie", "chain_officer", "演示·工程机械链办专员"),
    Part("fagai", "dept-fagai", "department_officer", "演示·发改委经办"),
    Part("zhuanjia", "dept-gongxin", "review_expert", "演示·评审专家"),
    Part("shenji", "dept-shenji", "auditor", "演示·审计员"),
    Part("guanli", "leading-office", "administrator", "演示·系统管理员"),
)


class UnitMissing(Exception):
    """The pack in force has no such unit."""


def make_demo_people(by: Actor) -> Path:
    """The file with the log-ins; people already there keep theirs, and it is safe to run again.

    Raises UnitMissing when the pack in force is not the demo's.
    """
    path: Path = settings.HOME / "demo-logins.txt"
    kept = _kept(path)
    logins = [(part, _settled(part, kept.get(part.username), by)) for part in CAST]
    _write(path, logins)
    return path


def _settled(part: Part, kept: str | None, by: Actor) -> str:
    """The person's password, after the person and the post have been made where missing."""
    unit = queries.unit(part.unit)
    if unit is None:
        raise UnitMissing(f"规则包里没有单位“{part.unit}”；演示人员只适用于 packs/changsha")
    officer = queries.known_as(part.username)
    password = kept
    if officer is None:
        officer, _ = officers.create(Entrant(part.username, part.name, unit), by=by)
        password = None
    if password is None or not officer.check_password(password):
        password = passwords.fresh()
        passwords.choose(officer, password, by=by)
    today = clock.today()
    roles = {post.role for post in queries.actor_for(officer, on=today).posts}
    if part.role not in roles:
        until = today + _AUDIT if part.role == "auditor" else None
        officers.appoint(officer, Appointment(part.role, unit, today, until), by=by)
    return password


def _kept(path: Path) -> dict[str, str]:
    try:
        rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    except OSError:
        return {}
    return {row[0]: row[1] for row in rows if len(row) > 1 and not row[0].startswith("#")}


def _write(path: Path, logins: Iterable[tuple[Part, str]]) -> None:
    rows = [f"{part.username}\t{password}\t{part.name}\n" for part, password in logins]
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    # The file is never, not even for a moment, readable by others.
    with os.fdopen(
        os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", -1, "utf-8"
    ) as out:
        out.write("# 登录名\t密码\t说明\n")
        out.writelines(rows)
    fresh.replace(path)
