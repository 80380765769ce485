"""What the engine found, and who objects.

Verdicts and targets name public facts only: everyone signed in reads them. Disputes pass the row
filter.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from yipanqi.domain.people import queries as people
from yipanqi.domain.studies.models import Dispute, DisputeState, LinkVerdict, Study, Target
from yipanqi.domain.studies.told import TrackRecord
from yipanqi.vocab.actors import Actor
from yipanqi.vocab.pages import Page, bounds

# Code and word of each state of a dispute.
DISPUTE_STATES: Sequence[tuple[str, str]] = DisputeState.choices


def current(chain: str, kind: str = "diagnosis") -> Study | None:
    """The study of this kind in force for a chain, or None before the first."""
    return Study.objects.filter(chain=chain, kind=kind, current=True).first()


def current_by_chain() -> Mapping[str, Study]:
    """The diagnosis in force of each chain that has one, by the chain's code."""
    return {row.chain: row for row in Study.objects.filter(kind="diagnosis", current=True)}


def in_force() -> list[str]:
    """The public ids of all studies in force, sorted: what is made from them is made from these."""
    ids = Study.objects.filter(current=True).order_by("public_id")
    return list(ids.values_list("public_id", flat=True))


def verdicts(study: Study | None) -> Mapping[str, LinkVerdict]:
    """The verdict of each link, by link code."""
    return {row.link: row for row in study.verdicts.all()} if study else {}


def tallies() -> Mapping[str, Mapping[str, int]]:
    """For each chain in force: how many links are strong, weak and missing."""
    tally: dict[str, dict[str, int]] = {}
    rows = LinkVerdict.objects.filter(study__current=True, study__kind="diagnosis")
    for chain, status in rows.values_list("study__chain", "status"):
        counts = tally.setdefault(chain, {"strong": 0, "weak": 0, "missing": 0})
        counts[status] = counts.get(status, 0) + 1
    return tally


def targets(study: Study, link: str = "", page: int = 1) -> Page[Target]:
    """A page of targets of one link (or of the whole chain), best first."""
    rows = study.targets.filter(link=link) if link else study.targets.all()
    order = ("rank",) if link else ("-score", "link", "rank")
    return Page(list(rows.order_by(*order)[bounds(page)]), rows.count(), page)


def targets_by_link(study: Study | None) -> Mapping[str, int]:
    """How many targets each link has."""
    counts: dict[str, int] = {}
    for link in study.targets.values_list("link", flat=True) if study else ():
        counts[link] = counts.get(link, 0) + 1
    return counts


def target(public_id: str) -> Target | None:
    """One target with its study, or None."""
    return Target.objects.select_related("study").filter(public_id=public_id).first()


def best_targets(chain: str, registry_ids: Iterable[str]) -> Mapping[str, Target]:
    """Where each enterprise stands best in the list in force of a chain, by registry id."""
    rows = Target.objects.filter(
        study__chain=chain,
        study__kind="targets",
        study__current=True,
        registry_id__in=set(registry_ids) - {""},
    )
    return {row.registry_id: row for row in rows.order_by("score", "-rank")}


def track_record(chain: str) -> TrackRecord | None:
    """How the chain's list did in the backtest, or None where nothing is published."""
    return TrackRecord.objects.filter(chain=chain, current=True).first()


def track_records() -> Mapping[str, TrackRecord]:
    """The figures in force by chain."""
    return {row.chain: row for row in TrackRecord.objects.filter(current=True)}


@dataclass(frozen=True, slots=True)
class Record:
    """How the verdicts of a rule fared with those who know the ground."""

    disputed: int
    upheld: int
    open: int


def dispute(public_id: str, *, seen_by: Actor) -> Dispute | None:
    """One dispute, or None when there is none for this person."""
    return _disputes(seen_by).filter(public_id=public_id).first()


def disputes(chain: str, link: str, *, seen_by: Actor) -> list[Dispute]:
    """The disputes about a link this person may see, the newest first."""
    return list(_disputes(seen_by).filter(chain=chain, link=link))


def dispute_list(state: str = "", *, seen_by: Actor, page: int = 1) -> Page[Dispute]:
    """A page of disputes of one state (or of all), the newest first."""
    rows = _disputes(seen_by)
    rows = rows.filter(state=state) if state else rows
    return Page(list(rows[bounds(page)]), rows.count(), page)


def disputed_links(chain: str) -> frozenset[str]:
    """The links of a chain with an open dispute; that there is one is no secret."""
    rows = Dispute.objects.filter(chain=chain, state=DisputeState.OPEN)
    return frozenset(rows.values_list("link", flat=True))


def record_of(rule: str) -> Record:
    """How often verdicts by this rule were disputed, and how that ended."""
    states = Counter(Dispute.objects.filter(rule=rule).values_list("state", flat=True))
    return Record(states.total(), states[DisputeState.UPHELD], states[DisputeState.OPEN])


def _disputes(reader: Actor) -> QuerySet[Dispute]:
    rows = Dispute.objects.select_related("study", "unit", "raised_by", "answered_by")
    return rows.filter(people.visible(reader))
