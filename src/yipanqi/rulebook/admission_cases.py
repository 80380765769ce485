"""Named projects with the points, bodies and departments a city expects of its admission sheet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from yipanqi.rulebook import documents, scoring
from yipanqi.rulebook.admission import AdmissionSheet
from yipanqi.rulebook.conditions import Facts
from yipanqi.rulebook.documents import Document, Row
from yipanqi.vocab.admission import ADMISSION_FACTS
from yipanqi.vocab.facts import PROJECT_FACTS

_KEYS = ("name", "scheme", "facts", "points", "unscored", "total", "project", "bodies",
         "countersigns", "on", "notes")  # fmt: skip


@dataclass(frozen=True, slots=True)
class AdmissionCase:
    """What is known of a project, and what the sheet is to answer; None is not asked."""

    name: str
    scheme: str
    facts: Mapping[str, Any]
    project: Facts
    on: date | None
    row: Row


def read(document: Document) -> tuple[AdmissionCase, ...]:
    """The cases; faults gather in the document."""
    document.allow("case", "notes")
    rows = document.rows("case")
    documents.unique(rows, "name")
    return tuple(_case(row) for row in rows)


def run(case: AdmissionCase, sheet: AdmissionSheet) -> None:
    """Note a fault at the case when the sheet answers otherwise than expected."""
    if case.scheme:
        _run_score(case, sheet)
    answers = {
        "bodies": [body.code for body in sheet.bodies_for(case.project)],
        "countersigns": [row.unit for row in sheet.countersigns_for(case.project)],
    }
    for key, told in answers.items():
        if key in case.row.written and (said := list(case.row.texts(key, some=False))) != told:
            _differs(case, key, "、".join(said) or "无", "、".join(told) or "无")


def _run_score(case: AdmissionCase, sheet: AdmissionSheet) -> None:
    scheme = next((each for each in sheet.schemes if each.code == case.scheme), None)
    if scheme is None:
        case.row.add("scheme", f"没有评分表“{case.scheme}”", "改为规则表里的 scheme")
        return
    score = scoring.score(scheme, case.facts)
    points = {line.indicator.key: line.points for line in score.lines}
    expected = case.row.written.get("points", {})
    for key, said in expected.items() if isinstance(expected, Mapping) else ():
        told = points.get(key)
        if told is None or told != Decimal(str(said)):
            _differs(case, "points", f"{key} = {said}", f"{key} = {told}")
    if "unscored" in case.row.written:
        left = {line.indicator.key for line in score.unscored}
        if (named := set(case.row.texts("unscored", some=False))) != left:
            _differs(case, "unscored", "、".join(sorted(named)), "、".join(sorted(left)))
    if "total" in case.row.written and case.row.number("total") != score.total:
        _differs(case, "total", str(case.row.number("total")), str(score.total))


def _differs(case: AdmissionCase, key: str, said: str, told: str) -> None:
    case.row.add(key, f"算例“{case.name}”应为 {said}，实为 {told}", "改算例或改规则")


def _case(row: Row) -> AdmissionCase:
    row.allow(*_KEYS)
    facts = _table(row, "facts", frozenset(ADMISSION_FACTS))
    project = _table(row, "project", frozenset(PROJECT_FACTS))
    on = row.day("on") if "on" in row.written else None
    return AdmissionCase(row.text("name"), row.text("scheme", default=""), facts, project, on, row)


def _table(row: Row, key: str, known: frozenset[str]) -> Mapping[str, Any]:
    written = row.written.get(key, {})
    if not isinstance(written, Mapping):
        row.add(key, f"{key} 不是事实表", f"写成 {key} = {{ land_mu = 50 }}")
        return {}
    for stray in sorted(set(written) - known):
        row.add(key, f"没有“{stray}”这项事实", f"只能用：{'、'.join(sorted(known))}")
    return {name: value for name, value in written.items() if name in known}
