"""What part of a link's enterprises, and of their capital, stands in each place."""

import ibis
import ibis.expr.types as ir

COLUMNS = ibis.schema(
    {
        "place": "string",
        "link": "string",
        "share": "decimal(9, 4)",
        "standing": "int64",
        "capital_share": "decimal(9, 4)",
    }
)


def market_shares(members: ir.Table) -> ir.Table:
    """Each place's part of a link, from 0 to 1, and its standing among the places (1 is first).

    `members` has one row per place and link, with the number of `enterprises` (above nought) and
    their `capital_wan` in 万元, null where nobody says. Registrations are not sales: `share` is by
    count, `capital_share` by stated capital and null where none is stated in the link or here.
    Places alike share a standing, and the next is left out. Four digits.
    """
    in_it = ibis.window(group_by="link")
    share = members.enterprises.cast("float64") / members.enterprises.sum().over(in_it)
    capital = members.capital_wan.cast("float64") / (
        members.capital_wan.sum().over(in_it).nullif(0).cast("float64")
    )
    falling = ibis.window(group_by="link", order_by=members.enterprises.desc())
    found = members.select(
        "place",
        "link",
        share=share.round(4).cast("decimal(9, 4)"),
        standing=(ibis.rank().over(falling) + 1).cast("int64"),
        capital_share=capital.round(4).cast("decimal(9, 4)"),
    )
    assert found.schema() == COLUMNS, found.schema()
    return found
