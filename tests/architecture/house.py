"""Where the house's files are, read once for every guard."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "yipanqi"
# What people write and read; generated files and other people's code are not ours to judge.
_OURS = ("src", "tests", "scripts", "bench")


def modules(*folders: str) -> Iterator[Path]:
    """Every Python file of ours under the folders (all of ours by default), migrations left out."""
    for folder in folders or _OURS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if not {"migrations", "node_modules", "__pycache__"} & set(path.parts):
                yield path


@cache
def tree(path: Path) -> ast.Module:
    """The module as Python reads it."""
    return ast.parse(path.read_text("utf-8"), str(path))


def place(path: Path) -> str:
    """The file as seen from the repository's root."""
    return path.relative_to(ROOT).as_posix()


def pyproject() -> dict[str, object]:
    """The project's own settings."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def rooms_top_down() -> dict[str, int]:
    """Each room and its depth, from the one contract that import-linter reads too."""
    contracts = pyproject()["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c.get("containers") == ["yipanqi.domain"])
    return {room.strip(): depth for depth, row in enumerate(layers) for room in row.split("|")}
