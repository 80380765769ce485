"""`yipanqi demo`: from nothing to the main job at work, by the commands a user would type."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from yipanqi.delivery.cli import main as commands
from yipanqi.delivery.cli.office import city, demo_city, demo_people, serve
from yipanqi.delivery.jobs import studies
from yipanqi.domain.ledger import keys
from yipanqi.domain.studies.services import running
from yipanqi.rulebook.faults import SheetFaults
from yipanqi.vocab.actors import HOUSE

SYNTHETIC_ROWS = 200_000
SEED = 7
SHOWN_CITY, SHOWN_CHAIN, SHOWN_LINK, SHOWN = "长沙", "工程机械", "液压件", 10


class StepFailed(Exception):
    """A step of the demo ended with the exit code it carries; it has said why."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `demo` to the command line."""
    parser = subparsers.add_parser("demo", help="一步到位：建库、导入、研判、打印目标、启动网站")
    parser.add_argument("registry", nargs="*", help="登记数据文件；不给则生成标明“合成”的 20 万家")
    parser.add_argument("--no-serve", action="store_true", help="做完就结束，不启动网站")
    parser.add_argument("--host", default="127.0.0.1", help="监听地址")
    parser.add_argument("--port", type=int, default=8000, help="端口")
    parser.set_defaults(run=run, workers=1)


def run(args: argparse.Namespace) -> int:
    """Do every step that is not done yet, then serve; a second run takes seconds."""
    try:
        _prepare(args.registry)
    except StepFailed as failed:
        return failed.code
    except SheetFaults as found:
        print(found, file=sys.stderr)
        return 1
    if args.no_serve:
        return 0
    print(f"登录名与口令：{settings.HOME / 'demo-logins.txt'}（只有本用户可读）", flush=True)
    # The demo's log-ins need no second factor; a live city's do, unless its operator says no.
    os.environ.setdefault("YIPANQI_REQUIRE_TOTP", "no")
    return serve.run(args)


def _prepare(paths: Sequence[str]) -> None:
    _say(1, "建库")
    city.migrate()
    _ensure_key()
    _say(2, "装入城市规则包")
    print(city.load(Path(settings.CITY_PACK)))
    _say(3, "登记数据")
    _registry(paths)
    _say(4, "研判各条产业链：诊断与招引目标")
    _study()
    _say(5, "演示人员与演示项目")
    demo_people.make_demo_people(HOUSE)
    print(f"演示项目 {demo_city.make()} 个（企业与项目均为虚构）")
    _say(6, f"{SHOWN_CHAIN}·{SHOWN_LINK}的前 {SHOWN} 个招引目标")
    _command("targets", "rank", "--city", SHOWN_CITY, "--chain", SHOWN_CHAIN,
             "--link", SHOWN_LINK, "--top", str(SHOWN))  # fmt: skip


def _study() -> None:
    try:
        for told in studies.refresh(by=HOUSE):
            print(told, flush=True)
    except running.AlreadyRunning as busy:
        # Another process is at it, or died a moment ago: the timetable sees it through.
        print(busy, flush=True)


def _registry(paths: Sequence[str]) -> None:
    published = settings.REGISTRY_HOME / "registry" / "current"
    if paths:
        _command("registry", "import", *paths, "--publish")
    elif published.exists():
        print(f"沿用已导入的登记数据 {published.resolve().name}；换数据请给 REGISTRY=“路径 …”")
    else:
        _command("registry", "generate", "--rows", str(SYNTHETIC_ROWS), "--seed", str(SEED),
                 "--publish")  # fmt: skip


def _ensure_key() -> None:
    try:
        keys.create()
    except keys.KeyExists:
        return


def _command(*arguments: str) -> None:
    """Run one of our own commands as a user would type it."""
    if code := commands.main(arguments):
        raise StepFailed(code)


def _say(step: int, what: str) -> None:
    print(f"[{step}/6] {what}", flush=True)
