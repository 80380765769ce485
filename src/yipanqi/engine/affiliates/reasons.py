"""Why a missing business is listed: what its group has here, and what elsewhere since when."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir

from yipanqi.engine import targets
from yipanqi.engine.targets import Evidence

Row = Mapping[str, Any]
MOST_NAMED = 3
_TIES = {
    "group-name": "名称以集团全名开头",
    "group-brand": "字号全国只有这一个集团在用",
    "own-name": "公司本身",
    "head-found": "同一公司的分支机构",
    "head-unknown": "同一公司的分支机构，公司本身不在册",
}


@dataclass(frozen=True, slots=True)
class Around:
    """Establishments here by group, those elsewhere by group and link, clauses by id and link.

    `links` has by group and chain the links it does here; of establishments the first MOST_NAMED.
    """

    here: Mapping[str, list[Row]]
    links: Mapping[tuple[str, str], list[Row]]
    elsewhere: Mapping[tuple[str, str], list[Row]]
    clauses: Mapping[tuple[str, str], list[Row]]


def around(listed: ir.Table, doing: ir.Table, theirs: ir.Table, said: ir.Table) -> Around:
    """What stands around the listed businesses.

    `listed` has circle, link and id; `doing` as businesses.doing gives it, `theirs` the group's
    establishments with is_here, `said` as tagging.MENTIONS.
    """
    here = theirs.filter(theirs.is_here).semi_join(listed, "circle")
    there = doing.filter(doing.does, ~doing.is_here).semi_join(listed, ["circle", "link"])
    done = doing.filter(doing.does, doing.is_here).semi_join(listed, "circle")
    links = done.select("circle", "chain", "link").distinct().order_by("circle", "chain", "link")
    clauses = said.semi_join(listed, ["id", "link"])
    return Around(
        here=_by(_first(here, ("circle",)), "circle"),
        links=_by(links, "circle", "chain"),
        elsewhere=_by(_first(there, ("circle", "link")), "circle", "link"),
        clauses=_by(clauses.order_by("id", "link", "term", "clause", "role"), "id", "link"),
    )


def evidence(
    row: Row, beside: Around, names: Mapping[str, str], as_of: str | None
) -> tuple[Evidence, ...]:
    """The lines of evidence for a listed business; `names` has the name of each link."""
    group, link = row["circle"], row["link"]
    told = [
        Evidence("本市已有", _local(row, beside.here[group]), _sources(beside.here[group]), as_of)
    ]
    if done := beside.links.get((group, row["chain"])):
        text = "、".join(names[one["link"]] for one in done)
        told.append(Evidence("本市已做", text, _sources(beside.here[group]), as_of))
    if row["sells_here"]:
        told.append(Evidence("本市只销售", "在本市只做这一环节的销售", row["source"], as_of))
    there = beside.elsewhere[group, link]
    told.append(Evidence("外地在做", _elsewhere(row, there), _sources(there), as_of))
    told.append(Evidence("归属", _tie(row), row["source"], as_of))
    own = targets.evidence({**row, "is_here": False}, beside.clauses[row["id"], link], as_of)
    return (*told, *own)


def _local(row: Row, listed: list[Row]) -> str:
    return f"{_named(listed)}{_among(row['local'], len(listed))}"


def _elsewhere(row: Row, listed: list[Row]) -> str:
    since = row["since"].isoformat() if row["since"] else "未登记"
    where = f"{row['places']} 个城市，最早 {since}"
    return f"{_named(listed)}{_among(row['makers'], len(listed))}；{where}"


def _among(every: int, named: int) -> str:
    return f" 等 {every} 家" if every > named else ""


def _named(listed: list[Row]) -> str:
    return "、".join(
        f"{one['name']}（{one['city'] or one['province'] or '所在地未知'}，{_day(one)}）"
        for one in listed
    )


def _day(row: Row) -> str:
    return row["registered"].isoformat() if row["registered"] else "成立日期未登记"


def _tie(row: Row) -> str:
    why = _TIES.get(row["tie"] or "", "同一公司")
    return f"{row['circle']}：{why}，把握 {row['confidence']}"


def _sources(listed: list[Row]) -> str:
    return "、".join(dict.fromkeys(row["source"] for row in listed))


def _first(table: ir.Table, within: tuple[str, ...]) -> ir.Table:
    """The first few of each: closest to making where that is known, then oldest."""
    nearest = [ibis.asc("doing")] if "doing" in table.columns else []
    oldest = table.registered.fill_null(ibis.date("9999-12-31"))
    keys = [*nearest, ibis.asc(oldest), ibis.asc("id")]
    numbered = table.mutate(number=ibis.row_number().over(group_by=list(within), order_by=keys))
    kept = numbered.filter(numbered.number < MOST_NAMED)
    columns = (*within, "number", "name", "city", "province", "registered", "source")
    return kept.select(*columns).order_by(*within, "number")


def _by(table: ir.Table, *keys: str) -> dict[Any, list[Row]]:
    found: dict[Any, list[Row]] = {}
    for row in table.to_pyarrow().to_pylist():
        key = row[keys[0]] if len(keys) == 1 else tuple(row[one] for one in keys)
        found.setdefault(key, []).append(row)
    return found
