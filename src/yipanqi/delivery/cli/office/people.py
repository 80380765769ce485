"""`yipanqi people`: the first administrator, and a way back in when the last one is locked out."""

import argparse
import sys

from yipanqi.domain.people import queries
from yipanqi.domain.people.services import officers, passwords
from yipanqi.domain.people.services.officers import Appointment, Entrant
from yipanqi.vocab import clock
from yipanqi.vocab.actors import HOUSE

Subparsers = argparse._SubParsersAction  # noqa: SLF001 -- argparse gives the type no public name


def register(subparsers: "Subparsers[argparse.ArgumentParser]") -> None:
    """Add `people admin` and `people reset` to the command line."""
    parser = subparsers.add_parser("people", help="开通首位系统管理员、重置密码")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="admin 或 reset")
    admin = verbs.add_parser("admin", help="开通首位系统管理员（已有管理员时请在“人员”页办理）")
    admin.add_argument("username", help="登录名，如 zhang.san")
    admin.add_argument("--name", required=True, help="姓名")
    admin.add_argument("--unit", default="leading-office", help="单位代码，见规则包 units.csv")
    admin.set_defaults(run=first_administrator)
    reset = verbs.add_parser("reset", help="重置一个人的密码和动态口令")
    reset.add_argument("username", help="登录名")
    reset.set_defaults(run=let_back_in)


def first_administrator(options: argparse.Namespace) -> int:
    """Open the first administrator's account, print the initial password; 2 when it cannot be."""
    today = clock.today()
    if queries.has_manager(on=today):
        return _refuse("已有系统管理员；请其登录后在“人员”页开通账户")
    unit = queries.unit(options.unit)
    if unit is None:
        return _refuse(f"没有单位“{options.unit}”；请先装载规则包，并从 units.csv 选一个代码")
    entrant = Entrant(options.username, options.name, unit)
    try:
        officer, password = officers.create(entrant, by=HOUSE)
        officers.appoint(officer, Appointment("administrator", unit, today), by=HOUSE)
    except officers.Unclear as refusal:
        return _refuse(str(refusal))
    print(f"已开通 {options.username}，初始密码（只显示这一次，首次登录须修改）：{password}")
    return 0


def let_back_in(options: argparse.Namespace) -> int:
    """Give a person a new initial password and no second factor; 2 when there is no such person."""
    officer = queries.known_as(options.username)
    if officer is None:
        return _refuse(f"没有登录名“{options.username}”；请核对拼写")
    password = passwords.reset(officer, by=HOUSE)
    passwords.reset_second_factor(officer, by=HOUSE)
    print(f"{options.username} 的新初始密码（只显示这一次）：{password}；动态口令须重新绑定")
    return 0


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2
