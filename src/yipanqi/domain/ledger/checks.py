"""System checks: the ledger's guards stand."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Caution
from django.db import connections

from yipanqi.domain.ledger import guards


def guards_stand(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """An error for guards that are missing or can be slipped past."""
    found: list[CheckMessage] = []
    for using in _writable(databases):
        if names := guards.missing(using):
            hint = (
                "查明是谁去掉的，然后运行 yipanqi ledger guard 重建，再运行 yipanqi ledger verify"
            )
            found.append(
                Error(f"台账防护触发器缺失：{'、'.join(names)}", hint=hint, id="ledger.E001")
            )
        if guards.replace_passes(using):
            hint = "数据库的 init_command 须含 PRAGMA recursive_triggers=ON"
            found.append(
                Error("SQLite 的 INSERT OR REPLACE 能绕过台账防护", hint=hint, id="ledger.E002")
            )
    return found


def role_is_narrow(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """A warning where the site would run as a role that could rewrite the ledger."""
    hint = "用 yipanqi ledger roles 打印的语句建应用角色，网站与作业改用它连接；属主角色只用于迁移"
    return [
        Caution("当前数据库角色可以修改台账表", hint=hint, id="ledger.W001")
        for using in _writable(databases)
        if guards.may_rewrite(using)
    ]


def _writable(databases: Sequence[str] | None) -> list[str]:
    # Django passes None unless a database is asked for: then nothing may be touched.
    return [using for using in databases or () if using in connections]
