"""How many local enterprises stand on the other side of a link: its customers or its suppliers."""

from collections.abc import Mapping, Sequence

import ibis
import ibis.expr.types as ir

from yipanqi.engine import spelled_out

COLUMNS = ibis.schema({"place": "string", "link": "string", "neighbours": "int64"})


def neighbours(members: ir.Table, reach: Mapping[str, Sequence[str]]) -> ir.Table:
    """For each place and link, the enterprises there that stand in a neighbouring link.

    `members` has one row per `id`, `place` and `link`; `reach` gives for a link the links it is a
    neighbour to. An enterprise in several neighbouring links counts once. Places and links without
    any have no row.
    """
    pairs = [(link, one) for link, near in reach.items() for one in near]
    known = spelled_out.table(("link", "near"), pairs)
    # A join, not one case after another: a city's chains have thousands of such pairs.
    near = members.select("id", "place", link="link").join(known, members.link == known.link)
    spread = near.select("id", "place", link=near.near)
    counted = spread.group_by("place", "link").agg(neighbours=spread.id.nunique())
    assert counted.schema() == COLUMNS, counted.schema()
    return counted
