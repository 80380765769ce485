"""The enterprises of a city that do something of a link: name by name, with their own words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Self

import duckdb

from yipanqi.engine import firms, indices, sessions
from yipanqi.engine.doings import Role
from yipanqi.engine.terms import TermBook
from yipanqi.rulebook.chains import ChainTables
from yipanqi.vocab import pages
from yipanqi.vocab.pages import Page
from yipanqi.vocab.regions import Region

_MEMORY, _THREADS = "300MB", 2
_MOST_CLAUSES = 3
# In order of closeness to making; the closest is the enterprise's role in the link.
_ORDER = [one.value for one in Role]


@dataclass(frozen=True, slots=True)
class Said:
    """A clause of a scope, the term met in it, and what is done."""

    clause: str
    term: str
    role: Role


@dataclass(frozen=True, slots=True)
class Entry:
    """An enterprise as the registry has it, its closest role in the link, and why it is there."""

    id: str
    name: str
    registered: date | None
    capital_text: str | None
    capital_wan: Decimal | None
    existence: str
    last_sign_on: date | None
    source: str | None
    role: Role
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """Which enterprises: of a link in a city; with `year` those registered in it.

    Without a year they are those not known to have ceased: the very ones a diagnosis counts. With
    one, the ceased are among them, as in the trend. `sellers` asks for who only sells instead.
    """

    link: str
    city: Region
    year: int | None = None
    sellers: bool = False


@dataclass(frozen=True, slots=True)
class Rolls:
    """The kept files rolls are read from: who speaks of which link, and who they are."""

    mentions: Path
    enterprises: Path

    @classmethod
    def of(cls, registry: Path, tables: ChainTables) -> Self:
        """Where these files belong; whether they are there, `stand` tells."""
        book = TermBook(tables.terms)
        return cls(indices.mentions_place(registry, book), firms.place(registry))

    @property
    def stand(self) -> bool:
        """Whether both have been worked out."""
        return self.mentions.is_file() and self.enterprises.is_file()


def roll(rolls: Rolls, asked: Asked, *, page: int = 1) -> Page[Entry]:
    """A page of the enterprises asked for, the largest stated capital first.

    Call where the rolls stand. Only the link's mentions and the city's enterprises are read.
    """
    bounds = pages.bounds(page)
    with sessions.pipeline(
        rolls.mentions.parent / ".spill", memory=_MEMORY, threads=_THREADS
    ) as session:
        found = session.execute(_ROLL, _values(rolls, asked, bounds)).fetchall()
        total = found[0][-1] if found else _total(session, rolls, asked)
        ids = [row[0] for row in found]
        said = _said(session, rolls, asked.link, ids) if ids else {}
    entries = [_entry(row) for row in found]
    return Page([replace(one, said=said.get(one.id, ())) for one in entries], total, page)


_MEMBERS = """
    WITH said AS (
        SELECT id, min(list_position($order, role)) AS place
        FROM read_parquet($mentions)
        WHERE link = $link AND role <> 'uses'
        GROUP BY id
    ), members AS (
        SELECT firm.*, said.place
        FROM said JOIN read_parquet($enterprises) AS firm USING (id)
        WHERE firm.city_code = $city
          AND (said.place = list_position($order, 'trades')) = $sellers
          AND CASE WHEN $year IS NULL
              THEN list_contains($standing, coalesce(firm.status, 'unknown'))
              ELSE year(firm.registered) = $year END
    )
"""
_ROLL = f"""{_MEMBERS}
    SELECT id, name, registered, capital_text, capital_wan, status, last_sign_on, source, place,
           count(*) OVER () AS total
    FROM members
    ORDER BY CASE WHEN capital_currency = 'CNY' THEN capital_wan END DESC NULLS LAST, id
    LIMIT $most OFFSET $first
"""  # noqa: S608 -- our own words only, values are bound
_COUNT = f"{_MEMBERS} SELECT count(*) FROM members"  # noqa: S608 -- as above
_CLAUSES = """
    SELECT id, clause, term, role FROM read_parquet($mentions)
    WHERE link = $link AND role <> 'uses' AND list_contains($ids, id)
    ORDER BY id, list_position($order, role), term, clause
"""


def _values(rolls: Rolls, asked: Asked, bounds: slice | None = None) -> dict[str, Any]:
    told = {
        "mentions": str(rolls.mentions),
        "enterprises": str(rolls.enterprises),
        "link": asked.link,
        "city": asked.city.code,
        "sellers": asked.sellers,
        "year": asked.year,
        "order": _ORDER,
        "standing": list(firms.STANDING),
    }
    window = {"first": bounds.start, "most": bounds.stop - bounds.start} if bounds else {}
    return told | window


def _total(session: duckdb.DuckDBPyConnection, rolls: Rolls, asked: Asked) -> int:
    """The count where a page holds nobody: beyond the last, or of an empty roll."""
    return int(session.execute(_COUNT, _values(rolls, asked)).fetchall()[0][0])


def _said(
    session: duckdb.DuckDBPyConnection, rolls: Rolls, link: str, ids: Sequence[str]
) -> Mapping[str, tuple[Said, ...]]:
    values = {"mentions": str(rolls.mentions), "link": link, "ids": list(ids), "order": _ORDER}
    found: dict[str, list[Said]] = {}
    for registry_id, clause, term, role in session.execute(_CLAUSES, values).fetchall():
        found.setdefault(registry_id, []).append(Said(clause, term, Role(role)))
    return {one: tuple(clauses[:_MOST_CLAUSES]) for one, clauses in found.items()}


def _entry(row: tuple[Any, ...]) -> Entry:
    place = row[8]
    return Entry(
        id=row[0],
        name=row[1],
        registered=row[2],
        capital_text=row[3],
        capital_wan=row[4],
        existence=row[5] or "unknown",
        last_sign_on=row[6],
        source=row[7],
        role=Role(_ORDER[place - 1]),
    )
