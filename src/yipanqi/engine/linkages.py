"""How many local enterprises stand on the other side of a link: its customers or its suppliers."""

from collections.abc import Mapping, Sequence

import ibis
import ibis.expr.types as ir

COLUMNS = ibis.schema({"place": "string", "link": "string", "neighbours": "int64"})


def neighbours(members: ir.Table, reach: Mapping[str, Sequence[str]]) -> ir.Table:
    """For each place and link, the enterprises there that stand in a neighbouring link.

    `members` has one row per `id`, `place` and `link`; `reach` gives for a link the links it is a
    neighbour to. An enterprise in several neighbouring links counts once. Places and links without
    any have no row.
    """
    none = ibis.literal([], "array<string>")
    branches = [(link, ibis.literal(list(near), "array<string>")) for link, near in reach.items()]
    near = members.link.cases(*branches, else_=none) if branches else none
    spread = members.select("id", "place", link=near.unnest())
    counted = spread.group_by("place", "link").agg(neighbours=spread.id.nunique())
    assert counted.schema() == COLUMNS, counted.schema()
    return counted
