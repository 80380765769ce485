"""Since when a group's registered scopes speak of a chain's links."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from ibis.backends.duckdb import Backend

from yipanqi.engine import groups, indices
from yipanqi.engine.backtests.arrays import Flags, Integers
from yipanqi.engine.backtests.histories import History
from yipanqi.engine.backtests.standings import Standing
from yipanqi.engine.terms import TermBook
from yipanqi.rulebook.chains import ChainTables

_NEVER = 9999


@dataclass(frozen=True, slots=True)
class Speakers:
    """For each chain the first year each head of the history speaks of it, and chains' names."""

    since: Mapping[str, Integers] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)

    def kinds(self, standing: Standing) -> Mapping[str, Flags]:
        """For each chain which heads of the standing speak of it by then, under `kind(chain)`."""
        return {
            kind(chain): since[standing.heads] <= standing.year
            for chain, since in self.since.items()
        }


def kind(chain: str) -> str:
    """The name under which the candidates of a chain are counted."""
    return f"chain:{chain}"


def read(registry: Path, tables: ChainTables, history: History, session: Backend) -> Speakers:
    """Who speaks of which chain of the pack. Scopes are as of the registry, not of the day.

    Raises indices.NoRegistry.
    """
    said = indices.mentions(registry, TermBook(tables.terms), session).select("id", "chain")
    firms = indices.enterprises(registry, session)
    known = firms.filter(firms.registered.notnull())
    named = known.select(
        "id", head=groups.head_name(known.name), year=known.registered.year().cast("int64")
    )
    joined = said.distinct().join(named, "id")
    first = joined.group_by("chain", "head").agg(year=joined.year.min()).order_by("chain", "head")
    numbers = {name: number for number, name in enumerate(history.heads.names)}
    since = {one.chain: np.full(len(numbers), _NEVER) for one in tables.chains}
    for row in first.to_pyarrow().to_pylist():
        if row["head"] in numbers:  # shops without a company's name are no group
            since[row["chain"]][numbers[row["head"]]] = row["year"]
    return Speakers(since, {kind(one.chain): one.name for one in tables.chains})
