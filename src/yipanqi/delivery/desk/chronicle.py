"""What happened to a subject, as sentences with the names of who and where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from yipanqi.domain.ledger import queries as ledger
from yipanqi.domain.ledger.queries import Line
from yipanqi.domain.people import queries as people
from yipanqi.vocab.actors import Actor


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the ledger with the name of who acted; "" where the id is nobody's any more."""

    line: Line
    who: str


def lines(subject: str, *, seen_by: Actor) -> list[Told]:
    """The subject's lines this person may see, newest first."""
    return told(list(reversed(ledger.timeline(subject, only=scope_filter(seen_by)))))


def told(found: Sequence[Line]) -> list[Told]:
    """The lines with names, resolved now: the ledger itself keeps ids only."""
    names = _names(found)
    return [Told(line, names.get(line.actor_id, "")) for line in found]


def scope_filter(seen_by: Actor) -> Q:
    """The one row filter, on the ledger's own columns."""
    return people.visible(seen_by, path="scope_path", label="scope_label", chain="scope_chain")


def _names(found: Sequence[Line]) -> Mapping[str, str]:
    ids = {int(line.actor_id) for line in found if line.actor_id.isdigit()}
    return {str(pk): name for pk, name in people.names(ids).items()}
