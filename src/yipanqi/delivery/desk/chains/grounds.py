"""What the engine's kept tables are asked by: the registry in force, and the chains and rules."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from yipanqi.domain.rules import queries as rules
from yipanqi.domain.rules.queries import Mark
from yipanqi.engine.cities import Ground
from yipanqi.engine.rolls import Rolls
from yipanqi.rulebook import packs
from yipanqi.vocab import regions
from yipanqi.vocab.regions import Region


@dataclass(frozen=True, slots=True)
class Grounds:
    """The city, where the facts of every city are kept, and where its enterprises are."""

    city: Region
    ground: Ground
    rolls: Rolls


def grounds() -> Grounds | None:
    """What stands in force; None without a registry, a pack, or a city the pack names.

    Nothing is worked out here: parsed once for each pack and registry.
    """
    registry = settings.REGISTRY_HOME / "registry" / "current"
    marks = rules.current()
    if not registry.is_dir() or not marks:
        return None
    return _found(registry.resolve(), marks)


@lru_cache(maxsize=2)
def _found(registry: Path, marks: tuple[Mark, ...]) -> Grounds | None:
    pack = packs.from_texts(rules.texts(marks))
    city = regions.by_code().get(pack.region_code)
    if city is None:
        return None
    tables, sheet = pack.chains(on=pack.newest), pack.library.diagnosis(on=pack.newest)
    return Grounds(city, Ground.of(registry, tables, sheet), Rolls.of(registry, tables))
