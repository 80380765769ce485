"""What happened to a subject, as sentences with the names of who and where."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext

from yipanqi.delivery.desk import glossary
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.ledger import queries as ledger
from yipanqi.domain.ledger.queries import Line
from yipanqi.domain.people import queries as people
from yipanqi.vocab.actors import Actor

_DIGEST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the ledger in words, with who acted; "" where the id is nobody's any more."""

    line: Line
    who: str
    sentence: str


def lines(subject: str, *, seen_by: Actor) -> list[Told]:
    """The subject's lines this person may see, newest first."""
    return told(list(reversed(ledger.timeline(subject, only=scope_filter(seen_by)))))


def told(found: Sequence[Line]) -> list[Told]:
    """The lines with names, resolved now: the ledger itself keeps ids only."""
    officers, words = _names(found), industries.names()
    return [Told(line, officers.get(line.actor_id, ""), _said(line, words)) for line in found]


def _said(line: Line, words: Mapping[str, str]) -> str:
    """The line's sentence with codes in words and digests short enough to read."""
    shown = {name: _shown(name, value, words) for name, value in line.fields.items()}
    return gettext(line.template).format_map(defaultdict(lambda: "—", shown))


def _shown(name: str, value: object, words: Mapping[str, str]) -> str:
    text = "—" if value is None else str(value)
    if name == "material":
        return glossary.word("material", text)
    if name in ("chain", "link"):
        return words.get(text, text)
    return f"{text[:_DIGEST_SHOWN]}…" if name == "sha256" else text


def scope_filter(seen_by: Actor) -> Q:
    """The one row filter, on the ledger's own columns."""
    return people.visible(seen_by, path="scope_path", label="scope_label", chain="scope_chain")


def _names(found: Sequence[Line]) -> Mapping[str, str]:
    ids = {int(line.actor_id) for line in found if line.actor_id.isdigit()}
    return {str(pk): name for pk, name in people.names(ids).items()}
