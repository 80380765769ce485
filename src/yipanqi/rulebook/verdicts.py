"""A link of a chain is strong, weak or missing: the ordered rules that say so, and why."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from yipanqi.rulebook import documents
from yipanqi.rulebook.conditions import ALWAYS, Facts, Rule, Scalar, truth
from yipanqi.rulebook.documents import Document, Row
from yipanqi.rulebook.sources import Basis, Edition


class NoVerdict(Exception):
    """No rule of the sheet was true; a sheet that was checked ends in an unconditional rule."""


class Status(StrEnum):
    """How a link stands in the city."""

    STRONG = "strong"
    WEAK = "weak"
    MISSING = "missing"

    @property
    def label(self) -> str:
        """The term officers use: 强、弱、缺."""
        return {"strong": "强", "weak": "弱", "missing": "缺"}[self.value]


class Action(StrEnum):
    """What to do about a link (长政发〔2017〕30号 第三条: 强链、补链、延链、育链)."""

    REINFORCE = "强链"
    FILL = "补链"
    EXTEND = "延链"
    NURTURE = "育链"


@dataclass(frozen=True, slots=True)
class VerdictRule:
    """One row: when it is true the link has this status; `reason` may hold `{fact}` places."""

    id: str
    status: Status
    action: Action
    when: Rule
    reason: str
    source: str
    basis: Basis = Basis.SAMPLE
    sample: bool = False


@dataclass(frozen=True, slots=True)
class VerdictSheet(Edition):
    """Rules in order of precedence; the last one asks nothing."""

    id: str
    valid_from: date
    rules: tuple[VerdictRule, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer for one link, the rule that gave it, and whether its thresholds are samples."""

    status: Status
    action: Action
    reason: str
    rule_id: str
    source: str
    sample: bool


def decide(sheet: VerdictSheet, facts: Facts) -> Verdict:
    """The verdict of the first rule that is true; an undecided rule does not count as true.

    Raises NoVerdict when none is.
    """
    for row in sheet.rules:
        if truth(row.when, facts) is True:
            return Verdict(
                row.status, row.action, filled(row.reason, facts), row.id, row.source, row.sample
            )
    raise NoVerdict(f"规则表 {sheet.id} 没有一条适用；最后一条须不设条件")


def filled(template: str, facts: Facts) -> str:
    """The sentence with each `{fact}` replaced by its value as people read it."""
    return _PLACE.sub(lambda place: _shown(facts.get(place[1])), template)


def places(template: str) -> tuple[str, ...]:
    """The facts a sentence has places for, in order."""
    return tuple(_PLACE.findall(template))


def read(document: Document) -> VerdictSheet:
    """The sheet as typed rows; faults gather in the document."""
    document.allow("id", "valid_from", "notes", "verdict")
    rows = document.rows("verdict")
    documents.unique(rows, "id")
    rules = tuple(_rule(row) for row in rows)
    for row, rule in zip(rows[:-1], rules[:-1], strict=True):
        if rule.when == ALWAYS:
            row.add("when", f"“{rule.id}”不设条件，其后的规则永远轮不到", "补上 when，或移到最后")
    if rules and rules[-1].when != ALWAYS:
        rows[-1].add("when", "最后一条须不设条件，否则有的环节得不出结论", "去掉最后一条的 when")
    return VerdictSheet(document.id, document.top.day("valid_from"), rules)


def _rule(row: Row) -> VerdictRule:
    row.allow(*_KEYS)
    source, basis = row.grounds()
    return VerdictRule(
        id=row.text("id"),
        status=row.one_of("status", Status),
        action=row.one_of("action", Action),
        when=row.rule("when", required=False),
        reason=row.text("reason"),
        source=source,
        basis=basis,
        sample=row.sample(basis),
    )


_KEYS = ("id", "status", "action", "when", "reason", "source", "basis", "sample", "notes")
# Not str.format: a sheet is written by officers and must not reach into attributes.
_PLACE = re.compile(r"\{(\w+)\}")


def _shown(value: Scalar | None) -> str:
    if value is None:
        return "未知"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)
