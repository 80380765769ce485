"""Which enterprises already stand in more than one province, read from the names of branches."""

import ibis.expr.types as ir

BRANCH = r"(分公司|分厂|分店|办事处|代表处|营业部|门市部|经营部|分理处|加油站)$"
_HEAD = r"^(.*?(公司|集团|厂))"


def head_name(name: ir.StringValue) -> ir.StringValue:
    """The name of the company a registration belongs to: its own, or that before the branch's."""
    found = name.re_extract(_HEAD, 1)
    return (found == "").ifelse(name, found)


def spread(enterprises: ir.Table, heads: ir.Table, *, place: str) -> ir.Table:
    """For each head: the provinces it is registered in, and whether it has a branch in `place`.

    `enterprises` has name, province_code and place; `heads` the distinct head names asked about.
    """
    named = enterprises.select("province_code", "place", head=head_name(enterprises.name))
    kept = named.semi_join(heads, "head")
    return kept.group_by("head").agg(
        provinces=kept.province_code.nunique(),
        is_here=(kept.place == place).fill_null(False).any(),
    )
