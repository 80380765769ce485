"""An enterprise's group: the companies and branches it belongs with, as surely as names tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import ibis
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from yipanqi.engine import indices, sessions
from yipanqi.engine.groups import heads
from yipanqi.engine.groups.keeping import is_kept, kept_members

MOST = 200
# The order of the tree: the company itself, its subsidiaries, those of the brand, the branches.
_ORDER = ("itself", "subsidiary", "brand", "branch")


@dataclass(frozen=True, slots=True)
class Relative:
    """One enterprise of the group: `head` is the company it belongs to, itself for a company."""

    id: str
    name: str
    code: str | None
    city: str | None
    status: str
    head: str
    relation: str
    confidence: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class Kin:
    """The group by name, how many it has, how many in the home city, and the first of them."""

    group: str
    total: int
    local: int
    own: Relative
    relatives: Sequence[Relative]


def registered_as(registry: Path, code: str | None, name: str) -> Sequence[str]:
    """The registry ids of an enterprise: that of its code, else those of its very name, sorted.

    Raises indices.NoRegistry.
    """
    with sessions.measures() as session:
        return _ids(indices.enterprises(registry, session), code, name)


def kin(registry: Path, registry_id: str, *, city_code: str, most: int = MOST) -> Kin | None:
    """The group of an enterprise, companies before branches; None where groups are not kept yet.

    Raises indices.NoRegistry, LookupError for an id the registry does not hold.
    """
    if not is_kept(registry):
        return None
    with sessions.measures() as session:
        family = _family(registry, session, registry_id)
        rows = family.order_by("place", "head", "name", "id")
        own = rows.filter(rows.id == registry_id).to_pyarrow().to_pylist()
        if not own:
            raise LookupError(registry_id)
        total = family.agg(
            total=family.count(), local=(family.city_code == city_code).fill_null(False).sum()
        )
        counts = total.to_pyarrow().to_pylist()[0]
        shown = rows.limit(most).to_pyarrow().to_pylist()
    return Kin(
        group=own[0]["group"],
        total=counts["total"],
        local=counts["local"] or 0,
        own=_relative(own[0]),
        relatives=[_relative(row) for row in shown],
    )


def _ids(enterprises: ir.Table, code: str | None, name: str) -> list[str]:
    # Compared as written, in both kinds of brackets: a function on each name would read them all.
    asked = enterprises.name.isin(sorted({name, heads.spelled(name), _wide(name)}))
    if code is not None:
        asked |= enterprises.code == code
    found = enterprises.filter(asked).select("id", "code").order_by("id").to_pyarrow().to_pylist()
    coded = [row["id"] for row in found if code is not None and row["code"] == code]
    # Of the same name but with another credit code it is another enterprise.
    is_open = [row["id"] for row in found if code is None or not is_credit(row["code"])]
    return coded or is_open


def _wide(name: str) -> str:
    return heads.spelled(name).replace("(", "（").replace(")", "）")


def is_credit(code: str | None) -> bool:
    """Whether it is a unified social credit code; an older number of registration is none."""
    return code is not None and len(code) == 18  # noqa: PLR2004 -- GB 32100-2015


def _family(registry: Path, session: Backend, registry_id: str) -> ir.Table:
    members = kept_members(registry, session)
    group = members.filter(members.id == registry_id).select("group").distinct()
    family = members.semi_join(group, "group")
    facts = indices.enterprises(registry, session).select(
        "id", "name", "code", "city", "city_code", "status"
    )
    place = ibis.cases(
        *((family.relation == name, number) for number, name in enumerate(_ORDER)),
        else_=len(_ORDER),
    )
    # The ties of one group only: the registry is read once, and joined to few rows.
    return family.mutate(place=place).inner_join(facts, "id")


def _relative(row: dict[str, object]) -> Relative:
    return Relative(**{name: row[name] for name in Relative.__slots__})  # type: ignore[arg-type]
