"""Settings for production are clean, and serving starts and stops as one."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

from yipanqi.delivery.cli.office import serve

REPO = Path(__file__).parents[2]


def environ(home, **more):
    # A browser test of the same process leaves a switch of its own in the environment.
    leave = ("YIPANQI_", "DJANGO_")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(leave)}
    kept.pop("DATABASE_URL", None)
    return {**kept, "YIPANQI_HOME": str(home), **more}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_djangos_own_check_for_deployment_finds_nothing(tmp_path):
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=REPO,
        env=environ(tmp_path, YIPANQI_HTTPS="yes"),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["YIPANQI_HTTPS", "YIPANQI_DIGEST", "YIPANQI_SESSION_MINUTES"])
def test_a_setting_that_cannot_be_used_stops_the_start_with_a_sentence(tmp_path, name):
    done = subprocess.run(
        [sys.executable, "-m", "yipanqi.delivery.cli.main", "city", "migrate"],
        env=environ(tmp_path, **{name: "也许"}),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode != 0
    assert name in done.stderr
    assert "也许" in done.stderr


def test_a_port_that_is_taken_is_said_before_anything_starts():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(serve.PortTaken, match=str(port)):
            serve.refuse_taken_port("127.0.0.1", port)


def test_when_one_ends_the_other_is_ended_too(tmp_path):
    note = tmp_path / "pid"
    short = [sys.executable, "-c", "import time; time.sleep(1)"]
    sleeper = (
        f"import os, time, pathlib; pathlib.Path({str(note)!r}).write_text(str(os.getpid())); "
        "time.sleep(600)"
    )

    assert serve.together([[sys.executable, "-c", sleeper], short]) == 1

    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text()), 0)


@pytest.mark.slow
def test_one_command_serves_site_and_worker_and_ctrl_c_stops_both(tmp_path):
    command = [sys.executable, "-m", "yipanqi.delivery.cli.main"]
    surroundings = environ(tmp_path / "home")
    subprocess.run([*command, "city", "migrate"], env=surroundings, check=True)
    port = free_port()
    with (tmp_path / "log").open("wb") as log:
        running = subprocess.Popen(
            [*command, "serve", "--port", str(port)],
            env=surroundings,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            answer = asked(f"http://127.0.0.1:{port}/readyz", running)
            children = descendants(running.pid)
        finally:
            running.send_signal(signal.SIGINT)
            code = running.wait(60)

    assert answer["status"] == "ok"
    assert len(children) >= 2
    assert code == 0, (tmp_path / "log").read_text()
    assert [each for each in children if alive(each)] == []


def asked(address, running):
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and running.poll() is None:
        try:
            with urllib.request.urlopen(address) as response:  # noqa: S310 -- our own server
                return json.load(response)
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.3)
    raise AssertionError("the site did not come up")


def descendants(pid):
    parents = dict(pairs())
    found, waiting = [], [pid]
    while waiting:
        above = waiting.pop()
        below = [child for child, parent in parents.items() if parent == above]
        found += below
        waiting += below
    return found


def pairs():
    """Each process there is, with its parent's number."""
    if not Path("/proc/self/stat").exists():
        said = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, check=True).stdout
        yield from (map(int, line.split()) for line in said.splitlines())
        return
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it ended meanwhile
            # "pid (name) state ppid …": the name may hold spaces and brackets.
            yield int(path.parent.name), int(path.read_text().rpartition(")")[2].split()[1])


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
