"""What an open graph of products suggests for a chain: new links, supplies and terms, as proposals.

Such graphs are gathered by machines and noisy: nothing of them enters a chain before a chain office
has read it. `support` counts the edges that speak for a proposal.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from yipanqi.rulebook.chains import ChainTables, TermKind

FEWEST_EDGES = 2
_LENGTHS = range(2, 13)
_NAME = re.compile(r"[\w（）()/+-]+")


class Relation(StrEnum):
    """What an edge of the graph says of its two products, in the graph's own words."""

    MATERIAL = "上游材料"  # the second goes into the first
    PRODUCT = "下游产品"  # the first goes into the second
    KIND = "产品小类"  # the second is a kind of the first


class Suggested(StrEnum):
    """What is proposed."""

    LINK = "link"
    SUPPLY = "supply"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class Edge:
    """Two products and how they stand to each other."""

    product: str
    other: str
    relation: Relation


@dataclass(frozen=True, slots=True)
class Proposal:
    """One suggestion: `name` is a product; `link` the link it supplies, belongs to, or comes from.

    A supply also names the `customer` it goes to. `because` holds a few of the edges.
    """

    kind: Suggested
    name: str
    link: str
    customer: str
    support: int
    because: tuple[str, ...]


def proposals(tables: ChainTables, edges: Iterable[Edge], *, most: int) -> tuple[Proposal, ...]:
    """The best supported proposals for one chain, at most so many of each kind.

    A product belongs to the link whose longest term it contains. Materials of a link's products
    that no link recognises are links not yet in the chain; those another link recognises are a
    supply not yet drawn; kinds of a link's products are terms not yet known.
    """
    found = _Found(_recogniser(tables))
    for edge in edges:
        found.read(edge)
    ranked = sorted(found.proposals(tables), key=lambda one: (-one.support, one.name, one.link))
    return tuple(
        one for kind in Suggested for one in [each for each in ranked if each.kind is kind][:most]
    )


@dataclass(slots=True)
class _Recogniser:
    """The link a product's name belongs to."""

    terms: Mapping[str, str]
    pattern: "re.Pattern[str]"
    known: dict[str, str] = field(default_factory=dict)

    def link(self, product: str) -> str:
        if product not in self.known:
            hits = self.pattern.findall(product)
            self.known[product] = self.terms[max(hits, key=len)] if hits else ""
        return self.known[product]


def _recogniser(tables: ChainTables) -> _Recogniser:
    # Where two links share a term, the one written first in the pack has it.
    included = [row for row in reversed(tables.terms) if row.kind == TermKind.INCLUDE]
    terms = {row.term: row.link for row in included} | {row.name: row.link for row in tables.links}
    longest = sorted(terms, key=lambda word: (-len(word), word))
    # An empty chain recognises nothing; an empty pattern would recognise everything.
    return _Recogniser(terms, re.compile("|".join(map(re.escape, longest)) or r"(?!)"))


@dataclass(slots=True)
class _Found:
    """Edges that speak for something, gathered by what they speak for."""

    recogniser: _Recogniser
    edges: "defaultdict[tuple[Suggested, str, str, str], list[str]]" = field(
        default_factory=lambda: defaultdict(list)
    )

    def read(self, edge: Edge) -> None:
        product, other = edge.product, edge.other
        if edge.relation is Relation.PRODUCT:
            product, other = other, product
        here, there = self.recogniser.link(product), self.recogniser.link(other)
        if not here or not _is_a_name(other):
            return
        if edge.relation is Relation.KIND:
            if not there:
                self._add(Suggested.TERM, other, here, "", f"{product}的小类")
        elif not there:
            self._add(Suggested.LINK, other, here, here, f"{product}的上游材料")
        elif there != here:
            self._add(Suggested.SUPPLY, other, there, here, f"{other} → {product}")

    def proposals(self, tables: ChainTables) -> Iterator[Proposal]:
        drawn = {(row.supplier, row.customer) for row in tables.supplies}
        for (kind, name, link, customer), told in self._merged().items():
            if kind is Suggested.SUPPLY and (link, customer) in drawn:
                continue
            support = len(set(told))
            if support >= FEWEST_EDGES or kind is Suggested.TERM:
                examples = tuple(sorted(set(told))[:3])
                yield Proposal(kind, name, link, customer, support, examples)

    def _merged(self) -> Mapping[tuple[Suggested, str, str, str], list[str]]:
        """All products one link sells to another stand for one supply, named by the commonest."""
        merged: dict[tuple[Suggested, str, str, str], list[str]] = {}
        supplies: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        told: dict[tuple[str, str], list[str]] = defaultdict(list)
        for (kind, name, link, customer), lines in self.edges.items():
            if kind is Suggested.SUPPLY:
                supplies[link, customer][name] += len(lines)
                told[link, customer] += lines
            else:
                merged[kind, name, link, customer] = lines
        for (link, customer), names in supplies.items():
            name = min(names, key=lambda each: (-names[each], each))
            merged[Suggested.SUPPLY, name, link, customer] = told[link, customer]
        return merged

    def _add(self, kind: Suggested, name: str, link: str, customer: str, because: str) -> None:
        self.edges[kind, name, link, customer].append(because)


def _is_a_name(product: str) -> bool:
    return len(product) in _LENGTHS and _NAME.fullmatch(product) is not None
