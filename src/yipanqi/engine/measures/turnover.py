"""Which links a place took up as specialities between two years, kept, or lost."""

from enum import StrEnum

import ibis
import ibis.expr.types as ir

from yipanqi.engine.measures import advantage

COLUMNS = ibis.schema({"place": "string", "link": "string", "change": "string"})


class Change(StrEnum):
    """What became of a link in a place."""

    ENTERED = "entered"
    KEPT = "kept"
    LEFT = "left"

    @property
    def label(self) -> str:
        """The word on screen."""
        return {"entered": "进入", "kept": "保持", "left": "退出"}[self.value]


def turnover(before: ir.Table, after: ir.Table, comparable: ir.Table) -> ir.Table:
    """Links that are a speciality (advantage of 1 or more) in either year, and what became of them.

    `before` and `after` have one row per place and link with the `enterprises` registered by then;
    `comparable` has one row per `place` whose registrations miss no year in between. Other places
    have no rows: what is unknown is neither entry nor exit. Both years are measured over the
    comparable places alone. Registrations add up, so a link is left when others outgrow it, not
    when its enterprises close.
    Source: F. Neffke, M. Henning, R. Boschma, How Do Regions Diversify over Time?, 2011.
    """
    then, now = (_specialities(rows.semi_join(comparable, "place")) for rows in (before, after))
    joined = then.outer_join(now, ["place", "link"])
    change = ibis.cases(
        (joined.place.isnull(), Change.ENTERED.value),
        (joined.place_right.isnull(), Change.LEFT.value),
        else_=Change.KEPT.value,
    )
    found = joined.select(
        place=joined.place.coalesce(joined.place_right),
        link=joined.link.coalesce(joined.link_right),
        change=change,
    )
    assert found.schema() == COLUMNS, found.schema()
    return found


def _specialities(members: ir.Table) -> ir.Table:
    found = advantage.revealed_advantages(members)
    return found.filter(found.advantage >= 1).select("place", "link")
