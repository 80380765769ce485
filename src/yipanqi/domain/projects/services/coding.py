"""Giving each project its code: the civil day of opening and a serial number of that day."""

from datetime import date

from yipanqi.domain.projects.parts import DayCode


def next_code(day: date) -> str:
    """The next code of the day, such as 20180315001; within a transaction no two are alike."""
    DayCode.objects.get_or_create(day=day)
    row = DayCode.objects.select_for_update().get(day=day)
    row.last += 1
    row.save(update_fields=["last"])
    return f"{day:%Y%m%d}{row.last:03d}"


def next_codes(day: date, count: int) -> list[str]:
    """As many codes of the day as a batch needs, in one go."""
    DayCode.objects.get_or_create(day=day)
    row = DayCode.objects.select_for_update().get(day=day)
    first = row.last + 1
    row.last += count
    row.save(update_fields=["last"])
    return [f"{day:%Y%m%d}{number:03d}" for number in range(first, first + count)]
