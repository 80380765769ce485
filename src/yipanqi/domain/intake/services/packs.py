"""Taking a city's pack in: the rules room keeps it, the ledger says who did and what changed."""

from pathlib import Path

from django.db import transaction

from yipanqi.domain.intake import events
from yipanqi.domain.ledger.services import entries
from yipanqi.domain.rules import queries as rules
from yipanqi.domain.rules.services import loading
from yipanqi.rulebook.packs import Pack
from yipanqi.vocab.actors import Actor, Scope
from yipanqi.vocab.labels import Label


@transaction.atomic
def take_in(path: Path, *, by: Actor) -> Pack:
    """Load the pack; running twice changes nothing. Raises SheetFaults or AnotherCity."""
    loaded = loading.load_pack(path, by=by)
    if loaded.added:
        digests = {name: digest for name, _, digest in rules.current()}
        event = events.PackLoaded(
            subject="intake/pack",
            pack=loaded.pack.id,
            changed=len(loaded.added),
            files={name: digests[name] for name in loaded.added},
        )
        entries.record(event, by=by, scope=Scope("/", Label.PUBLIC))
    return loaded.pack
