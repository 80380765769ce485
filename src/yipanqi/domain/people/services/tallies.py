"""Counting how often something is done within a window, exactly, whatever process counts."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from yipanqi.domain.people.models import Tally

# Windows are at most an hour; after a day nobody asks for one.
_KEPT = timedelta(days=1)


def add(name: str, *, window: datetime) -> int:
    """Add one to the tally of that name in the window opened then, and give the new count."""
    with transaction.atomic():
        if not _raised(name, window) and not _opened(name, window):
            _raised(name, window)
        return Tally.objects.values_list("count", flat=True).get(name=name, window=window)


def _raised(name: str, window: datetime) -> int:
    # The row stays locked until the transaction ends, so the count read next is this caller's own.
    return Tally.objects.filter(name=name, window=window).update(count=F("count") + 1)


def _opened(name: str, window: datetime) -> bool:
    """Whether this caller was the one to open the window; a rival in the same moment loses."""
    Tally.objects.filter(window__lt=window - _KEPT).delete()
    try:
        with transaction.atomic():
            Tally.objects.create(name=name, window=window, count=1)
    except IntegrityError:
        return False
    return True
