"""The repository names no machine it was made on: no local paths, no package index, no secrets."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.house import ROOT

_BINARY = {".png", ".jpg", ".woff2", ".parquet", ".xlsx", ".ico", ".zip", ".gz"}
# Written in pieces, or this file would find itself.
_LOCAL = r"(?<![\w.])/(?:wor" + r"k/(?:main|shared|brief)|home/\w+/|Use" + r"rs/\w+/)"
_INDEX = ("pypi.or" + "g/simple", "pythonho" + "sted", "registry.npm" + "js", "find-li" + "nks")
_PATTERNS = {
    "a path of one machine": _LOCAL,
    "a package index": "|".join(map(re.escape, _INDEX)),
    "a private key": r"-----BEGIN [A-Z ]*PRIV" + r"ATE KEY-----",
}


def faults(text: str) -> Iterator[str]:
    """Line and kind of every word that belongs to one machine."""
    for number, line in enumerate(text.splitlines(), 1):
        for kind, pattern in _PATTERNS.items():
            if re.search(pattern, line):
                yield f"{number} holds {kind}"


def tracked() -> list[Path]:
    """Every text file that a commit would carry."""
    said = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, check=True,
    ).stdout.decode()  # fmt: skip
    paths = (ROOT / name for name in said.split("\0") if name)
    return [path for path in paths if path.suffix not in _BINARY and path.is_file()]


def test_no_file_names_the_machine_it_was_made_on():
    found = [
        f"{path.relative_to(ROOT)}:{fault}"
        for path in tracked()
        for fault in faults(path.read_text("utf-8", errors="replace"))
    ]
    assert found == []


def test_the_guard_sees_each_kind():
    text = "/wor" + "k/main/x\nhttps://registry.npm" + "js.org\n-----BEGIN PRIV" + "ATE KEY-----\n"
    assert len(list(faults(text))) == 3
    assert list(faults("docs/wor" + "k/plan is fine, so is network/")) == []
