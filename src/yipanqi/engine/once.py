"""Folders of results that are made once and appear whole."""

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path


def made(folder: Path, make: Callable[[Path], None]) -> Path:
    """The folder, filled by `make` in a place of its own where it does not stand yet.

    Readers never see half of it; of two makers at a time the first wins, the second's is dropped.
    """
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    room = Path(tempfile.mkdtemp(prefix=f".{os.getpid()}-", dir=folder.parent))
    try:
        make(room)
        room.replace(folder)
    except OSError:
        if not folder.is_dir():  # another process was not quicker
            raise
    finally:
        shutil.rmtree(room, ignore_errors=True)
    return folder
