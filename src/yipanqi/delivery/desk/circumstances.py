"""The circumstances every page states: which city this is, and whether its data is real."""

import json
import tomllib
from functools import lru_cache
from pathlib import Path

from django.conf import settings


def city_name() -> str:
    """The city as its pack names it; empty when the pack cannot be read."""
    return _named(settings.CITY_PACK / "pack.toml")


def is_synthetic() -> bool:
    """Whether the registry in use was made by the generator and not by a registrar."""
    manifest = settings.REGISTRY_HOME / "registry" / "current" / "manifest.json"
    return _made_up(manifest, _changed(manifest))


def is_demo() -> bool:
    """Whether `yipanqi demo` set this site up: it then keeps its people's log-ins in a file."""
    return bool((settings.HOME / "demo-logins.txt").exists())


@lru_cache(maxsize=4)
def _named(sheet: Path) -> str:
    try:
        return str(tomllib.loads(sheet.read_text("utf-8")).get("name", ""))
    except (OSError, tomllib.TOMLDecodeError):
        return ""


def _changed(manifest: Path) -> int:
    try:
        return manifest.stat().st_mtime_ns
    except OSError:
        return 0


@lru_cache(maxsize=4)
def _made_up(manifest: Path, changed: int) -> bool:
    if not changed:
        return False
    try:
        return bool(json.loads(manifest.read_text("utf-8")).get("synthetic"))
    except (OSError, ValueError):
        return False
