"""A Spark cluster on this machine for as long as one command runs, its address in YIPANQI_SPARK.

Usage: python scripts/spark.py COMMAND [ARGUMENT ...]
A master and two workers of one core each, on loopback only. pip's pyspark brings the programs but
not the scripts that start them; Java 17 or newer must be there.
"""

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WORKERS = 2
_HOST = "127.0.0.1"
_PATIENCE_S = 180.0
_MASTER = "org.apache.spark.deploy.master.Master"
_WORKER = "org.apache.spark.deploy.worker.Worker"


class NoCluster(Exception):
    """No cluster can be started here, and why."""


@contextmanager
def cluster() -> Iterator[str]:
    """The address of a running cluster. Raises NoCluster with the reason."""
    programs = _programs()
    room = Path(tempfile.mkdtemp(prefix="yipanqi-spark-"))
    port = _free_port()
    address = f"spark://{_HOST}:{port}"
    started: list[subprocess.Popen[bytes]] = []
    try:
        started.append(_started(programs, room / "master", _MASTER, "--port", str(port)))
        for number in range(WORKERS):
            told = (_WORKER, address, "--cores", "1", "--memory", "1g")
            started.append(_started(programs, room / f"worker-{number}", *told))
        _wait(_log(room / "master"), started)
        yield address
    finally:
        for one in started:
            os.killpg(one.pid, signal.SIGTERM)
        for one in started:
            one.wait()
        shutil.rmtree(room, ignore_errors=True)


def _programs() -> Path:
    found = importlib.util.find_spec("pyspark")
    if found is None or found.origin is None:
        raise NoCluster("没有安装 pyspark：请运行 make test-spark，它会装上")
    if shutil.which("java") is None:
        raise NoCluster("没有 Java：请安装 Java 17（apt-get install -y openjdk-17-jre-headless）")
    return Path(found.origin).parent / "bin"


def _started(programs: Path, room: Path, *told: str) -> subprocess.Popen[bytes]:
    """One process of the cluster, in a group of its own so that its children end with it."""
    environ = os.environ | {
        "SPARK_LOCAL_IP": _HOST,
        "SPARK_WORKER_DIR": str(room),
        "SPARK_DAEMON_MEMORY": "384m",
        "PYSPARK_PYTHON": sys.executable,
    }
    command = [programs / "spark-class", *told, "--host", _HOST, "--webui-port", "0"]
    with _log(room).open("wb") as log:
        return subprocess.Popen(
            command, env=environ, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )


def _log(room: Path) -> Path:
    return room.with_suffix(".log")


def _wait(log: Path, started: list[subprocess.Popen[bytes]]) -> None:
    """Come back when the master knows all workers. Raises NoCluster when that takes too long."""
    until = time.monotonic() + _PATIENCE_S
    while log.read_text("utf-8", "replace").count("Registering worker") < WORKERS:
        if time.monotonic() > until or any(one.poll() is not None for one in started):
            raise NoCluster(f"Spark 没有启动：\n{log.read_text('utf-8', 'replace')[-2000:]}")
        time.sleep(0.2)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_HOST, 0))
        port: int = probe.getsockname()[1]
    return port


def main(command: list[str]) -> int:
    """Run the command against a cluster; its exit code."""
    with cluster() as address:
        print(f"Spark：{address}，{WORKERS} 个工作进程", flush=True)
        # Tests are small: Spark's own 200 parts of each step would be 200 tasks of nothing.
        few = f"--conf spark.sql.shuffle.partitions={2 * WORKERS} pyspark-shell"
        environ = os.environ | {
            "YIPANQI_SPARK": address,
            "PYSPARK_PYTHON": sys.executable,
            "PYSPARK_SUBMIT_ARGS": few,
            "SPARK_LOCAL_IP": _HOST,
        }
        return subprocess.run(command, env=environ, check=False).returncode


if __name__ == "__main__":
    if not sys.argv[1:]:
        raise SystemExit(__doc__)
    # So that the cluster ends with whoever asked for it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        raise SystemExit(main(sys.argv[1:]))
    except NoCluster as reason:
        raise SystemExit(f"错误：{reason}") from None
