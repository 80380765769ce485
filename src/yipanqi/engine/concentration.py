"""How specialised each place is in each link, by location quotient."""

import ibis
import ibis.expr.types as ir

COLUMNS = ibis.schema({"place": "string", "link": "string", "quotient": "decimal(18, 4)"})


def location_quotients(members: ir.Table, places: ir.Table) -> ir.Table:
    """Compare a link's share of a place's enterprises with its share of the whole nation's.

    `members` has one row per place and link, with the number of `enterprises` of the link there;
    `places` has one row per place, with the number of all `enterprises` there; a row whose place
    is null still counts for the nation. Places without an enterprise of the link have no row.

    quotient = (enterprises here in it / all here) / (enterprises anywhere in it / all anywhere);
    1 is average and 2 is twice as specialised as the whole. Four digits.
    Source: P. S. Florence, Report on the Location of Industry, 1939.
    """
    everywhere = places.enterprises.sum().as_scalar()
    in_it = members.enterprises.sum().over(group_by="link")
    nation = members.select("place", "link", here=members.enterprises, in_it=in_it)
    joined = nation.join(places.select("place", all_here="enterprises"), "place")
    # Whole numbers multiplied first: one division, so no sum of rounded parts.
    ratio = (joined.here * everywhere).cast("float64") / (joined.in_it * joined.all_here)
    found = joined.select("place", "link", quotient=ratio.round(4).cast("decimal(18, 4)"))
    assert found.schema() == COLUMNS, found.schema()
    return found
