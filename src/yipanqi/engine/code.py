"""Which code computes: the release, and a digest of the source files that decide an answer."""

from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path

from yipanqi import __version__

# The engine, the rules it applies, and the places and words both stand on.
_DECIDING = ("engine", "rulebook", "vocab")
_BYTECODE = "__pycache__"
_DIGITS = 12


@cache
def version() -> str:
    """The release with the digest of its deciding floors, such as 0.1.0+5f0c1b2a9d3e.

    Worked out once per process: what runs is what was there when it was first asked.
    """
    package = Path(__file__).parents[1]
    return f"{__version__}+{digest(package / floor for floor in _DECIDING)}"


def digest(folders: Iterable[Path]) -> str:
    """Twelve hexadecimal digits of SHA-256 over name and content of every file in the folders.

    The same wherever the files lie, and whatever Python or an editor left beside them.
    """
    whole = sha256()
    for folder in folders:
        for file in sorted(each for each in folder.rglob("*") if each.is_file()):
            place = file.relative_to(folder)
            if not any(part == _BYTECODE or part.startswith(".") for part in place.parts):
                content = sha256(file.read_bytes()).hexdigest()
                whole.update(f"{folder.name}/{place.as_posix()} {content}\n".encode())
    return whole.hexdigest()[:_DIGITS]
