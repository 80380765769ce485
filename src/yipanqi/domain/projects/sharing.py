"""Which projects are shared between units by a transfer in force, and by what exact parts."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from django.db.models import Q

from yipanqi.domain.leads import queries as leads
from yipanqi.domain.people.models import Unit
from yipanqi.domain.projects.models import Project

# Leads asked about in one go, below what any database takes as parameters.
_AT_ONCE = 500


def shared(*, on: date) -> Mapping[int, Mapping[int, Fraction]]:
    """Lead's key -> unit's key -> share, of every project shared on the day; each sums to 1."""
    handed = Project.objects.filter(lead__transfers__since__lte=on)
    keys = sorted(set(handed.order_by().values_list("lead_id", flat=True)) - {None})
    found: dict[int, Mapping[int, Fraction]] = {}
    for start in range(0, len(keys), _AT_ONCE):
        found |= leads.shares(keys[start : start + _AT_ONCE], on=on)
    return found


def credited(code: str, *, on: date) -> Q:
    """The condition of projects in which the unit has a part: its own, and those it shares."""
    held = shared(on=on)
    unit = Unit.objects.filter(code=code).first()
    mine = [lead for lead, parts in held.items() if unit and unit.pk in parts]
    return Q(lead_id__in=mine) | (Q(unit__code=code) & ~Q(lead_id__in=list(held)))
