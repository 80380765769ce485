"""Writing down that somebody took a whole population of records out of the house."""

from django.db import transaction

from yipanqi.domain.people import events
from yipanqi.domain.people.models import Officer
from yipanqi.domain.people.services import lines
from yipanqi.vocab.actors import Actor


@transaction.atomic
def record(population: str, *, title: str, rows: int, sha256: str, by: Actor) -> None:
    """The export as a line of the person's own stream."""
    officer = Officer.objects.select_related("unit").get(pk=by.id)
    event = events.PopulationExported(
        subject=lines.subject(officer),
        population=population,
        title=title,
        rows=rows,
        sha256=sha256,
    )
    lines.write(event, officer, by=by)
