"""Suggestions for the city's chains, read from an open graph of products."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from yipanqi.domain.industries import queries as industries
from yipanqi.domain.industries.services import proposing
from yipanqi.domain.rules import queries as rules
from yipanqi.rulebook.proposing import Edge, Relation, proposals
from yipanqi.vocab import clock
from yipanqi.vocab.actors import HOUSE

if TYPE_CHECKING:
    from yipanqi.domain.industries.models import Chain

COLUMNS = ("from_product", "to_product", "relation")


class NotAGraph(Exception):
    """The file is not a graph of products; the message says where and what to do."""


def propose(graph: Path, *, chain: str, most: int) -> Iterator[str]:
    """Put suggestions before the offices of one chain or of all; a sentence for each chain.

    Raises NotAGraph, NotInForce.
    """
    edges = read(graph)
    tables = rules.pack().chains(on=clock.today())
    for each in _wanted(chain):
        found = proposals(tables.only(each.code), edges, most=most)
        done = proposing.take_in(each, found, source=f"产品图谱 {graph.name}", by=HOUSE)
        yield f"{each.name}：新提议 {done.added} 条，已有 {done.known} 条"


def read(graph: Path) -> list[Edge]:
    """The edges of a graph in CSV: from_product, to_product, relation. Raises NotAGraph."""
    try:
        with graph.open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.DictReader(stream, strict=True)
            if lacking := [name for name in COLUMNS if name not in (rows.fieldnames or ())]:
                raise NotAGraph(f"“{graph.name}”缺少列：{'、'.join(lacking)}；请核对表头")
            return [_edge(row, rows.line_num, graph) for row in rows]
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise NotAGraph(f"“{graph}”不能读：{fault}；请给出 UTF-8 编码的 CSV 文件") from fault


def _edge(row: dict[str, str], line: int, graph: Path) -> Edge:
    product, other, relation = (row[name] for name in COLUMNS)
    if relation not in set(Relation):
        allowed = "、".join(Relation)
        raise NotAGraph(
            f"“{graph.name}”第 {line} 行的 relation“{relation}”不认识；只能是：{allowed}"
        )
    return Edge(product, other, Relation(relation))


def _wanted(name: str) -> "list[Chain]":
    chains = industries.chains()
    if not name:
        return chains
    found = [each for each in chains if name in (each.code, each.name, *each.alias.split("|"))]
    if not found:
        known = "、".join(each.name for each in chains)
        raise NotAGraph(f"没有产业链“{name}”；已有：{known}")
    return found
