"""An enterprise of the library as the registry in force has it: its row, and its group."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from yipanqi.delivery import registry_search
from yipanqi.delivery.registry_search import State
from yipanqi.domain.investors.services.registering import EnterpriseFacts
from yipanqi.engine.groups import kinship
from yipanqi.engine.search import finding

if TYPE_CHECKING:
    from pathlib import Path

    from yipanqi.domain.investors.models import Enterprise


class Found(StrEnum):
    """How the search for the enterprise in the registry ended."""

    NO_REGISTRY = "no_registry"
    NOT_READY = "not_ready"
    ABSENT = "absent"
    SEVERAL = "several"
    ONE = "one"


@dataclass(frozen=True, slots=True)
class Match:
    """How it ended; with ONE, what the registry tells and as of when."""

    found: Found
    facts: EnterpriseFacts | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Family:
    """How it ended; with ONE, the group, or None where groups are not worked out yet."""

    found: Found
    kin: kinship.Kin | None = None
    as_of: date | None = None


def match(enterprise: "Enterprise") -> Match:
    """What the registry tells of the enterprise, found by its code, else by its very name."""
    now = registry_search.condition()
    if now.registry is None:
        return Match(Found.NO_REGISTRY)
    if now.state is not State.READY:
        return Match(Found.NOT_READY)
    found, registry_id = _id(now.registry, enterprise)
    row = finding.one(now.registry, registry_id) if registry_id else None
    if row is None:
        return Match(Found.ABSENT if registry_id else found)
    facts = registry_search.facts(row, now.registry)
    return Match(Found.ONE, facts, registry_search.as_of(now.registry))


def family(enterprise: "Enterprise", *, city_code: str) -> Family:
    """The group of the enterprise by the registry in force; nothing is worked out here."""
    registry = registry_search.condition().registry
    if registry is None:
        return Family(Found.NO_REGISTRY)
    found, registry_id = _id(registry, enterprise)
    if not registry_id:
        return Family(found)
    kin = kinship.kin(registry, registry_id, city_code=city_code)
    return Family(Found.ONE, kin, registry_search.as_of(registry))


def _id(registry: "Path", enterprise: "Enterprise") -> tuple[Found, str]:
    ids = kinship.registered_as(registry, enterprise.code, enterprise.name)
    if not ids:
        return Found.ABSENT, ""
    # Several of one name: which of them it is, only a code can tell.
    return (Found.ONE, ids[0]) if len(ids) == 1 else (Found.SEVERAL, "")
