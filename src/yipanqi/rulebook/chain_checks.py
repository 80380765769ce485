"""What is wrong with the chain tables beyond their shape: references, sizes, codes and terms."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain as joined

from yipanqi.rulebook.chains import TermKind
from yipanqi.rulebook.faults import SheetError
from yipanqi.rulebook.tables import Line, Table

FEWEST_LINKS = 30
SHORTEST_TERM = 2
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CLASS = re.compile(r"[A-T]?\d{2,4}")


def faults(tables: Mapping[str, Table], kinds: Mapping[str, str]) -> Iterator[SheetError]:
    """Every fault across the five tables, given the kind of every unit by code."""
    yield from _chain_faults(tables, kinds)
    yield from _link_faults(tables)
    yield from _reference_faults(tables)
    yield from _supply_faults(tables["supplies"])
    yield from _term_faults(tables["terms"])


def _chain_faults(tables: Mapping[str, Table], kinds: Mapping[str, str]) -> Iterator[SheetError]:
    table = tables["chains"]
    counts = Counter(line["chain"] for line in tables["links"].lines)
    yield from _unlike_names(table)
    for line in table.lines:
        if kinds.get(line["office_unit"]) != "chain_office":
            problem = f"“{line['office_unit']}”不是产业链办公室"
            yield table.fault(line, problem, "先在 units.csv 登记，kind = chain_office")
        if line["status"] == "full" and counts[line["chain"]] < FEWEST_LINKS:
            problem = f"“{line['name']}”只有 {counts[line['chain']]} 个环节"
            remedy = f"补到 {FEWEST_LINKS} 个以上，或把 status 改为 draft"
            yield table.fault(line, problem, remedy)


def _unlike_names(table: Table) -> Iterator[SheetError]:
    seen: dict[str, str] = {}
    for line in table.lines:
        for name in (line["name"], *filter(None, line["alias"].split("|"))):
            if seen.setdefault(name, line["chain"]) != line["chain"]:
                yield table.fault(line, f"名称“{name}”已被 {seen[name]} 使用", "换一个名称或别名")


def _link_faults(tables: Mapping[str, Table]) -> Iterator[SheetError]:
    table = tables["links"]
    recognised = {
        line["link"] for line in tables["terms"].lines if line["kind"] == TermKind.INCLUDE
    }
    ends = {line[end] for line in tables["supplies"].lines for end in ("supplier", "customer")}
    named: dict[tuple[str, str], int] = {}
    for line in table.lines:
        yield from _code_faults(table, line)
        first = named.setdefault((line["chain"], line["name"]), line.number)
        if first != line.number:
            problem = f"环节名称“{line['name']}”与第 {first} 行重复"
            yield table.fault(line, problem, "同一条链里环节名称不能相同")
        if line["link"] not in recognised:
            problem = f"环节“{line['name']}”没有识别词"
            yield table.fault(line, problem, "在 terms.csv 补至少一个 include")
        if line["link"] not in ends:
            problem = f"环节“{line['name']}”没有供应关系"
            yield table.fault(line, problem, "在 supplies.csv 补它的上家或下家")


def _code_faults(table: Table, line: Line) -> Iterator[SheetError]:
    if not _SLUG.fullmatch(line["link"]):
        yield table.fault(line, f"编码“{line['link']}”不合规", "只用小写字母、数字和连字符")
    for code in filter(None, line["gbt"].split(";")):
        if not _CLASS.fullmatch(code):
            yield table.fault(line, f"“{code}”不是国民经济行业代码", "填 2–4 位数字，分号分隔")


def _reference_faults(tables: Mapping[str, Table]) -> Iterator[SheetError]:
    chains = {line["chain"] for line in tables["chains"].lines}
    home = {line["link"]: line["chain"] for line in tables["links"].lines}
    ends = {"supplies": ("supplier", "customer"), "terms": ("link",), "leaders": ("link",)}
    for line in tables["links"].lines:
        if line["chain"] not in chains:
            yield tables["links"].fault(line, f"产业链“{line['chain']}”不存在", _SEE_CHAINS)
    for name, columns in ends.items():
        for line in tables[name].lines:
            yield from _dangling(tables[name], line, columns, home)


def _dangling(
    table: Table, line: Line, columns: tuple[str, ...], home: Mapping[str, str]
) -> Iterator[SheetError]:
    for column in columns:
        if line[column] not in home:
            yield table.fault(line, f"环节“{line[column]}”不存在", "改为 links.csv 中的 link")
        elif home[line[column]] != line["chain"]:
            problem = f"环节“{line[column]}”属于 {home[line[column]]}，不属于 {line['chain']}"
            yield table.fault(line, problem, "改 chain 或改环节")


def _supply_faults(table: Table) -> Iterator[SheetError]:
    for line in table.lines:
        if line["supplier"] == line["customer"]:
            yield table.fault(line, "环节供应它自己", "改正 supplier 或 customer")


def _term_faults(table: Table) -> Iterator[SheetError]:
    terms: defaultdict[str, dict[str, list[Line]]] = defaultdict(
        lambda: {kind: [] for kind in TermKind}
    )
    for line in table.lines:
        terms[line["link"]].setdefault(line["kind"], []).append(line)
        if line["kind"] == TermKind.INCLUDE and len(line["term"]) < SHORTEST_TERM:
            yield table.fault(line, f"识别词“{line['term']}”太短", f"至少 {SHORTEST_TERM} 个字")
    yield from joined.from_iterable(_self_excluded(table, of) for of in terms.values())


def _self_excluded(table: Table, of: Mapping[str, list[Line]]) -> Iterator[SheetError]:
    for line in of[TermKind.INCLUDE]:
        for rule in of[TermKind.EXCLUDE]:
            if rule["term"] in line["term"]:
                problem = f"识别词“{line['term']}”被第 {rule.number} 行的排除词“{rule['term']}”排除"
                yield table.fault(line, problem, "删去其一，或把排除词写得更长")


_SEE_CHAINS = "改为 chains.csv 中的 chain"
