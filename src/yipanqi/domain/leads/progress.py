"""How long a held claim still lasts: its window, and the last real progress of its holder."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from yipanqi.domain.investors.models import Interaction
from yipanqi.domain.leads import queries
from yipanqi.domain.leads.models import Claim, ClaimState
from yipanqi.domain.rules import queries as rules
from yipanqi.rulebook import claims as rule
from yipanqi.rulebook.claims import ClaimSheet, Ending
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor


@dataclass(frozen=True, slots=True)
class Standing:
    """A held claim without a project, the sheet it stands under, and what ends it when."""

    claim: Claim
    sheet: ClaimSheet
    progressed_on: date | None
    ending: Ending


def standing(claim: Claim) -> Standing | None:
    """How one claim stands; None when it is not held or has become a project."""
    if claim.state != ClaimState.HELD or hasattr(claim.lead, "project"):
        return None
    return standings([claim])[0]


def standings(held: Iterable[Claim]) -> list[Standing]:
    """How each claim stands, in the order given; with `unit` loaded, two questions for all."""
    rows, today = list(held), clock.today()
    codes = {row.unit.code for row in rows}
    sheets = {code: rules.claims(on=today, unit=code) for code in codes}
    last = _last_progress(rows)
    return [_standing(row, sheets[row.unit.code], last[row.pk]) for row in rows]


def ending_soon(*, seen_by: Actor) -> list[Standing]:
    """Claims of this person's own unit that end within the warning, soonest first."""
    today = clock.today()
    told = standings(queries.open_of_unit(seen_by.unit_id, seen_by=seen_by))
    near = [each for each in told if each.ending.warned_from(each.sheet) <= today]
    return sorted(near, key=lambda each: (each.ending.on, each.claim.pk))


def _standing(claim: Claim, sheet: ClaimSheet, progressed_on: date | None) -> Standing:
    assert claim.protected_until is not None  # the database's own rule for held claims
    ending = rule.ending(sheet, until=claim.protected_until, progressed_on=progressed_on)
    return Standing(claim, sheet, progressed_on, ending)


def _last_progress(claims: Iterable[Claim]) -> Mapping[int, date | None]:
    """The claim's own progress or the holder's last dealing with the firm, by the claim's key."""
    rows = list(claims)
    dealt = (
        Interaction.objects.filter(
            enterprise__in={row.enterprise_id for row in rows},
            unit__in={row.unit_id for row in rows},
            held_on__lte=clock.today(),
        )
        .order_by()
        .values_list("enterprise", "unit")
        .annotate(Max("held_on"))
    )
    met = {(enterprise, unit): day for enterprise, unit, day in dealt}
    return {
        row.pk: _later(row.progressed_on, met.get((row.enterprise_id, row.unit_id))) for row in rows
    }


def _later(own: date | None, met: date | None) -> date | None:
    return own if own is None or met is None else max(own, met)
