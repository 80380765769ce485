"""The generated pages of docs/reference: write them, or say which are out of date.

Usage: python scripts/reference.py            write every page
       python scripts/reference.py --check    exit 1 and name the pages that differ
       python scripts/reference.py settings   print one page
"""

import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yipanqi.roof.settings")
django.setup()

import reference_pack  # noqa: E402 -- as below
import reference_pages as pages  # noqa: E402 -- the pages read Django's registry

FOLDER = Path(__file__).resolve().parents[1] / "docs/reference"
PAGES = {
    "settings": pages.settings,
    "events": pages.events,
    "glossary": pages.glossary,
    "sheets": reference_pack.sheets,
    "commands": pages.commands,
    "addresses": pages.addresses,
    "data-model": pages.data_model,
    "rooms": pages.rooms,
}


def write() -> int:
    """Bring every page up to date."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (FOLDER / f"{name}.md").write_text(page(), "utf-8")
    return 0


def check() -> int:
    """0 when every page is what it would be if written now."""
    stale = [name for name, page in PAGES.items() if _kept(name) != page()]
    for name in stale:
        print(f"docs/reference/{name}.md: out of date, run `make house` and commit it")
    return 1 if stale else 0


def _kept(name: str) -> str:
    path = FOLDER / f"{name}.md"
    return path.read_text("utf-8") if path.exists() else ""


def main(arguments: list[str]) -> int:
    """Do what the arguments say; 2 for one that is unknown."""
    match arguments:
        case []:
            return write()
        case ["--check"]:
            return check()
        case [name] if name in PAGES:
            print(PAGES[name]())
            return 0
    print(f"用法：python scripts/reference.py [--check | {' | '.join(PAGES)}]", file=sys.stderr)
    return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
