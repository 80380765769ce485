"""How differently two places are made up: Krugman's index of specialisation."""

from collections.abc import Iterable
from decimal import Decimal

import ibis
import ibis.expr.types as ir

COLUMNS = ibis.schema({"place": "string", "difference": "decimal(9, 4)"})


def from_the_rest(members: ir.Table) -> ir.Table:
    """How far each place's make-up differs from that of all other places together.

    `members` has one row per place and link, with the number of `enterprises` (above nought).
    A place that is all there is has nothing to be compared with, and no row.

    difference = Σ over links |share of the link here − its share elsewhere|, from 0 (made up
    alike) to 2 (nothing in common), without unit. Four digits.
    Source: P. Krugman, Geography and Trade, 1991; against the rest, not the whole, after
    K. H. Midelfart-Knarvik et al., The Location of European Industry, 2000.
    """
    here = members.enterprises.sum().over(group_by="place")
    in_it = members.enterprises.sum().over(group_by="link")
    whole = members.enterprises.sum().over(ibis.window())
    rows = members.select(
        "place",
        mine="enterprises",
        other=in_it - members.enterprises,
        my_total=here,
        other_total=whole - here,
    )
    return _differences(rows)


def from_place(members: ir.Table, place: str) -> ir.Table:
    """How far the make-up of each other place differs from that of one; same index and range."""
    standard = members.filter(members.place == place)
    theirs = members.filter(members.place != place)
    joined = theirs.left_join(standard.select("link", other="enterprises"), "link")
    rows = joined.select(
        "place",
        mine="enterprises",
        other=joined.other.fill_null(0),
        my_total=joined.enterprises.sum().over(group_by="place"),
    ).cross_join(standard.agg(other_total=standard.enterprises.sum().fill_null(0)))
    return _differences(rows)


def between(pairs: Iterable[tuple[int, int]]) -> Decimal | None:
    """The same index for two places from their counts link by link, exact before four digits.

    None where either place has nothing of any link: nothing has no make-up.
    """
    rows = list(pairs)
    mine, theirs = (sum(row[side] for row in rows) for side in (0, 1))
    if not mine or not theirs:
        return None
    apart = sum(abs(here * theirs - there * mine) for here, there in rows)
    return Decimal(f"{apart / (mine * theirs):.4f}")


def _differences(rows: ir.Table) -> ir.Table:
    """Over links that are here; each link that is only there adds its share, so 1 in all at first.

    Whole numbers over one denominator: no sum of rounded parts.
    """
    known = rows.filter(rows.other_total > 0)
    mine, other = known.mine * known.other_total, known.other * known.my_total
    summed = known.group_by("place").agg(
        above=((mine - other).abs() - other).sum(),
        denominator=(known.my_total * known.other_total).max(),
    )
    ratio = (summed.above + summed.denominator).cast("float64") / summed.denominator
    found = summed.select("place", difference=ratio.round(4).cast("decimal(9, 4)"))
    assert found.schema() == COLUMNS, found.schema()
    return found
