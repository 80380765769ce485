"""How far a place outdoes its own size in each link: revealed comparative advantage."""

import ibis
import ibis.expr.types as ir

COLUMNS = ibis.schema({"place": "string", "link": "string", "advantage": "decimal(18, 4)"})


def revealed_advantages(members: ir.Table) -> ir.Table:
    """Compare a link's share of all that a place does with its share of all that is done anywhere.

    `members` has one row per place and link, with the number of `enterprises` (above nought).
    Unlike the location quotient, both shares are of the rows of `members` alone: an enterprise in
    two links counts twice, one in no link does not count. Pairs without a row have none here.

    advantage = (here in it / here in any link) / (anywhere in it / anywhere in any link), without
    unit; 1 is what the place's size alone would give. Four digits.
    Source: B. Balassa, Trade Liberalisation and "Revealed" Comparative Advantage, 1965.
    """
    here = members.enterprises.sum().over(group_by="place")
    in_it = members.enterprises.sum().over(group_by="link")
    everything = members.enterprises.sum().over(ibis.window())
    # Whole numbers multiplied first: one division, so no sum of rounded parts.
    ratio = (members.enterprises * everything).cast("float64") / (here * in_it)
    found = members.select("place", "link", advantage=ratio.round(4).cast("decimal(18, 4)"))
    assert found.schema() == COLUMNS, found.schema()
    return found
