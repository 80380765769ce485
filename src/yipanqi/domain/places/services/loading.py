"""The parks of the pack in force become the city's parks."""

from collections.abc import Iterable

from django.db import transaction

from yipanqi.domain.people.models import Unit
from yipanqi.domain.places.models import Park
from yipanqi.rulebook.focus import FocusSheet, NoSuchPark
from yipanqi.rulebook.organisations import Park as ParkRow


@transaction.atomic
def load(rows: Iterable[ParkRow], *, focus: FocusSheet) -> int:
    """Make the parks equal to the rows and the focus sheet; running twice changes nothing."""
    count = 0
    for row in rows:
        leading, special = _industries(focus, row.park)
        Park.objects.update_or_create(
            unit=Unit.objects.get(code=row.park),
            defaults={
                "name": row.name,
                "short_name": row.short_name,
                "level": row.level,
                "district": row.district,
                "leading": leading,
                "special": special,
                "source": row.source,
                "basis": row.basis,
            },
        )
        count += 1
    return count


def _industries(focus: FocusSheet, park: str) -> tuple[list[str], str]:
    try:
        found = focus.find(park)
    except NoSuchPark:
        return [], ""
    return list(found.leading), found.special
