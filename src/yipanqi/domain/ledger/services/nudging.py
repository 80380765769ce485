"""Telling the dispatcher, after commit, that there is work."""

from collections.abc import Callable
from functools import cache, partial
from typing import cast

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

# What the roof offers in LEDGER_NUDGE: called with the kinds that were recorded.
Nudge = Callable[[set[str]], None]


def after_commit(kinds: set[str]) -> None:
    """Let the roof know, once these lines are committed, that they wait in the outbox.

    A nudge that fails is only late work: the timetable finds the lines all the same.
    """
    if path := getattr(settings, "LEDGER_NUDGE", ""):
        transaction.on_commit(partial(_nudge(path), kinds), robust=True)


@cache
def _nudge(path: str) -> Nudge:
    return cast("Nudge", import_string(path))
