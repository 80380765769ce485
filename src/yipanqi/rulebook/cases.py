"""Named situations with the answers a city expects; they are run whenever a pack is checked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from yipanqi.rulebook import documents, gates, verdicts
from yipanqi.rulebook.conditions import Scalar
from yipanqi.rulebook.documents import Document, Row
from yipanqi.rulebook.fact_checks import family_of
from yipanqi.rulebook.gates import GateSheet
from yipanqi.rulebook.verdicts import VerdictSheet
from yipanqi.vocab.facts import LINK_FACTS, PROJECT_FACTS, Fact


@dataclass(frozen=True, slots=True)
class GateCase:
    """A project with these facts, asking to enter `to`, is told exactly these requirements.

    `unmet` is their ids, or only how many; `unit` and `on` choose the sheet.
    """

    name: str
    to: str
    facts: Mapping[str, Scalar]
    unmet: frozenset[str] | int
    unit: str
    on: date | None
    row: Row


@dataclass(frozen=True, slots=True)
class VerdictCase:
    """A link with these facts gets this status, action and rule, where they are said."""

    name: str
    facts: Mapping[str, Scalar]
    expected: Mapping[str, str]
    row: Row


def gate_cases(document: Document) -> tuple[GateCase, ...]:
    """The cases for gates; faults gather in the document."""
    document.allow("case", "notes")
    rows = document.rows("case")
    documents.unique(rows, "name")
    return tuple(_gate_case(row) for row in rows)


def verdict_cases(document: Document) -> tuple[VerdictCase, ...]:
    """The cases for the diagnosis of links; faults gather in the document."""
    document.allow("case", "notes")
    rows = document.rows("case")
    documents.unique(rows, "name")
    return tuple(_verdict_case(row) for row in rows)


def run_gate_case(case: GateCase, sheet: GateSheet) -> None:
    """Note a fault at the case when the sheet answers otherwise than expected."""
    told = frozenset(row.id for row in gates.unmet(sheet, case.to, case.facts))
    if case.unmet in (told, len(told)):
        return
    said = case.unmet if isinstance(case.unmet, int) else _listed(case.unmet)
    problem = f"算例“{case.name}”应为 {said}，实为 {_listed(told)}（{sheet.id}）"
    case.row.add("unmet", problem, "改算例或改规则")


def run_verdict_case(case: VerdictCase, sheet: VerdictSheet) -> None:
    """Note a fault at the case when the sheet answers otherwise than expected."""
    try:
        verdict = verdicts.decide(sheet, case.facts)
    except verdicts.NoVerdict as none:
        case.row.add("name", f"算例“{case.name}”：{none}", "补一条规则")
        return
    told = {"status": verdict.status, "action": verdict.action, "rule": verdict.rule_id}
    for key, value in case.expected.items():
        if told[key] != value:
            problem = f"算例“{case.name}”的 {key} 应为 {value}，实为 {told[key]}"
            case.row.add(key, problem, "改算例或改规则")


def _listed(ids: frozenset[str]) -> str:
    return "、".join(sorted(ids)) or "无"


def _gate_case(row: Row) -> GateCase:
    row.allow("name", "to", "facts", "unmet", "unit", "on", "notes")
    return GateCase(
        row.text("name"),
        row.text("to"),
        _facts(row, PROJECT_FACTS),
        _expected_unmet(row),
        row.text("unit", default=""),
        row.day("on") if "on" in row.written else None,
        row,
    )


def _verdict_case(row: Row) -> VerdictCase:
    row.allow("name", "facts", "status", "action", "rule", "notes")
    keys = [key for key in ("status", "action", "rule") if key in row.written]
    if not keys:
        row.add("name", "没有写明期望的结论", "写 status、action 或 rule")
    expected = {key: row.text(key) for key in keys}
    return VerdictCase(row.text("name"), _facts(row, LINK_FACTS), expected, row)


def _expected_unmet(row: Row) -> frozenset[str] | int:
    written = row.written.get("unmet")
    if isinstance(written, int) and not isinstance(written, bool):
        return written
    if isinstance(written, list):
        return frozenset(row.texts("unmet", some=False))
    row.add("unmet", "缺少 unmet", "写未满足条件的 id 列表，或个数")
    return 0


def _facts(row: Row, known: Mapping[str, Fact]) -> Mapping[str, Scalar]:
    written = row.written.get("facts", {})
    if not isinstance(written, Mapping):
        row.add("facts", "facts 不是事实表", "写成 facts = { leader = true }")
        return {}
    found = dict(_fact_faults(written, known))
    for problem, remedy in found.values():
        row.add("facts", problem, remedy)
    return {key: value for key, value in written.items() if key not in found}


def _is_scalar(value: object) -> bool:
    if isinstance(value, datetime) or (isinstance(value, Decimal) and not value.is_finite()):
        return False
    return isinstance(value, bool | int | Decimal | str | date)


def _fact_faults(
    written: Mapping[str, Any], known: Mapping[str, Fact]
) -> Iterator[tuple[str, tuple[str, str]]]:
    for key, value in written.items():
        if key not in known:
            yield key, (f"没有“{key}”这项事实", f"只能用：{'、'.join(known)}")
        elif not _is_scalar(value):
            yield key, (f"{key} 的值“{value}”不能用", "用是否、数、文字或日期")
        elif (kind := family_of(value)) != family_of(known[key].type):
            yield key, (f"{key} 的值“{value}”是{kind}", f"应为{family_of(known[key].type)}")
