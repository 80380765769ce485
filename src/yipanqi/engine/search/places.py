"""Where the index of a registry lies, and how far one in the making has come."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from yipanqi.engine import indices, stores
from yipanqi.engine.search.layout import EDITION

_NAME = f"search-{EDITION}"


class NoIndex(Exception):
    """The registry has no search index yet; the message says what makes one."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of `total` enterprises are indexed; `failed` says why it stopped.

    `touched` is when this was last told, in seconds of the epoch.
    """

    done: int
    total: int
    failed: str = ""
    touched: float = 0.0


def place(registry: Path) -> Path:
    """The folder the registry's index belongs in, whether or not it is there."""
    return stores.shelf(stores.Kind.INDEX) / indices.snapshot(registry) / _NAME


def stands(registry: Path) -> bool:
    """Whether the registry's index is there, whole."""
    return place(registry).is_dir()


def standing(registry: Path) -> Path:
    """The registry's index. Raises NoIndex."""
    folder = place(registry)
    if not folder.is_dir():
        raise NoIndex(
            "这批登记数据还没有搜索索引：后台任务会自动建立，也可运行 yipanqi registry index"
        )
    return folder


def tell(registry: Path, progress: Progress) -> None:
    """Leave word of a build beside the place the index will take."""
    file = _word(registry)
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.new")
    fresh.write_text(json.dumps(asdict(progress), ensure_ascii=False), "utf-8")
    fresh.replace(file)


def told(registry: Path) -> Progress | None:
    """The last word of a build of this registry's index; None when there was none."""
    file = _word(registry)
    try:
        said = json.loads(file.read_text("utf-8"))
        return Progress(said["done"], said["total"], said["failed"], file.stat().st_mtime)
    except (OSError, ValueError):
        return None


def forget(registry: Path) -> None:
    """Take the word away: the index stands and needs none."""
    _word(registry).unlink(missing_ok=True)


def _word(registry: Path) -> Path:
    return place(registry).with_name(f"{_NAME}.progress.json")
