"""Two cities side by side in one chain, from facts of every city that are worked out once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from yipanqi.engine import distances, indices
from yipanqi.engine.cities import ChainFacts, Ground
from yipanqi.engine.measures import krugman
from yipanqi.rulebook.chains import Link
from yipanqi.rulebook.verdicts import Status, VerdictSheet, decide
from yipanqi.vocab.facts import LINK_FACTS
from yipanqi.vocab.regions import Region


class Lead(StrEnum):
    """Which of the two is strong in a link."""

    BOTH = "both"
    FIRST = "first"
    SECOND = "second"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Side:
    """A link in one of the two cities: its counts, and the verdict with the rule that gave it.

    `share` is of the nation's enterprises of the link, `part` of the city's in the whole chain (an
    enterprise counts in each of its links); both from 0 to 1, None where the whole is nought.
    """

    enterprises: int
    traders: int
    capital_wan: Decimal
    capital_not_counted: int
    quotient: Decimal | None
    share: Decimal | None
    part: Decimal | None
    customers: int
    suppliers: int
    status: Status
    action: str
    reason: str
    rule: str
    sample: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """One link in both cities; `complements` when one is strong where the other has none."""

    link_code: str
    link: str
    position: str
    national: int
    first: Side
    second: Side

    @property
    def lead(self) -> Lead:
        """Which of the two is strong."""
        mine, theirs = (one.status is Status.STRONG for one in (self.first, self.second))
        if mine and theirs:
            return Lead.BOTH
        return Lead.FIRST if mine else Lead.SECOND if theirs else Lead.NEITHER

    @property
    def complements(self) -> bool:
        """Whether one is strong in what the other is missing."""
        return {self.first.status, self.second.status} == {Status.STRONG, Status.MISSING}


@dataclass(frozen=True, slots=True)
class Comparison:
    """All links of a chain in two cities, in the pack's order, and what they were judged from.

    `difference` is Krugman's index of the two over the links of the chain, 0 to 2; None where
    either has no enterprise of the chain. `all_first` and `all_second` count all that stand there.
    """

    first: Region
    second: Region
    km: int
    chain: str
    snapshot: str
    synthetic: bool
    as_of: str | None
    sheet: str
    sheet_digest: str
    tables_digest: str
    all_first: int
    all_second: int
    all_national: int
    difference: Decimal | None
    pairs: tuple[Pair, ...]


def compare(ground: Ground, *, chain: str, first: Region, second: Region) -> Comparison:
    """The two cities side by side in a chain (by code), read from what `cities.kept` made.

    Raises cities.NotKept before that; it never works it out by itself.
    """
    registry, sheet = ground.registry, ground.sheet
    only = ground.tables.only(chain)
    facts = ChainFacts.read(ground, chain, (first, second))
    says = indices.manifest(registry)
    totals = [facts.total(city) for city in (first, second)]
    return Comparison(
        first=first,
        second=second,
        km=distances.between(first, second),
        chain=chain,
        snapshot=indices.snapshot(registry),
        synthetic=bool(says.get("synthetic")),
        as_of=says.get("as_of"),
        sheet=sheet.id,
        sheet_digest=sheet.digest,
        tables_digest=only.digest,
        all_first=facts.all_local(first),
        all_second=facts.all_local(second),
        all_national=facts.all_national,
        difference=krugman.between(
            (facts.count(first, link.link), facts.count(second, link.link)) for link in only.links
        ),
        pairs=tuple(
            _pair(link, facts, (first, second), totals, sheet) for link in only.links
        ),
    )  # fmt: skip


def _pair(
    link: Link,
    facts: ChainFacts,
    both: Sequence[Region],
    totals: Sequence[int],
    sheet: VerdictSheet,
) -> Pair:
    first, second = (
        _side(facts.of(city, link), total, sheet) for city, total in zip(both, totals, strict=True)
    )
    national = facts.national.get(link.link, 0)
    return Pair(link.link, link.name, link.position, national, first, second)


def _side(facts: Mapping[str, Any], total: int, sheet: VerdictSheet) -> Side:
    # A city the registry has nothing of has no quotient: nothing over nothing.
    known = {name: facts[name] for name in LINK_FACTS if name in facts}
    if not facts["all_local"]:
        known["quotient"] = None
    verdict = decide(sheet, known)
    count = facts["local_enterprises"]
    return Side(
        enterprises=count,
        traders=facts["local_traders"],
        capital_wan=facts["local_capital_wan"],
        capital_not_counted=facts["capital_not_counted"],
        quotient=known["quotient"],
        share=_part(count, facts["national_enterprises"]),
        part=_part(count, total),
        customers=facts["local_customers"],
        suppliers=facts["local_suppliers"],
        status=verdict.status,
        action=verdict.action.value,
        reason=verdict.reason,
        rule=verdict.rule_id,
        sample=verdict.sample,
    )


def _part(count: int, whole: int) -> Decimal | None:
    return Decimal(f"{count / whole:.4f}") if whole else None
