"""首报首谈: how long a first claim protects, when it lapses, what counts as alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from yipanqi.rulebook.documents import Document
from yipanqi.rulebook.sources import Basis, Edition


class Stricter(StrEnum):
    """In which direction a district or park may move a figure of the city's."""

    LOWER = "lower"
    HIGHER = "higher"


@dataclass(frozen=True, slots=True)
class Term:
    """One figure of the sheet with its grounds; an invented one is a sample and shown as such."""

    key: str
    value: Decimal
    source: str
    basis: Basis
    sample: bool


@dataclass(frozen=True, slots=True)
class ClaimSheet(Edition):
    """The figures in force for claims on leads; `terms` gives each with its grounds."""

    id: str
    valid_from: date
    terms: Mapping[str, Term]

    @property
    def protection_days(self) -> int:
        """Days a claim protects from the day it is filed."""
        return self._whole("protection_days")

    @property
    def renewal_days(self) -> int:
        """Days one renewal adds."""
        return self._whole("renewal_days")

    @property
    def renewals(self) -> int:
        """How often a claim may be renewed."""
        return self._whole("renewals")

    @property
    def open_claims_cap(self) -> int:
        """How many open claims one unit may hold at a time."""
        return self._whole("open_claims_cap")

    @property
    def idle_days(self) -> int:
        """Days without progress after which a claim may be released to others."""
        return self._whole("idle_days")

    @property
    def warning_days(self) -> int:
        """Days before a lapse from which the holder is warned; 0 where the city has not said."""
        return self._whole("warning_days") if "warning_days" in self.terms else 0

    @property
    def answer_days(self) -> int:
        """Days a holder has to answer a contest; 0 where the city has not said."""
        return self._whole("answer_days") if "answer_days" in self.terms else 0

    @property
    def sharing_years(self) -> int | None:
        """For how many years a transfer shares the benefit, unless the units agree otherwise."""
        return self._whole("sharing_years") if "sharing_years" in self.terms else None

    @property
    def similar_name_share(self) -> Decimal:
        """From this name similarity (0-1) on, with the same investor, two leads are one."""
        return self.terms["similar_name_share"].value

    @property
    def near_name_share(self) -> Decimal:
        """From this name similarity (0-1) on, a lead is a near-duplicate to be ruled on."""
        return self.terms["near_name_share"].value

    @property
    def amount_deviation_share(self) -> Decimal:
        """Up to this deviation |a-b|/max (0-1), the amounts of one investor's leads are alike."""
        return self.terms["amount_deviation_share"].value

    def _whole(self, key: str) -> int:
        return int(self.terms[key].value)


@dataclass(frozen=True, slots=True)
class Ending:
    """The last day a claim protects as things stand, and what ends it."""

    on: date
    is_idle: bool

    def warned_from(self, sheet: ClaimSheet) -> date:
        """The first day on which the holder is warned."""
        return self.on - timedelta(days=sheet.warning_days)


def ending(sheet: ClaimSheet, *, until: date, progressed_on: date | None) -> Ending:
    """The earlier of the window's last day and `idle_days` after the last real progress.

    Where the last progress is not known (claims filed before it was kept), only the window counts.
    """
    if progressed_on is None:
        return Ending(until, is_idle=False)
    idle = progressed_on + timedelta(days=sheet.idle_days)
    return Ending(idle, is_idle=True) if idle < until else Ending(until, is_idle=False)


# Key, label, unit, and which way a sub-pack may move it; None: only the city decides.
TERMS: Mapping[str, tuple[str, str, Stricter | None]] = {
    "protection_days": ("保护期", "天", Stricter.LOWER),
    "renewal_days": ("每次续期", "天", Stricter.LOWER),
    "renewals": ("续期次数", "次", Stricter.LOWER),
    "open_claims_cap": ("同时持有线索上限", "条", Stricter.LOWER),
    "idle_days": ("无进展可释放", "天", Stricter.LOWER),
    "warning_days": ("失效前提醒", "天", Stricter.HIGHER),
    "answer_days": ("持有单位答复期限", "天", None),
    "sharing_years": ("利益分享年限", "年", None),
    "similar_name_share": ("视为同一的名称相似度", "比例", None),
    "near_name_share": ("疑似重复的名称相似度", "比例", None),
    "amount_deviation_share": ("金额相近的偏差", "比例", None),
}
# What a sheet may leave out: a city that has not decided yet.
OPTIONAL = frozenset({"warning_days", "answer_days", "sharing_years"})


def read(document: Document) -> ClaimSheet:
    """The sheet as typed figures; faults gather in the document. A sub-pack's may be partial."""
    document.allow("id", "valid_from", "inherits", "notes", *TERMS)
    found = {key: term for key in TERMS if (term := _term(document, key)) is not None}
    if not document.top.text("inherits", default=""):
        for key in sorted(set(TERMS) - OPTIONAL - set(found)):
            document.add(1, f"缺少 [{key}]", f"补上{TERMS[key][0]}（{TERMS[key][1]}）")
    return ClaimSheet(document.id, document.top.day("valid_from"), found)


def _term(document: Document, key: str) -> Term | None:
    row = document.table(key)
    if row is None:
        return None
    row.allow("value", "source", "basis", "sample", "notes")
    source, basis = row.grounds()
    value = row.number("value")
    if key.endswith("_share") and not 0 <= value <= 1:
        row.add("value", f"{TERMS[key][0]}应在 0 与 1 之间，现在是 {value}", "85% 写成 0.85")
    if not key.endswith("_share") and (value < 0 or value != value.to_integral_value()):
        row.add("value", f"{TERMS[key][0]}应为非负整数，现在是 {value}", "改成整数")
    return Term(key, value, source, basis, row.sample(basis))
