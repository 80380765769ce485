"""What the engine's kept tables are asked by: the registry in force, and the chains and rules."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from yipanqi.domain.rules import queries as rules
from yipanqi.domain.rules.queries import Mark
from yipanqi.engine.cities import Ground
from yipanqi.engine.rolls import Rolls
from yipanqi.vocab import clock, regions
from yipanqi.vocab.regions import Region


@dataclass(frozen=True, slots=True)
class Grounds:
    """The city, where the facts of every city are kept, and where its enterprises are."""

    city: Region
    ground: Ground
    rolls: Rolls


def grounds() -> Grounds | None:
    """What a run of the studies would ask now; None without a registry, a pack or its city.

    Nothing is worked out here: parsed once for each pack and registry.
    """
    registry = settings.REGISTRY_HOME / "registry" / "current"
    marks = rules.current()
    if not registry.is_dir() or not marks:
        return None
    return _found(registry.resolve(), marks, clock.today())


@lru_cache(maxsize=2)
def _found(registry: Path, marks: tuple[Mark, ...], today: date) -> Grounds | None:
    """What the marks and the day lead to; both are here to be told apart by."""
    del marks, today
    pack = rules.pack_at(clock.now())
    city = regions.by_code().get(pack.region_code)
    if city is None:
        return None
    tables, sheet = pack.chains(on=pack.newest), pack.library.diagnosis(on=pack.newest)
    return Grounds(city, Ground.of(registry, tables, sheet), Rolls.of(registry, tables))
