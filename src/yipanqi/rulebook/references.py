"""Whether the parts of a pack agree with one another: ids, stages, parks, units, cases."""

from collections.abc import Iterator

from yipanqi.rulebook import admission_cases, cases, pack_files, sub_packs
from yipanqi.rulebook.admission import AdmissionSheet
from yipanqi.rulebook.assembly import Assembly
from yipanqi.rulebook.documents import Document
from yipanqi.rulebook.faults import SheetError
from yipanqi.rulebook.focus import Focus, FocusSheet, Level
from yipanqi.rulebook.gates import GateSheet
from yipanqi.rulebook.library import Library
from yipanqi.rulebook.sheets import Reading
from yipanqi.rulebook.stages import StageSheet
from yipanqi.rulebook.verdicts import VerdictSheet


def faults(assembly: Assembly) -> Iterator[SheetError]:
    """Every disagreement between the parts, placed at the line that should change."""
    library = assembly.library
    for name, reading in assembly.readings.items():
        place = pack_files.sheet_place(name)
        if place is None or reading.sheet is None:
            continue
        yield from _id_faults(assembly, place[0], reading)
        if isinstance(reading.sheet, GateSheet):
            yield from _stage_faults(library, reading, reading.sheet)
            yield from _certifier_faults(assembly, reading, reading.sheet)
        if isinstance(reading.sheet, FocusSheet):
            yield from _focus_faults(assembly, reading, reading.sheet)
        if isinstance(reading.sheet, AdmissionSheet):
            yield from _department_faults(assembly, reading, reading.sheet)
        if place[0]:
            yield from sub_packs.faults(library, place[0], reading)
    yield from _case_faults(assembly, library)


def _at(reading: Reading, path: str, problem: str, remedy: str) -> SheetError:
    return SheetError(reading.file, reading.document.line(path), problem, remedy)


def _id_faults(assembly: Assembly, unit: str, reading: Reading) -> Iterator[SheetError]:
    stem = reading.file.removesuffix(".toml")
    wanted = f"{assembly.head.id}/{stem}"
    if reading.sheet is not None and reading.sheet.id != wanted:
        yield _at(reading, "id", f"id “{reading.sheet.id}”与文件位置不符", f"改为 {wanted}")
    if unit and assembly.units.lines and assembly.kinds.get(unit) not in {"district", "park"}:
        problem = f"“{unit}”不是区县或园区"
        yield _at(reading, "id", problem, "目录名改为 units.csv 中区县或园区的 code")


def _stage_faults(library: Library, reading: Reading, sheet: GateSheet) -> Iterator[SheetError]:
    stages = library.own(StageSheet, on=sheet.valid_from)
    if stages is None:
        yield _at(reading, "valid_from", "当日没有生效的阶段表", "补 stages/，生效日不晚于本表")
        return
    known = {stage.code: stage.title for stage in stages.stages}
    known |= {ending.code: ending.title for ending in stages.endings}
    for place, row in enumerate(sheet.requirements):
        if row.to not in known:
            remedy = f"只能是：{'、'.join(known)}"
            yield _at(reading, f"requirement[{place}].to", f"没有阶段“{row.to}”", remedy)


def _certifier_faults(
    assembly: Assembly, reading: Reading, sheet: GateSheet
) -> Iterator[SheetError]:
    for place, row in enumerate(sheet.requirements):
        for unit in row.certified_by:
            if assembly.units.lines and unit not in assembly.kinds:
                path = f"requirement[{place}].certified_by"
                yield _at(reading, path, f"没有单位“{unit}”", "改为 units.csv 中的 code")


def _focus_faults(assembly: Assembly, reading: Reading, sheet: FocusSheet) -> Iterator[SheetError]:
    levels = {line["park"]: line["level"] for line in assembly.parks.lines}
    for place, row in enumerate(sheet.parks):
        path = f"focus[{place}]"
        if row.park not in levels:
            yield _at(reading, f"{path}.park", f"没有园区“{row.park}”", "改为 parks.csv 中的 park")
        elif not row.exempt and levels[row.park] in set(Level):
            yield from _count_faults(reading, path, row, Level(levels[row.park]))
        yield from _industry_faults(assembly, reading, path, row)
    for park in sorted(set(levels) - {row.park for row in sheet.parks}):
        yield _at(reading, "", f"园区“{park}”没有写主导与特色产业", "补一行 [[focus]]，或写 exempt")


def _count_faults(reading: Reading, path: str, row: Focus, level: Level) -> Iterator[SheetError]:
    if len(row.leading) != level.leading_allowed:
        rule = "两主一特" if level is Level.NATIONAL else "一主一特"
        problem = f"{level.label}园区应为{rule}，却列了 {len(row.leading)} 个主导产业"
        yield _at(reading, f"{path}.leading", problem, f"列 {level.leading_allowed} 个")


def _industry_faults(
    assembly: Assembly, reading: Reading, path: str, row: Focus
) -> Iterator[SheetError]:
    known = {line["chain"] for day in assembly.chains.values() for line in day["chains"].lines}
    for industry in row.industries:
        if known and industry.isascii() and industry not in known:
            remedy = "改为 chains.csv 中的 chain，或写产业的中文名"
            yield _at(reading, f"{path}.leading", f"没有产业链“{industry}”", remedy)


def _department_faults(
    assembly: Assembly, reading: Reading, sheet: AdmissionSheet
) -> Iterator[SheetError]:
    for place, row in enumerate(sheet.countersigns):
        if assembly.units.lines and row.unit not in assembly.kinds:
            path = f"countersign[{place}].unit"
            yield _at(reading, path, f"没有单位“{row.unit}”", "改为 units.csv 中的 code")


def _case_faults(assembly: Assembly, library: Library) -> Iterator[SheetError]:
    if (document := assembly.cases.get("cases/gates.toml")) and not document.faults:
        for case in cases.gate_cases(document):
            _run_gate_case(library, case)
    sheets = library.all_of(VerdictSheet)
    if (document := assembly.cases.get("cases/diagnosis.toml")) and not document.faults:
        for verdict_case in cases.verdict_cases(document):
            if sheets:
                cases.run_verdict_case(verdict_case, sheets[-1])
    if (document := assembly.cases.get("cases/admission.toml")) and not document.faults:
        _run_admission_cases(library, document)
    for document in assembly.cases.values():
        yield from document.faults


def _run_admission_cases(library: Library, document: Document) -> None:
    sheets = library.all_of(AdmissionSheet)
    for case in admission_cases.read(document):
        begun = [sheet for sheet in sheets if case.on is None or sheet.valid_from <= case.on]
        if begun:
            admission_cases.run(case, begun[-1])


def _run_gate_case(library: Library, case: cases.GateCase) -> None:
    cited = [s for unit in ("", case.unit) for s in library.all_of(GateSheet, unit=unit)]
    if not cited:
        return
    on = case.on or max(sheet.valid_from for sheet in cited)
    if case.unit and case.unit not in library.parents:
        case.row.add("unit", f"没有单位“{case.unit}”", "改为 units.csv 中的 code")
        return
    if library.own(GateSheet, on=on) is None:
        case.row.add("on", f"{on} 没有生效的阶段条件表", "换一个日期")
        return
    cases.run_gate_case(case, library.gates(on=on, unit=case.unit))
