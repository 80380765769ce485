"""How much is in few hands: the Herfindahl–Hirschman index of a place and of a link."""

import ibis
import ibis.expr.types as ir

_MEASURED = {
    "index": "decimal(9, 4)",
    "alike": "decimal(18, 2)",
    "parts": "int64",
    "enterprises": "int64",
}
OF_PLACES = ibis.schema({"place": "string", **_MEASURED})
OF_LINKS = ibis.schema({"link": "string", **_MEASURED})


def of_places(members: ir.Table) -> ir.Table:
    """Whether a place lives on few links: the index over its links, as rows of OF_PLACES.

    `members` has one row per place and link, with the number of `enterprises` (above nought).

    index = Σ share², from 1/parts (all links alike) to 1 (one link alone), without unit; `alike`
    = 1/index, the number of equal links that would give the same. Four and two digits.
    Source: A. O. Hirschman, The Paternity of an Index, American Economic Review 54, 1964.
    """
    return _indices(members, "place", OF_PLACES)


def of_links(members: ir.Table) -> ir.Table:
    """Whether a link sits in few places: the same index over its places, as rows of OF_LINKS."""
    return _indices(members, "link", OF_LINKS)


def _indices(members: ir.Table, whose: str, columns: ibis.Schema) -> ir.Table:
    count = members.enterprises
    summed = members.group_by(whose).agg(
        squares=(count * count).sum(), enterprises=count.sum(), parts=members.count()
    )
    square = (summed.enterprises * summed.enterprises).cast("float64")
    found = summed.select(
        whose,
        index=(summed.squares / square).round(4).cast("decimal(9, 4)"),
        alike=(square / summed.squares).round(2).cast("decimal(18, 2)"),
        parts="parts",
        enterprises="enterprises",
    )
    assert found.schema() == columns, found.schema()
    return found
