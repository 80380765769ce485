"""Which group an enterprise belongs to, and whether that group has a place in a province."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from yipanqi.engine import indices, sessions
from yipanqi.engine.groups.keeping import kept_members

# Ties less sure than this are left out on both sides: a shared brand alone proves little.
SURE = Decimal("0.85")


@dataclass(frozen=True, slots=True)
class Footing:
    """The group's name, and whether one of it is registered in the province."""

    group: str
    is_there: bool


def footings(registry: Path, ids: Collection[str], *, province_code: str) -> Mapping[str, Footing]:
    """The group of each enterprise by registry id, where it is sure enough; others are absent.

    Raises indices.NoRegistry.
    """
    if not ids:
        return {}
    with sessions.measures() as session:
        members = kept_members(registry, session)
        sure = members.filter(members.confidence >= SURE).select("id", "group")
        asked = sure.filter(sure.id.isin(sorted(set(ids))))
        places = indices.enterprises(registry, session).select("id", "province_code")
        theirs = sure.semi_join(asked.select("group").distinct(), "group")
        there = theirs.semi_join(places.filter(places.province_code == province_code), "id")
        rows = asked.order_by("id").to_pyarrow().to_pylist()
        standing = set(there.select("group").distinct().to_pyarrow()["group"].to_pylist())
    return {row["id"]: Footing(row["group"], row["group"] in standing) for row in rows}
