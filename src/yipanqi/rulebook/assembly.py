"""Putting a pack together from the texts of its files, noting everything that does not fit."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from yipanqi.rulebook import chain_checks, chains, organisations, pack_files, sheets, tables
from yipanqi.rulebook.documents import Document
from yipanqi.rulebook.faults import SheetError
from yipanqi.rulebook.library import Library, Placed
from yipanqi.rulebook.sheets import Reading
from yipanqi.rulebook.tables import Table


@dataclass(frozen=True, slots=True)
class Head:
    """What `pack.toml` says of the city."""

    id: str
    name: str
    region_code: str
    sample_label: str
    notes: str


@dataclass(frozen=True, slots=True)
class Assembly:
    """The parts of a pack with their documents, so that faults can be placed at lines."""

    head: Head
    readings: Mapping[str, Reading]
    units: Table
    parks: Table
    chains: Mapping[date, Mapping[str, Table]]
    cases: Mapping[str, Document]
    faults: tuple[SheetError, ...]

    @property
    def kinds(self) -> dict[str, str]:
        """The kind of every unit, by code."""
        return {line["code"]: line["kind"] for line in self.units.lines}

    @property
    def library(self) -> Library:
        """The sound sheets."""
        placed = []
        for name, reading in self.readings.items():
            place = pack_files.sheet_place(name)
            if place and reading.sheet is not None:
                placed.append(Placed(place[0], name, reading.sheet))
        parents = {line["code"]: line["parent"] for line in self.units.lines}
        return Library(tuple(placed), parents)


def assemble(texts: Mapping[str, str]) -> Assembly:
    """The parts of a pack, from the text of each file by its path."""
    found = list(pack_files.placement_faults(texts))
    head_document = Document(texts.get("pack.toml", ""), "pack.toml")
    head = _head(head_document) if "pack.toml" in texts else Head("", "", "", "", "")
    readings = _readings(texts)
    units = tables.read(texts.get("units.csv", _blank(organisations.UNITS)), "units.csv",
                        organisations.UNITS)  # fmt: skip
    parks = tables.read(texts.get("parks.csv", _blank(organisations.PARKS)), "parks.csv",
                        organisations.PARKS)  # fmt: skip
    by_day = _chain_tables(texts)
    cases = {name: Document(texts[name], name) for name in pack_files.CASES if name in texts}
    found += head_document.faults
    found += [fault for reading in readings.values() for fault in reading.faults]
    found += [*units.faults, *parks.faults, *organisations.unit_faults(units)]
    assembly = Assembly(head, readings, units, parks, by_day, cases, ())
    if units.lines:
        found += organisations.park_faults(parks, assembly.kinds)
    for day in by_day.values():
        found += [fault for table in day.values() for fault in table.faults]
        found += chain_checks.faults(day, assembly.kinds)
    return Assembly(head, readings, units, parks, by_day, cases, tuple(found))


def _head(document: Document) -> Head:
    document.allow("id", "name", "region_code", "sample_label", "notes")
    top = document.top
    region = top.text("region_code")
    if region and not (region.isdigit() and len(region) == 6):  # noqa: PLR2004 -- GB/T 2260
        top.add("region_code", f"区划代码“{region}”不是六位数字", "按 GB/T 2260 填")
    return Head(
        top.text("id"), top.text("name"), region, top.text("sample_label"),
        top.text("notes", default=""),
    )  # fmt: skip


def _readings(texts: Mapping[str, str]) -> dict[str, Reading]:
    readings = {}
    for name, text in sorted(texts.items()):
        if place := pack_files.sheet_place(name):
            readings[name] = sheets.read(place[1], text, name)
    return readings


def _chain_tables(texts: Mapping[str, str]) -> dict[date, Mapping[str, Table]]:
    by_day: defaultdict[date, dict[str, Table]] = defaultdict(dict)
    for name, text in texts.items():
        if place := pack_files.table_place(name):
            day, table = date.fromisoformat(place[0]), place[1]
            by_day[day][table] = tables.read(text, name, chains.LAYOUTS[table])
    for day, found in by_day.items():
        for table, layout in chains.LAYOUTS.items():
            # A table that is missing is told once, by its absence; here it counts as empty.
            file = f"chains/{day}/{table}.csv"
            found.setdefault(table, tables.read(_blank(layout), file, layout))
    return dict(by_day)


def _blank(layout: tables.Layout) -> str:
    return ",".join((*layout.columns, *tables.GROUNDS))
