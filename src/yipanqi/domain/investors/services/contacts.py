"""People at enterprises: added, and looked at only with a trace."""

from dataclasses import dataclass

from django.db import transaction

from yipanqi.domain.investors import events
from yipanqi.domain.investors.models import Contact, Enterprise
from yipanqi.domain.ledger.services import entries
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor, Scope, home, require
from yipanqi.vocab.labels import Label, refuse_state_secrets


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """A contact as an officer writes one down."""

    name: str
    position: str = ""
    mobile: str = ""
    label: Label = Label.INTERNAL


class Incomplete(Exception):
    """A needed field is empty; the message names it."""


@transaction.atomic
def add(enterprise: Enterprise, facts: ContactFacts, *, by: Actor) -> Contact:
    """Add a contact, owned by the officer's unit."""
    require(by, "investors.register", doing="登记联系人")
    if not facts.name.strip():
        raise Incomplete("联系人姓名未填")
    refuse_state_secrets(facts.name, facts.position)
    contact = Contact.objects.create(
        enterprise=enterprise,
        name=facts.name.strip(),
        position=facts.position.strip(),
        mobile=facts.mobile.strip(),
        label=facts.label,
        unit_id=home(by),
        created_at=clock.now(),
    )
    event = events.ContactAdded(
        subject=f"investors/{enterprise.public_id}", contact=contact.public_id
    )
    entries.record(event, by=by, scope=Scope(by.unit_path, facts.label))
    return contact


@transaction.atomic
def reveal(contact: Contact, *, by: Actor) -> str:
    """The full telephone number; that it was looked at is written down first."""
    require(by, "investors.contact.reveal", doing="查看完整电话")
    event = events.ContactRevealed(
        subject=f"investors/{contact.enterprise.public_id}", contact=contact.public_id
    )
    entries.record(event, by=by, scope=Scope(contact.unit.path, Label(contact.label)))
    return contact.mobile
