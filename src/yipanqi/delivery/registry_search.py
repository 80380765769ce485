"""The registry in force as people search it: whether it can be asked yet, and who is known."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from yipanqi.domain.investors import queries as investors
from yipanqi.domain.investors.services.registering import EnterpriseFacts
from yipanqi.engine import indices
from yipanqi.engine.search import places
from yipanqi.engine.search.places import Progress
from yipanqi.engine.search.rows import Row
from yipanqi.vocab import clock

if TYPE_CHECKING:
    from yipanqi.domain.investors.models import Enterprise

# The last step of a build of millions tells nothing for a while; a dead one tells nothing at all.
_SILENCE = timedelta(minutes=10)
_PERCENT = 100


class State(StrEnum):
    """What can be said of the index of the registry in force."""

    NO_REGISTRY = "no_registry"
    READY = "ready"
    BUILDING = "building"
    FAILED = "failed"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Condition:
    """The state, the registry it is about, and the last word of a build under way or broken."""

    state: State
    registry: Path | None = None
    progress: Progress | None = None

    @property
    def percent(self) -> int:
        """How much of the registry is indexed so far, 0 to 100."""
        told = self.progress
        return _PERCENT * told.done // told.total if told and told.total else 0


def condition() -> Condition:
    """Whether the registry in force can be searched, and if not, how far that is."""
    registry = settings.REGISTRY_HOME / "registry" / "current"
    if not registry.is_dir():
        return Condition(State.NO_REGISTRY)
    registry = registry.resolve()
    if places.stands(registry):
        return Condition(State.READY, registry)
    told = places.told(registry)
    if told is None:
        return Condition(State.WAITING, registry)
    if told.failed:
        return Condition(State.FAILED, registry, told)
    quiet = clock.now().timestamp() - told.touched
    state = State.BUILDING if quiet < _SILENCE.total_seconds() else State.WAITING
    return Condition(state, registry, told)


def as_of(registry: Path) -> date | None:
    """The day the registry tells of; None when it does not say."""
    said = indices.manifest(registry).get("as_of")
    return date.fromisoformat(said) if said else None


def credit_code(row: Row) -> str | None:
    """The unified social credit code; an older number of registration is none."""
    return row.code if row.code_kind == "uscc" else None


def known(rows: Iterable[Row]) -> "dict[str, Enterprise]":
    """Which rows are in the library, by registry id: by code, or by name where either has none."""
    listed = list(rows)
    ours = investors.same_of_each((credit_code(row), row.name) for row in listed)
    return {row.id: one for row, one in zip(listed, ours, strict=True) if one is not None}


def facts(row: Row, registry: Path) -> EnterpriseFacts:
    """What the registry tells of the enterprise, with its source and as-of."""
    return EnterpriseFacts(
        name=row.name,
        source=f"工商登记数据 {indices.snapshot(registry)}"[:200],
        code=credit_code(row),
        city=row.city or row.province or "",
        address=(row.address or "")[:300],
        registered_on=row.registered,
        capital_text=(row.capital_text or "")[:80],
        scope=row.scope or "",
        existence=row.status,
        last_sign_on=row.last_sign_on,
        source_as_of=as_of(registry),
    )
