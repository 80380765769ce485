"""A whole list of outside names found in the registry as they are written, in one question."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import ibis.expr.types as ir
import pyarrow as pa
from ibis.backends.duckdb import Backend

from yipanqi.engine import indices, sessions
from yipanqi.engine.groups import heads
from yipanqi.engine.groups.kinship import is_credit

_COLUMNS = ("id", "code", "name", "province", "province_code", "city", "city_code", "status")
_ASKED = pa.schema([("place", pa.int32()), ("said", pa.string())])
_WIDE = str.maketrans({"(": "（", ")": "）"})


@dataclass(frozen=True, slots=True)
class Registered:
    """An enterprise of the registry; what the registry does not tell is None."""

    id: str
    code: str | None
    name: str
    province: str | None
    province_code: str | None
    city: str | None
    city_code: str | None
    status: str


def exactly(
    registry: Path, asked: Sequence[tuple[str | None, str]]
) -> list[tuple[Registered, ...]]:
    """Who is registered under each code, else under each very name, in the order asked, by id.

    Brackets of either width are the same. One of the same name with another credit code is another
    enterprise. Raises indices.NoRegistry.
    """
    with sessions.measures() as session:
        enterprises = indices.enterprises(registry, session).select(*_COLUMNS)
        named = _joined(session, enterprises, "name", _names(asked))
        coded = _joined(session, enterprises, "code", _codes(asked))
    return [
        coded.get(place) or _open(code, named.get(place, ()))
        for place, (code, _) in enumerate(asked)
    ]


def with_ids(registry: Path, ids: Iterable[str]) -> dict[str, Registered]:
    """The enterprises of these registry ids; ids of nobody are left out. Raises NoRegistry."""
    with sessions.measures() as session:
        enterprises = indices.enterprises(registry, session).select(*_COLUMNS)
        asked = enterprises.filter(enterprises.id.isin(sorted(set(ids))))
        rows = asked.order_by("id").to_pyarrow().to_pylist()
    return {row["id"]: Registered(**{name: row[name] for name in _COLUMNS}) for row in rows}


def _names(asked: Sequence[tuple[str | None, str]]) -> list[tuple[int, str]]:
    # Compared as written, in both kinds of brackets: a function on each name would read them all.
    return [
        (place, spelling)
        for place, (_, name) in enumerate(asked)
        for spelling in sorted({name, heads.spelled(name), heads.spelled(name).translate(_WIDE)})
    ]


def _codes(asked: Sequence[tuple[str | None, str]]) -> list[tuple[int, str]]:
    return [(place, code) for place, (code, _) in enumerate(asked) if code]


def _joined(
    session: Backend, enterprises: ir.Table, column: str, said: Iterable[tuple[int, str]]
) -> dict[int, tuple[Registered, ...]]:
    rows = [{"place": place, "said": text} for place, text in said]
    if not rows:
        return {}
    table = session.create_table(f"asked_{column}", pa.Table.from_pylist(rows, _ASKED), temp=True)
    joined = table.inner_join(enterprises, table.said == enterprises[column])
    found: dict[int, dict[str, Registered]] = {}
    for row in joined.select("place", *_COLUMNS).order_by("place", "id").to_pyarrow().to_pylist():
        one = Registered(**{name: row[name] for name in _COLUMNS})
        found.setdefault(row["place"], {})[one.id] = one
    return {place: tuple(ones.values()) for place, ones in found.items()}


def _open(code: str | None, found: Iterable[Registered]) -> tuple[Registered, ...]:
    return tuple(one for one in found if code is None or not is_credit(one.code))
