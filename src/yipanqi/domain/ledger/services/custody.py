"""Keys that sign seals: the first one, and one after another, each handing over to the next."""

from collections.abc import Callable

from django.db import transaction

from yipanqi.domain.ledger import keys
from yipanqi.domain.ledger.events import Event, KeyCreated, KeyRotated
from yipanqi.domain.ledger.services import entries, leases, sealing
from yipanqi.vocab.actors import Actor, Scope
from yipanqi.vocab.labels import Label

Verb = Callable[..., keys.PublicKey]

_SUBJECT = "ledger/keys"
_SCOPE = Scope(unit_path="/", label=Label.INTERNAL)


class SealingBusy(Exception):
    """Another process seals at this moment; the keys cannot change under it."""


def create(*, by: Actor) -> keys.PublicKey:
    """The first signing key, with its line in the ledger. Raises KeyExists."""
    key = keys.create()
    _record(KeyCreated(subject=_SUBJECT, key=key.id, public_key=key.content.hex()), by)
    return key


def rotate(*, by: Actor) -> keys.PublicKey:
    """A new signing key, vouched for by the old one's last seal; the old private key is destroyed.

    Raises SealingBusy, KeyMissingError, KeyExposedError or SealRefusedError; the old key signs on
    then.
    """
    with leases.held(sealing.JOB) as mine:
        if not mine:
            raise SealingBusy("正在封存，请稍后再换密钥")
        before = keys.signer()
        # Whatever would stop the old key's last seal must stop it before anything is recorded.
        sealing.close()
        key = keys.generate()
        event = KeyRotated(
            subject=_SUBJECT, before=before.id, key=key.id, public_key=key.content.hex()
        )
        _record(event, by)
        sealing.close()
        keys.appoint(key)
        keys.destroy(before.id)
    return key


@transaction.atomic
def _record(event: Event, by: Actor) -> None:
    entries.record(event, by=by, scope=_SCOPE)
