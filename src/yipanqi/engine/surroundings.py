"""What the facts of a chain's links say of one city, of the nation, and of strong cities."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import ibis.expr.types as ir

from yipanqi.engine import gaps
from yipanqi.rulebook.verdicts import Status, VerdictSheet
from yipanqi.vocab.regions import Region

Row = Mapping[str, Any]
# What is true of a link wherever one asks.
_OF_THE_NATION = ("national_enterprises", "all_national", "leaders_known", "position")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """By link: the facts of the city, those of the nation, and the cities judged strong.

    A city without a single enterprise has no facts; `here` then gives noughts and unknowns.
    """

    known: Mapping[str, Row]
    nation: Mapping[str, Row]
    strong: Mapping[str, tuple[Row, ...]]

    def here(self, link: str) -> Row:
        """The facts of the link in the city, as gaps.COLUMNS."""
        return self.known.get(link) or {**_NOTHING, "link": link, **self.nation.get(link, {})}


def surroundings(
    facts: ir.Table, sheet: VerdictSheet, *, city: Region, links: Iterable[str]
) -> Surroundings:
    """The surroundings of the links in the city; `facts` has the rows of gaps.COLUMNS.

    Other cities are judged by the same sheet, without the facts about distances, so a city is
    strong outside by the same measure as at home.
    """
    asked = facts.filter(facts.link.isin(sorted(links)))
    rules = [rule.id for rule in sheet.rules if rule.status is Status.STRONG]
    judged = asked.mutate(rule=gaps.rules_that_decide(asked, sheet))
    strong = judged.filter(judged.rule.isin(rules), judged.place != city.code)
    nation = asked.group_by("link").agg(**{name: asked[name].max() for name in _OF_THE_NATION})
    found: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(strong.select("link", "place", "local_enterprises", "quotient")):
        found[row["link"]].append(row)
    return Surroundings(
        known={row["link"]: row for row in _rows(asked.filter(asked.place == city.code))},
        nation={row["link"]: row for row in _rows(nation)},
        strong={link: tuple(rows) for link, rows in found.items()},
    )


def _rows(table: ir.Table) -> list[Row]:
    order = [name for name in ("link", "place") if name in table.columns]
    found: list[Row] = table.order_by(*order).to_pyarrow().to_pylist()
    return found


_NOTHING: Row = {
    name: None if kind.is_decimal() or kind.is_string() else 0
    for name, kind in gaps.COLUMNS.items()
} | {"local_capital_wan": gaps.NO_CAPITAL}
