"""A target as the list shows it: the bar of its score, whether it lives, who dealt with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from yipanqi.domain.industries import partner_lists
from yipanqi.domain.investors import queries as investors
from yipanqi.domain.leads import queries as leads
from yipanqi.domain.studies import target_lists
from yipanqi.vocab.actors import Actor

if TYPE_CHECKING:
    from yipanqi.domain.industries.stated import PartnerRow
    from yipanqi.domain.investors.models import Enterprise, Interaction
    from yipanqi.domain.leads.models import Claim
    from yipanqi.domain.studies.models import Target
    from yipanqi.domain.studies.target_lists import Life
    from yipanqi.domain.studies.told import Response

# A full score is drawn this wide.
BAR = 140
_COLOURS = 10


@dataclass(frozen=True, slots=True)
class Segment:
    """One contribution as a piece of the score's bar, in pixels."""

    x: float
    width: float
    colour: int
    label: str
    contribution: object


@dataclass(frozen=True, slots=True)
class Row:
    """A target with what this person may know of it besides the study's own words."""

    target: "Target"
    segments: Sequence[Segment]
    link: str
    life: "Life"
    # Its record in the investors' library, the last dealing, the claim held on it; None if none.
    known: "Enterprise | None"
    met: "Interaction | None"
    held: "Claim | None"
    told: "Sequence[Response]"
    # What leaders' lists state of it: evidence above the wording of its scope.
    stated: "Sequence[PartnerRow]"


def rows(targets: "Sequence[Target]", links: Mapping[str, str], *, seen_by: Actor) -> list[Row]:
    """The targets as rows; the number of questions does not grow with their number."""
    known = investors.same_of_each((each.code, each.name) for each in targets)
    ours = [each for each in known if each]
    met = investors.last_met(ours, seen_by=seen_by)
    held = leads.held_of_each(ours, seen_by=seen_by)
    lives = target_lists.lives(targets)
    told = target_lists.responses([each.registry_id for each in targets], seen_by=seen_by)
    stated = _stated(targets, seen_by)
    return [
        Row(
            target=each,
            segments=segments(each),
            link=links.get(each.link, ""),
            life=lives[each.registry_id],
            known=firm,
            met=met.get(firm.pk) if firm else None,
            held=held.get(firm.pk) if firm else None,
            told=told.get(each.registry_id, []),
            stated=stated.get(each.registry_id, []),
        )
        for each, firm in zip(targets, known, strict=True)
    ]


def _stated(targets: "Sequence[Target]", seen_by: Actor) -> "Mapping[str, Sequence[PartnerRow]]":
    if not targets:
        return {}
    # All targets of a page are of one study, and so of one chain.
    chain = targets[0].study.chain
    ids = [each.registry_id for each in targets]
    return partner_lists.of_each(chain, ids, seen_by=seen_by)


def segments(target: "Target") -> list[Segment]:
    """The contributions as pieces of a bar whose full length is a score of 100."""
    pieces, x = [], Decimal(0)
    for place, part in enumerate(target.contributions):
        width = max(Decimal(str(part["contribution"])), Decimal(0)) * BAR / 100
        label = part.get("label") or part["feature"]
        pieces.append(
            Segment(float(x), float(width), place % _COLOURS, label, part["contribution"])
        )
        x += width
    return pieces


def legend(targets: "Sequence[Target]") -> list[tuple[int, str]]:
    """Each feature's colour and name, as the first target has them."""
    parts: Sequence[Mapping[str, str]] = targets[0].contributions if targets else ()
    return [(n % _COLOURS, part.get("label") or part["feature"]) for n, part in enumerate(parts)]
