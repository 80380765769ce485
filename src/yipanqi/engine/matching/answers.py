"""Outside names answered: the companies each may mean, and the group each company belongs to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis.expr.types as ir

from yipanqi.engine import groups, sessions
from yipanqi.engine.matching import lookups
from yipanqi.engine.matching.candidates import Candidate
from yipanqi.engine.matching.lists import Entry
from yipanqi.engine.matching.lookups import Lookup


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a company stands: its group, how (groups.Relation), and how sure (0 to 1)."""

    group: str
    relation: str
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate and its standing."""

    candidate: Candidate
    standing: Standing


@dataclass(frozen=True, slots=True)
class Answer:
    """An entry and its candidates, the surest first; none when nothing in the registry is near."""

    entry: Entry
    found: tuple[Found, ...]


def answered(registry: Path, entries: Sequence[Entry], *, top: int) -> tuple[Answer, ...]:
    """Each entry's candidates in the registry, in the order given. Raises indices.NoRegistry.

    An entry with a unified social credit code that the registry holds has that company alone. The
    first call for a snapshot makes the index of names and the groups, which takes minutes.
    """
    with sessions.measures() as session:
        lookup = lookups.opened(registry, session)
        named = [(entry, _candidates(lookup, entry, top)) for entry in entries]
        members = groups.kept_members(registry, session)
        heads = {groups.spelled(one.name) for _, those in named for one in those}
        standings = _standings(members, heads)
    return tuple(
        Answer(entry, tuple(_found(one, standings) for one in those)) for entry, those in named
    )


def _candidates(lookup: Lookup, entry: Entry, top: int) -> tuple[Candidate, ...]:
    by_code = lookup.with_code(entry.code) if entry.code else None
    return (by_code,) if by_code else lookup.candidates(entry.name, top)


def _standings(members: ir.Table, heads: Iterable[str]) -> dict[str, Standing]:
    """The standing of each company, read from its own registration or from its branches'."""
    asked = members.filter(members["head"].isin(sorted(heads)))
    is_own = asked.relation != groups.Relation.BRANCH.value
    ordered = asked.mutate(is_own=is_own).order_by("head", "is_own", "id")
    rows = ordered.select("head", "group", "relation", "confidence", "reason").to_pyarrow()
    return {row["head"]: _standing(row) for row in rows.to_pylist()}


def _standing(row: dict[str, Any]) -> Standing:
    """A company known by its branches only stands as itself, where no group is known for it."""
    relation = str(row["relation"])
    if relation == groups.Relation.BRANCH and row["group"] == row["head"]:
        relation = groups.Relation.ITSELF
    return Standing(row["group"], relation, float(row["confidence"]), row["reason"])


def _found(candidate: Candidate, standings: dict[str, Standing]) -> Found:
    return Found(candidate, standings[groups.spelled(candidate.name)])
