"""Industry chains as data: links, who supplies whom, and the terms that recognise a link."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, TypeVar

from yipanqi.rulebook.sources import Basis
from yipanqi.rulebook.tables import Layout, Line, Table


class Position(StrEnum):
    """Where in the chain a link stands."""

    UPSTREAM = "upstream"
    MIDSTREAM = "midstream"
    DOWNSTREAM = "downstream"

    @property
    def label(self) -> str:
        """The term analysts use."""
        return {"upstream": "上游", "midstream": "中游", "downstream": "下游"}[self.value]


class TermKind(StrEnum):
    """Whether a term recognises a link or rules it out for the clause that holds it."""

    INCLUDE = "include"
    EXCLUDE = "exclude"


@dataclass(frozen=True, slots=True)
class Chain:
    """One chain and the office that answers for it; `alias` holds other names, split by “|”."""

    chain: str
    name: str
    alias: str
    office_unit: str
    status: str
    source: str
    basis: Basis

    @property
    def names(self) -> tuple[str, ...]:
        """Every name the chain goes by, the official one first."""
        return (self.name, *(name for name in self.alias.split("|") if name))

    @property
    def title(self) -> str:
        """The name as printed over results; that of a draft says so."""
        return f"{self.name}（草稿）" if self.status == "draft" else self.name


@dataclass(frozen=True, slots=True)
class Link:
    """One link: its place in the chain and the classes of GB/T 4754-2017 it falls under."""

    chain: str
    link: str
    name: str
    position: str
    gbt: str
    description: str
    source: str
    basis: Basis

    @property
    def classes(self) -> tuple[str, ...]:
        """The GB/T 4754-2017 codes, two to four digits each."""
        return tuple(code for code in self.gbt.split(";") if code)


@dataclass(frozen=True, slots=True)
class Supply:
    """One link supplies another of the same chain with something."""

    chain: str
    supplier: str
    customer: str
    what: str
    source: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class RecognitionTerm:
    """A term as it occurs in a registered scope, and the link it stands for or rules out."""

    chain: str
    link: str
    term: str
    kind: str
    source: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Leader:
    """An enterprise known in the world or the nation for a link."""

    chain: str
    link: str
    enterprise: str
    place: str
    reach: str
    source: str
    basis: Basis


Kind = TypeVar("Kind", Chain, Link, Supply, RecognitionTerm, Leader)


@dataclass(frozen=True, slots=True)
class ChainTables:
    """All chains of a city from one day on."""

    chains: tuple[Chain, ...] = ()
    links: tuple[Link, ...] = ()
    supplies: tuple[Supply, ...] = ()
    terms: tuple[RecognitionTerm, ...] = ()
    leaders: tuple[Leader, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 of all rows: the same for the same rows in the same order."""
        rows = (self.chains, self.links, self.supplies, self.terms, self.leaders)
        return hashlib.sha256(repr(rows).encode()).hexdigest()

    def only(self, chain: str) -> "ChainTables":
        """The same tables with the rows of one chain."""
        return ChainTables(
            tuple(row for row in self.chains if row.chain == chain),
            tuple(row for row in self.links if row.chain == chain),
            tuple(row for row in self.supplies if row.chain == chain),
            tuple(row for row in self.terms if row.chain == chain),
            tuple(row for row in self.leaders if row.chain == chain),
        )


LAYOUTS: Mapping[str, Layout] = {
    "chains": Layout(
        ("chain", "name", "alias", "office_unit", "status"),
        ("chain",),
        may_be_empty=frozenset({"alias"}),
        closed={"status": ("full", "draft")},
    ),
    "links": Layout(
        ("chain", "link", "name", "position", "gbt", "description"),
        ("link",),
        closed={"position": tuple(Position)},
    ),
    "supplies": Layout(
        ("chain", "supplier", "customer", "what"), ("chain", "supplier", "customer")
    ),
    "terms": Layout(
        ("chain", "link", "term", "kind"),
        ("chain", "link", "term"),
        closed={"kind": tuple(TermKind)},
    ),
    "leaders": Layout(
        ("chain", "link", "enterprise", "place", "reach"),
        ("chain", "link", "enterprise"),
        closed={"reach": ("world", "nation")},
    ),
}


def typed(tables: Mapping[str, Table]) -> ChainTables:
    """The tables as typed rows. Call on tables without faults."""
    return ChainTables(
        tuple(_row(Chain, line) for line in tables["chains"].lines),
        tuple(_row(Link, line) for line in tables["links"].lines),
        tuple(_row(Supply, line) for line in tables["supplies"].lines),
        tuple(_row(RecognitionTerm, line) for line in tables["terms"].lines),
        tuple(_row(Leader, line) for line in tables["leaders"].lines),
    )


def _row(kind: type[Kind], line: Line) -> Kind:
    values: dict[str, Any] = {column.name: line[column.name] for column in fields(kind)}
    return kind(**{**values, "basis": Basis(line["basis"])})
