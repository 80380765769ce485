"""Which Chromium the browser tests drive: an installed one, else the one npm carries.

Usage: python scripts/chromium.py   (prints the path; installs npm's when needed)
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import bootstrap

FOLDER = bootstrap.ROOT / "tests/browser"
_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge")
_MAC = ("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",)
_UNPACK = (
    "import('@sparticuz/chromium').then(async (c) => console.log(await c.default.executablePath()))"
)


def installed() -> str | None:
    """The path of a Chromium on this machine: the one named in YIPANQI_CHROMIUM first."""
    found = [os.environ.get("YIPANQI_CHROMIUM"), *map(shutil.which, _NAMES), *_MAC]
    return next((path for path in found if path and Path(path).exists()), None)


def carried() -> str | None:
    """The path of npm's Chromium, unpacked, once `npm ci` has brought it; Linux only."""
    if not (FOLDER / "node_modules").exists() or sys.platform != "linux":
        return None
    node = bootstrap.node_command()["node"]
    done = subprocess.run(
        [*node, "-e", _UNPACK], cwd=FOLDER, capture_output=True, text=True, check=False
    )
    path = done.stdout.strip()
    return path if done.returncode == 0 and Path(path).exists() else None


def main() -> None:
    """Print what will be used, or why there is none."""
    path = installed()
    if path is None and sys.platform == "linux":
        bootstrap.say("没有浏览器，改用 npm 带的 Chromium")
        command = bootstrap.node_command()["npm"]
        subprocess.run([*command, "ci", "--no-audit", "--no-fund"], cwd=FOLDER, check=False)
        path = carried()
    print(
        f"浏览器：{path}"
        if path
        else "浏览器测试将被跳过：没有 Chromium（apt-get install -y chromium）"
    )


if __name__ == "__main__":
    main()
