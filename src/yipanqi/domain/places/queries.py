"""Where things can be: parks and what each is for."""

from yipanqi.domain.places.models import Park


def parks() -> list[Park]:
    """Every park with its unit, in the order of the unit tree."""
    return list(Park.objects.select_related("unit"))


def park(code: str) -> Park | None:
    """The park whose unit has this code, or None."""
    return Park.objects.select_related("unit").filter(unit__code=code).first()
