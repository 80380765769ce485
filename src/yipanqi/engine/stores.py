"""Where published tables live: $YIPANQI_HOME/{registry,index,studies}/<snapshot>/ and `current`."""

import os
import shutil
import uuid
from enum import StrEnum
from pathlib import Path

DEFAULT_HOME = "var"


class Kind(StrEnum):
    """What is published side by side, each with a current snapshot of its own."""

    REGISTRY = "registry"
    INDEX = "index"
    STUDIES = "studies"


class NothingPublished(Exception):
    """No snapshot of this kind has been published yet."""


def home() -> Path:
    """The platform's own folder: $YIPANQI_HOME, else ./var."""
    return Path(os.environ.get("YIPANQI_HOME") or DEFAULT_HOME)


def shelf(kind: Kind) -> Path:
    """The folder that holds every snapshot of a kind; it may not exist yet."""
    return home() / kind


def current(kind: Kind) -> Path:
    """The snapshot in force. Raises NothingPublished when there is none."""
    link = shelf(kind) / "current"
    if not link.is_dir():
        raise NothingPublished(f"{link} 尚无数据，请先运行 yipanqi {kind} import … --publish")
    return link.resolve()


def publish(kind: Kind, snapshot: str, *, ready: Path) -> Path:
    """Move a finished folder in as a snapshot and make it current; readers never see half of it.

    `ready` lies on the same file system. A snapshot that already stands (same input, same name)
    is kept and `ready` is dropped.
    """
    place = shelf(kind) / snapshot
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.is_dir():
        shutil.rmtree(ready)
    else:
        ready.replace(place)
    _point_current_at(place)
    return place


def replace_folder(place: Path, *, ready: Path) -> None:
    """Put a finished folder in the place of another; on failure the old one stands as before."""
    aside = place.with_name(f".{place.name}.{uuid.uuid4().hex}.old")
    if place.exists():
        place.replace(aside)
    try:
        ready.replace(place)
    except OSError:
        if aside.exists():
            aside.replace(place)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _point_current_at(place: Path) -> None:
    link = place.parent / f".current.{uuid.uuid4().hex}"
    link.symlink_to(place.name, target_is_directory=True)
    link.replace(place.parent / "current")
