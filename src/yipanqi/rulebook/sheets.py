"""The kinds of sheets, and reading one: a text in, a typed sheet or every fault out."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath

from yipanqi.rulebook import (
    admission,
    claims,
    fact_checks,
    focus,
    gates,
    investments,
    opening,
    ranking,
    roles,
    stages,
    triage,
    verdicts,
    visits,
)
from yipanqi.rulebook.admission import AdmissionSheet
from yipanqi.rulebook.claims import ClaimSheet
from yipanqi.rulebook.documents import Document
from yipanqi.rulebook.faults import SheetError, SheetFaults
from yipanqi.rulebook.focus import FocusSheet
from yipanqi.rulebook.gates import GateSheet
from yipanqi.rulebook.investments import InvestmentSheet
from yipanqi.rulebook.opening import OpeningSheet
from yipanqi.rulebook.ranking import AffiliateSheet, RankingSheet
from yipanqi.rulebook.roles import RoleSheet
from yipanqi.rulebook.stages import StageSheet
from yipanqi.rulebook.triage import TriageSheet
from yipanqi.rulebook.verdicts import VerdictSheet
from yipanqi.rulebook.visits import VisitSheet
from yipanqi.vocab.facts import LINK_FACTS, PROJECT_FACTS

Sheet = (
    GateSheet
    | StageSheet
    | RoleSheet
    | FocusSheet
    | ClaimSheet
    | VerdictSheet
    | RankingSheet
    | AffiliateSheet
    | VisitSheet
    | InvestmentSheet
    | AdmissionSheet
    | TriageSheet
    | OpeningSheet
)

READERS: Mapping[str, Callable[[Document], Sheet]] = {
    "roles": roles.read,
    "stages": stages.read,
    "gates": gates.read,
    "focus": focus.read,
    "claims": claims.read,
    "diagnosis": verdicts.read,
    "ranking": ranking.read,
    "affiliates": ranking.read_affiliates,
    "visits": visits.read,
    "investments": investments.read,
    "admission": admission.read,
    "signals": triage.read,
    "opening": opening.read,
}
# What a pack may do without: packs written before the kind was known stay sound.
OPTIONAL = ("affiliates", "visits", "investments", "admission", "signals", "opening")
# What a district or park may write for itself; the other kinds are the city's alone.
INHERITED = ("gates", "claims")


@dataclass(frozen=True, slots=True)
class Reading:
    """A sheet as read: the text and its document with what is wrong; `sheet` only when sound."""

    kind: str
    file: str
    text: str
    document: Document
    sheet: Sheet | None
    faults: tuple[SheetError, ...]


def parse_sheet(kind: str, text: str, file: str) -> Sheet:
    """The typed sheet. Raises SheetFaults, which lists every fault with file and line.

    `file` ends in `<kind>/<day>.toml`; the day must be the one the sheet names.
    """
    reading = read(kind, text, file)
    if reading.sheet is None:
        raise SheetFaults(reading.faults)
    return reading.sheet


def read(kind: str, text: str, file: str) -> Reading:
    """The sheet together with everything found wrong in it."""
    document = Document(text, file)
    if document.faults:
        return Reading(kind, file, text, document, None, tuple(document.faults))
    sheet = READERS[kind](document)
    _check_header(document, kind, sheet)
    _check_facts(document, sheet)
    found = tuple(document.faults)
    sound = None if found else replace(sheet, digest=digest(text))
    return Reading(kind, file, text, document, sound, found)


def digest(text: str) -> str:
    """The SHA-256 of the text in UTF-8, in hexadecimal: two sheets are one when it is equal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _check_header(document: Document, kind: str, sheet: Sheet) -> None:
    day = PurePosixPath(document.file).stem
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", day):
        document.add(1, f"文件名“{day}”不是日期", "以生效日命名，如 2018-01-01.toml")
    elif sheet.valid_from not in (date.min, _day(day)):
        problem = f"valid_from 是 {sheet.valid_from}，文件名却是 {day}"
        document.add(document.line("valid_from"), problem, "两处改成同一天")
    if sheet.id and not re.fullmatch(rf"[\w\-/]+/{kind}/{re.escape(day)}", sheet.id):
        remedy = f"写成 <城市>/{kind}/{day}"
        document.add(document.line("id"), f"id “{sheet.id}”与文件位置不符", remedy)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _check_facts(document: Document, sheet: Sheet) -> None:
    for path, found in _fact_faults(sheet):
        document.place(found, path)


def _fact_faults(sheet: Sheet) -> Iterator[tuple[str, SheetError]]:
    if isinstance(sheet, GateSheet):
        for place, row in enumerate(sheet.requirements):
            for key, rule in (("when", row.when), ("needs", row.needs)):
                for found in fact_checks.misuse(rule, PROJECT_FACTS):
                    yield f"requirement[{place}].{key}", found
    if isinstance(sheet, AdmissionSheet):
        yield from _admission_faults(sheet)
    if isinstance(sheet, VerdictSheet):
        for place, verdict in enumerate(sheet.rules):
            for found in fact_checks.misuse(verdict.when, LINK_FACTS):
                yield f"verdict[{place}].when", found
            for found in fact_checks.strangers(verdicts.places(verdict.reason), LINK_FACTS):
                yield f"verdict[{place}].reason", found


def _admission_faults(sheet: AdmissionSheet) -> Iterator[tuple[str, SheetError]]:
    tables = {
        "countersign": [row.when for row in sheet.countersigns],
        "body": [row.when for row in sheet.bodies],
        "scheme": [row.when for row in sheet.schemes],
    }
    for name, rules in tables.items():
        for place, rule in enumerate(rules):
            for found in fact_checks.misuse(rule, PROJECT_FACTS):
                yield f"{name}[{place}].when", found


__all__ = ["INHERITED", "OPTIONAL", "READERS", "Reading", "Sheet", "SheetError", "SheetFaults",
           "digest", "parse_sheet", "read"]  # fmt: skip
