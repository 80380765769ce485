"""Who takes part: the tree of units and the parks among them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from yipanqi.rulebook.faults import SheetError
from yipanqi.rulebook.focus import Level
from yipanqi.rulebook.sources import Basis
from yipanqi.rulebook.tables import Layout, Line, Table

KINDS = ("leading_group", "office", "bureau", "department", "district", "park", "chain_office")
KIND_LABELS: Mapping[str, str] = {
    "leading_group": "领导小组",
    "office": "办公室",
    "bureau": "主管局",
    "department": "部门",
    "district": "区县（市）",
    "park": "园区",
    "chain_office": "产业链办公室",
}
UNITS = Layout(
    columns=("code", "name", "short_name", "kind", "parent", "region_code"),
    key=("code",),
    may_be_empty=frozenset({"parent"}),
    closed={"kind": KINDS},
)
PARKS = Layout(
    columns=("park", "name", "short_name", "level", "district", "approved_year", "lon", "lat"),
    key=("park",),
    may_be_empty=frozenset({"approved_year", "lon", "lat"}),
    closed={"level": tuple(Level)},
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the city; `parent` is the code of the unit above, empty at the root."""

    code: str
    name: str
    short_name: str
    kind: str
    parent: str
    region_code: str
    source: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Park:
    """A park: its rank, district, year of approval, and centre in degrees where known."""

    park: str
    name: str
    short_name: str
    level: Level
    district: str
    approved_year: int | None
    lon: Decimal | None
    lat: Decimal | None
    source: str
    basis: Basis


def units(table: Table) -> tuple[Unit, ...]:
    """The units, parents before children. Call on a table without faults."""
    known = {line["code"]: _unit(line) for line in table.lines}
    return tuple(sorted(known.values(), key=lambda unit: len(_above(unit, known))))


def parks(table: Table) -> tuple[Park, ...]:
    """The parks in the table's order. Call on a table without faults."""
    return tuple(_park(line) for line in table.lines)


def unit_faults(table: Table) -> Iterator[SheetError]:
    """What is wrong with the tree: unknown parents, several roots, circles, odd codes."""
    parent = {line["code"]: line["parent"] for line in table.lines}
    roots = [line for line in table.lines if not line["parent"]]
    for line in roots[1:]:
        yield table.fault(line, f"“{line['name']}”也没有上级单位", "只能有一个根，补上 parent")
    for line in table.lines:
        yield from _unit_line_faults(table, line, parent)


def park_faults(table: Table, known: Mapping[str, str]) -> Iterator[SheetError]:
    """What is wrong with the parks, given the kind of every unit by code."""
    listed = {line["park"] for line in table.lines}
    for line in table.lines:
        yield from _park_line_faults(table, line, known)
    for code in sorted(code for code, kind in known.items() if kind == "park"):
        if code not in listed:
            yield SheetError(table.file, 1, f"园区单位“{code}”没有列入本表", "补上这一行")


def _unit_line_faults(table: Table, line: Line, parent: Mapping[str, str]) -> Iterator[SheetError]:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", line["code"]):
        yield table.fault(line, f"编码“{line['code']}”不合规", "只用小写字母、数字和连字符")
    if not re.fullmatch(r"\d{6}", line["region_code"]):
        yield table.fault(line, f"区划代码“{line['region_code']}”不是六位数字", "按 GB/T 2260 填")
    if line["parent"] and line["parent"] not in parent:
        yield table.fault(line, f"上级单位“{line['parent']}”不存在", "改为本表中的 code")
    elif _circular(line["code"], parent):
        yield table.fault(line, "上级关系成了圈", "改正 parent")


def _circular(code: str, parent: Mapping[str, str]) -> bool:
    seen = set()
    while code and code not in seen:
        seen.add(code)
        code = parent.get(code, "")
    return bool(code)


def _park_line_faults(table: Table, line: Line, known: Mapping[str, str]) -> Iterator[SheetError]:
    if known.get(line["park"]) != "park":
        yield table.fault(line, f"“{line['park']}”不是园区单位", "先在 units.csv 登记，kind = park")
    if known.get(line["district"]) != "district":
        yield table.fault(line, f"“{line['district']}”不是区县单位", "改为 units.csv 里区县的 code")
    if line["approved_year"] and not re.fullmatch(r"(19|20)\d\d", line["approved_year"]):
        yield table.fault(line, f"批准年份“{line['approved_year']}”不对", "填四位年份或留空")
    if bool(line["lon"]) != bool(line["lat"]):
        yield table.fault(line, "经纬度只填了一个", "两个都填或都留空")
    for column, low, high in (("lon", 73, 136), ("lat", 3, 54)):
        degrees = _degrees(line[column])
        if line[column] and (degrees is None or not low <= degrees <= high):
            yield table.fault(line, f"{column} “{line[column]}”不在中国境内", "填十进制度数")


def _degrees(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _above(unit: Unit, known: Mapping[str, Unit]) -> list[str]:
    above, code = [], unit.parent
    while code in known and code not in above:
        above.append(code)
        code = known[code].parent
    return above


def _unit(line: Line) -> Unit:
    return Unit(
        code=line["code"],
        name=line["name"],
        short_name=line["short_name"],
        kind=line["kind"],
        parent=line["parent"],
        region_code=line["region_code"],
        source=line["source"],
        basis=Basis(line["basis"]),
    )


def _park(line: Line) -> Park:
    return Park(
        park=line["park"],
        name=line["name"],
        short_name=line["short_name"],
        level=Level(line["level"]),
        district=line["district"],
        approved_year=int(line["approved_year"]) if line["approved_year"] else None,
        lon=_degrees(line["lon"]),
        lat=_degrees(line["lat"]),
        source=line["source"],
        basis=Basis(line["basis"]),
    )
