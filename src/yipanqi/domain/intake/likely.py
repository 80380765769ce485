"""Likely duplicates of a whole file, and what rests on records that are to go."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from django.conf import settings
from django.db import models

from yipanqi.domain.rules import queries as rules
from yipanqi.engine import duplicates, sessions
from yipanqi.engine.duplicates import Match
from yipanqi.rulebook.duplicates import Level, Subject
from yipanqi.vocab import clock


def surest(new: Sequence[Subject], held: Sequence[Subject]) -> Mapping[int, Match]:
    """The surest likely duplicate of each new entry that has one, by its place.

    A faint likeness is none here: whoever brings in a hundred thousand rows cannot weigh it.
    """
    if not new:
        return {}
    sheet = rules.claims(on=clock.today())
    found: dict[int, Match] = {}
    with sessions.pipeline(Path(settings.HOME) / ".intake") as connection:
        for match in duplicates.matches(new, held, under=sheet, connection=connection):
            if match.finding.level is not Level.FAINT:
                found.setdefault(match.at, match)
    return found


def bound(
    model: type[models.Model], public_ids: Sequence[str], *, own: frozenset[type[models.Model]]
) -> dict[str, str]:
    """Which of these records others rest on, each with what rests on it.

    `own` names the models whose rows came with the record and go with it.
    """
    found: dict[str, str] = {}
    for relation in model._meta.related_objects:  # noqa: SLF001 -- the documented API
        rests = relation.related_model
        if not isinstance(rests, type) or rests in own:
            continue
        column = f"{relation.field.name}__public_id"
        rows = rests._base_manager.filter(**{f"{column}__in": public_ids})  # noqa: SLF001
        for public_id in rows.values_list(column, flat=True).distinct():
            found.setdefault(str(public_id), f"已有{rests._meta.verbose_name}")  # noqa: SLF001
    return found


def chunks(items: Iterable[str], size: int = 500) -> Iterable[list[str]]:
    """The items in lists of at most `size`."""
    chunk: list[str] = []
    for item in items:
        chunk.append(item)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
