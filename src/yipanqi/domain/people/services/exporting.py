"""Writing down that somebody took records, a list or a paper out of the house."""

from dataclasses import dataclass

from django.db import transaction

from yipanqi.domain.people import events
from yipanqi.domain.people.models import Officer
from yipanqi.domain.people.services import lines
from yipanqi.vocab.actors import Actor


@dataclass(frozen=True, slots=True)
class Taken:
    """A list taken away: its code and title, the kind of file, its filters in words, its rows."""

    listed: str
    title: str
    form: str
    filters: str
    rows: int
    sha256: str


@transaction.atomic
def record_list(taken: Taken, *, by: Actor) -> None:
    """The list taken, as a line of the person's own stream."""
    officer = Officer.objects.select_related("unit").get(pk=by.id)
    event = events.ListExported(
        subject=lines.subject(officer),
        listed=taken.listed,
        title=taken.title,
        form=taken.form,
        filters=taken.filters,
        rows=taken.rows,
        sha256=taken.sha256,
    )
    lines.write(event, officer, by=by)


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


@transaction.atomic
def record_paper(title: str, *, form: str, as_of: str, sha256: str, by: Actor) -> None:
    """The paper taken, as a line of the person's own stream; `as_of` in the paper's words."""
    officer = Officer.objects.select_related("unit").get(pk=by.id)
    event = events.PaperExported(
        subject=lines.subject(officer), title=title, form=form, as_of=as_of, sha256=sha256
    )
    lines.write(event, officer, by=by)
