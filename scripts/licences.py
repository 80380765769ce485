"""Every locked dependency has a licence we may use: permissive, or weak copyleft used unchanged.

Usage: python scripts/licences.py [--table]   (--table prints the page for docs/reference)
"""

import json
import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Only what a person has read and allowed; anything else stops the check.
ALLOWED = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "ISC",
    "MIT", "MIT-0", "PSF-2.0", "Zlib",
    # Weak copyleft: imported unchanged from its own files.
    "LGPL-3.0-only", "MPL-2.0",
}  # fmt: skip
# Run as a program by developers, never imported and never shipped.
TOOLS = {"djlint": "GPL-3.0-or-later"}
# Where the metadata is muddled and the licence file was read instead.
READ_BY_HAND = {"pyahocorasick": "BSD-3-Clause", "qrcode": "BSD-3-Clause"}
_OLD_WORDS = {
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "BSD": "BSD-3-Clause",
    "BSD 2-Clause License": "BSD-2-Clause",
    "Apache Software License": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
    "ISC License (ISCL)": "ISC",
    "PSFL": "PSF-2.0",
}


def locked() -> list[str]:
    """Names of all Python packages that any lock holds."""
    names = set()
    for lock in (ROOT / "requirements").glob("*.txt"):
        names |= set(re.findall(r"^([A-Za-z0-9_.-]+)==", lock.read_text("utf-8"), re.MULTILINE))
    return sorted(names, key=str.lower)


def of_python(name: str) -> str | None:
    """The licence a package states, as an SPDX expression; None when it is not installed here."""
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return None
    return READ_BY_HAND.get(name) or _stated(found)


def _stated(found: Distribution) -> str:
    if expression := found.metadata.get("License-Expression"):
        return str(expression)
    classifiers = found.metadata.get_all("Classifier") or []
    named = [line.rsplit(" :: ", 1)[1] for line in classifiers if line.startswith("License :: ")]
    if not named:
        named = [str(found.metadata.get("License") or "none stated").strip().splitlines()[0]]
    return " AND ".join(_OLD_WORDS.get(word, word) for word in named)


def of_node() -> dict[str, str]:
    """Each npm package of both locks and its licence."""
    found = {}
    for lock in ("package-lock.json", "tests/browser/package-lock.json"):
        packages = json.loads((ROOT / lock).read_text("utf-8"))["packages"]
        for path, entry in packages.items():
            if path:
                name = path.rsplit("node_modules/", 1)[1]
                found[name] = str(entry.get("license", "none stated"))
    return dict(sorted(found.items()))


def permitted(expression: str) -> bool:
    """Whether every part that must be kept has a choice we may make."""
    parts = expression.replace("(", "").replace(")", "").split(" AND ")
    return all(any(word.strip() in ALLOWED for word in part.split(" OR ")) for part in parts)


def main() -> int:
    """Name every dependency whose licence nobody has allowed; 0 when there is none."""
    python = {name: stated for name in locked() if (stated := of_python(name))}
    everything = {**python, **of_node()}
    if "--table" in sys.argv:
        rows = [f"| {name} | {stated} |" for name, stated in everything.items()]
        print("\n".join(["| 依赖 | 许可 |", "|---|---|", *rows]))
        return 0
    faults = [
        f"{name}: {stated} is not in the allow list of scripts/licences.py"
        for name, stated in everything.items()
        if not permitted(stated) and TOOLS.get(name) != stated
    ]
    elsewhere = len(locked()) - len(python)
    print(
        "\n".join(faults) or f"licences: {len(everything)} allowed, {elsewhere} not installed here"
    )
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
