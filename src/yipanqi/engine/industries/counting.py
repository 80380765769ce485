"""How many enterprises of a city are of each division, and of how many it is not told."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis
from ibis.backends.duckdb import Backend

from yipanqi.engine import firms, indices
from yipanqi.engine.industries import gbt_words, keeping
from yipanqi.vocab.regions import Region


@dataclass(frozen=True, slots=True)
class Count:
    """A division (or section) of the city: its code, its name, how many enterprises."""

    code: str
    name: str
    enterprises: int


@dataclass(frozen=True, slots=True)
class Counts:
    """The city's enterprises by division and by section, the largest first.

    `open_divisions` and `open_sections` count those of which it is not sure enough to be told;
    `as_of` is the registry's own date, None where it names none.
    """

    city: Region
    as_of: str | None
    synthetic: bool
    enterprises: int
    divisions: tuple[Count, ...]
    sections: tuple[Count, ...]
    open_divisions: int
    open_sections: int


def counts(registry: Path, session: Backend, *, city: Region) -> Counts:
    """The industries of the enterprises registered in the city. Raises indices.NoRegistry."""
    every = firms.kept(registry, session)
    here = every.filter(every.city_code == city.code).select("id")
    told = keeping.kept(registry, session).semi_join(here, "id")
    answers = told.mutate(
        division=ibis.ifelse(told.division_told, told.division, None),
        section=ibis.ifelse(told.section_told, told.section, None),
    )
    divisions, sections = (_counted(answers, one) for one in ("division", "section"))
    names = {code: one.name for code, one in gbt_words.divisions().items()}
    manifest = indices.manifest(registry)
    return Counts(
        city=city,
        as_of=manifest.get("as_of"),
        synthetic=bool(manifest.get("synthetic", False)),
        enterprises=sum(divisions.values()),
        divisions=_listed(divisions, names),
        sections=_listed(sections, gbt_words.sections()),
        open_divisions=divisions.get(None, 0),
        open_sections=sections.get(None, 0),
    )


def _counted(answers: Any, column: str) -> dict[str | None, int]:
    rows = answers.group_by(column).agg(enterprises=lambda table: table.count()).to_pyarrow()
    return {row[column]: row["enterprises"] for row in rows.to_pylist()}


def _listed(found: dict[str | None, int], names: dict[str, str]) -> tuple[Count, ...]:
    told = [(code, count) for code, count in found.items() if code is not None]
    ranked = sorted(told, key=lambda one: (-one[1], one[0]))
    return tuple(Count(code, names[code], count) for code, count in ranked)
