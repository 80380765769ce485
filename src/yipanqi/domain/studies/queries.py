"""What the engine found, for everyone signed in: verdicts and targets name public facts only."""

from collections.abc import Mapping

from yipanqi.domain.studies.models import LinkVerdict, Study, Target
from yipanqi.vocab.pages import Page, bounds


def current(chain: str, kind: str = "diagnosis") -> Study | None:
    """The study of this kind in force for a chain, or None before the first."""
    return Study.objects.filter(chain=chain, kind=kind, current=True).first()


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
