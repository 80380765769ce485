"""`yipanqi serve`: the site and its background worker, started together and stopped together."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from types import FrameType

from django.core.management import call_command

_GRACE_SECONDS = 20


class PortTaken(Exception):
    """Another program listens at the address."""


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `serve` to the command line."""
    parser = commands.add_parser("serve", help="启动网站与后台任务（Ctrl-C 停止）")
    parser.add_argument("--host", default="127.0.0.1", help="监听地址，默认只供本机访问")
    parser.add_argument("--port", type=int, default=8000, help="端口，默认 8000")
    parser.add_argument("--workers", type=int, default=1, help="网站进程数")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serve until Ctrl-C or until one of the two ends; 0 when stopped, else 1."""
    try:
        refuse_taken_port(args.host, args.port)
    except PortTaken as taken:
        print(taken, file=sys.stderr)
        return 2
    call_command("collectstatic", interactive=False, verbosity=0)
    print(f"网站：http://{args.host}:{args.port}/  （Ctrl-C 停止）", flush=True)
    return together([_site(args), [sys.executable, "-m", "django", "qcluster"]])


def refuse_taken_port(host: str, port: int) -> None:
    """Raise PortTaken when somebody listens there already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTaken(
                f"{host}:{port} 已被占用；请先停掉占用它的程序，或用 --port 换一个端口"
            ) from error


def together(commands: Sequence[Sequence[str]]) -> int:
    """Run the commands side by side; when one ends or a stop is asked for, end the others.

    0 when a stop was asked for, 1 when a command ended by itself.
    """
    asked: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        asked.append(number)

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    environ = {**os.environ, "DJANGO_SETTINGS_MODULE": "yipanqi.roof.settings"}
    # A session of their own: Ctrl-C reaches this process alone, which then stops them in order.
    running = [
        subprocess.Popen(command, env=environ, start_new_session=True)  # noqa: S603 -- our own
        for command in commands
    ]
    try:
        while not asked and all(each.poll() is None for each in running):
            time.sleep(0.2)
    finally:
        _stop(running)
        for number, handler in before.items():
            signal.signal(number, handler)
    return 0 if asked else 1


def _stop(running: Sequence["subprocess.Popen[bytes]"]) -> None:
    for each in running:
        if each.poll() is None:
            each.terminate()
    deadline = time.monotonic() + _GRACE_SECONDS
    for each in running:
        try:
            each.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(each.pid, signal.SIGKILL)
            each.wait()


def _site(args: argparse.Namespace) -> list[str]:
    options = {
        "--interface": "wsgi",
        "--host": args.host,
        "--port": str(args.port),
        "--workers": str(args.workers),
        # Each thread holds a database connection; the default of 512 would exhaust any server.
        "--blocking-threads": str(2 * (os.cpu_count() or 2)),
        "--log-level": "warning",
    }
    flat = [part for option in options.items() for part in option]
    return [sys.executable, "-m", "granian", *flat, "yipanqi.roof.wsgi:application"]
