"""Changsha's pack with few of its chains, so that tests answer at once."""

from dataclasses import replace
from pathlib import Path

from yipanqi.rulebook import packs
from yipanqi.rulebook.chains import ChainTables
from yipanqi.rulebook.packs import Pack

_FOLDER = Path(__file__).parents[2] / "packs" / "changsha"


def pack_of(*chains: str) -> Pack:
    """The pack with these chains alone."""
    whole = packs.load(_FOLDER)
    kept = {day: _only(tables, chains) for day, tables in whole.chain_tables.items()}
    return replace(whole, chain_tables=kept)


def _only(tables: ChainTables, chains: tuple[str, ...]) -> ChainTables:
    parts = [tables.only(one) for one in chains]
    return ChainTables(
        tuple(row for part in parts for row in part.chains),
        tuple(row for part in parts for row in part.links),
        tuple(row for part in parts for row in part.supplies),
        tuple(row for part in parts for row in part.terms),
        tuple(row for part in parts for row in part.leaders),
    )
