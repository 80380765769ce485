"""Counts and money credited to units by the shares of transfers, conserved to the fen and count.

Of a project shared 5:5 each unit is credited half a project, and its money by `vocab.shares.split`:
what all units together are credited is what there is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Sum

from yipanqi.domain.people.models import Unit
from yipanqi.domain.projects import sharing
from yipanqi.domain.projects.models import Project
from yipanqi.vocab import shares

# What is summed in fen, by the name of its column.
AMOUNTS = ("total_investment_fen", "paid_in_fen", "verified_in_fen")


@dataclass(slots=True)
class Credit:
    """What one unit is credited: exact parts of projects, and fen that sum to the whole.

    `stated` is the part of the count whose planned total is known; `shared` counts the projects it
    shares with others.
    """

    unit: int
    code: str
    label: str
    count: Fraction
    stated: Fraction
    fen: dict[str, int]
    shared: int = 0
    latest: datetime | None = None

    @property
    def total_investment_fen(self) -> int | None:
        """The planned total credited; None where nothing is stated."""
        return self.fen["total_investment_fen"] if self.stated else None


def by_unit(rows: QuerySet[Project], *, on: date) -> list[Credit]:
    """What each unit is credited of the rows on the day, the largest count first."""
    found = {credit.unit: credit for credit in _owned(rows)}
    held = sharing.shared(on=on)
    handed = list(
        rows.filter(lead__in=list(held))
        .order_by("pk")
        .values("lead_id", "unit_id", "updated_at", *AMOUNTS)
        .distinct()
    )
    for key in _unseen(found, handed, held):
        found[key.pk] = _nothing(key)
    for row in handed:
        _share(row, held[row["lead_id"]], found)
    kept = (credit for credit in found.values() if credit.count)
    return sorted(kept, key=lambda credit: (-credit.count, credit.code))


def _owned(rows: QuerySet[Project]) -> Iterable[Credit]:
    """Everything by owner, as if nothing were shared."""
    groups = rows.order_by().values("unit_id", "unit__code", "unit__short_name")
    measured: Iterable[Mapping[str, Any]] = groups.annotate(
        count=Count("pk"),
        unstated=Count("pk", filter=Q(total_investment_fen=None)),
        latest=Max("updated_at"),
        **{f"sum_{name}": Sum(name) for name in AMOUNTS},
    )
    for each in measured:
        yield Credit(
            unit=each["unit_id"],
            code=each["unit__code"],
            label=each["unit__short_name"],
            count=Fraction(each["count"]),
            stated=Fraction(each["count"] - each["unstated"]),
            fen={name: each[f"sum_{name}"] or 0 for name in AMOUNTS},
            latest=each["latest"],
        )


def _unseen(
    found: Mapping[int, Credit],
    handed: Iterable[Mapping[str, Any]],
    held: Mapping[int, Mapping[int, Fraction]],
) -> list[Unit]:
    """Units that own none of the rows and yet share in some."""
    parties = {unit for row in handed for unit in held[row["lead_id"]]}
    return list(Unit.objects.filter(pk__in=parties - set(found)).order_by("pk"))


def _nothing(unit: Unit) -> Credit:
    none = dict.fromkeys(AMOUNTS, 0)
    return Credit(unit.pk, unit.code, unit.short_name, Fraction(0), Fraction(0), none)


def _share(row: Mapping[str, Any], parts: Mapping[int, Fraction], found: dict[int, Credit]) -> None:
    """Take the row from its owner and give each party its part."""
    owner, is_stated = found[row["unit_id"]], row["total_investment_fen"] is not None
    owner.count -= 1
    owner.stated -= is_stated
    for name in AMOUNTS:
        owner.fen[name] -= row[name] or 0
    for unit, part in parts.items():
        party = found[unit]
        party.count += part
        party.stated += part * is_stated
        party.shared += 1
        party.latest = max(party.latest or row["updated_at"], row["updated_at"])
    for name in AMOUNTS:
        pieces = shares.split(row[name] or 0, list(parts.values()))
        for unit, fen in zip(parts, pieces, strict=True):
            found[unit].fen[name] += fen
