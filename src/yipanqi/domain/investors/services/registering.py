"""Registering an enterprise once (纳入客商库)."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from yipanqi.domain.industries import queries as industries
from yipanqi.domain.investors import events, queries
from yipanqi.domain.investors.models import Enterprise, Membership
from yipanqi.domain.ledger.services import entries
from yipanqi.domain.people.spelling import initials
from yipanqi.vocab import clock, names
from yipanqi.vocab.actors import Actor, home, require
from yipanqi.vocab.labels import refuse_state_secrets


@dataclass(frozen=True, slots=True)
class EnterpriseFacts:
    """What is known of an enterprise, from where and as of when."""

    name: str
    source: str
    code: str | None = None
    country: str = "中国"
    city: str = ""
    address: str = ""
    registered_on: date | None = None
    capital_text: str = ""
    scope: str = ""
    existence: str = "unknown"
    last_sign_on: date | None = None
    source_as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A link an enterprise belongs to, and why."""

    chain: str
    link: str
    evidence: str = ""


class Nameless(Exception):
    """An enterprise cannot be registered without a name."""


class Misplaced(Exception):
    """The place's chain or link is not in the catalogue in force; the message names which."""


def register(
    facts: EnterpriseFacts, *, by: Actor, place: Place | None = None
) -> tuple[Enterprise, bool]:
    """Register the enterprise, or find the one already there; the bool tells whether it is new.

    Raises Nameless, Misplaced, NotAllowed, or labels.StateSecret; changes nothing then.
    """
    require(by, "investors.register", doing="登记客商")
    if not names.key(facts.name):
        raise Nameless("企业名称未填；请填写营业执照上的全称")
    if place and (fault := industries.misplaced(place.chain, place.link)):
        raise Misplaced(fault)
    refuse_state_secrets(facts.name, facts.scope, facts.address, facts.source)
    try:
        return _register(facts, by, place)
    except IntegrityError:
        # Another officer registered the same code a moment ago: theirs is the one.
        return _register(facts, by, place)


@transaction.atomic
def _register(facts: EnterpriseFacts, by: Actor, place: Place | None) -> tuple[Enterprise, bool]:
    enterprise = queries.same(facts.code, facts.name)
    is_new = enterprise is None
    if enterprise is None:
        enterprise = _created(facts, by)
    if place:
        _place(enterprise, place, by)
    return enterprise, is_new


def _created(facts: EnterpriseFacts, by: Actor) -> Enterprise:
    enterprise = Enterprise.objects.create(
        code=facts.code or None,
        name=facts.name.strip(),
        name_key=names.key(facts.name),
        initials=initials(facts.name),
        country=facts.country,
        city=facts.city,
        address=facts.address,
        registered_on=facts.registered_on,
        capital_text=facts.capital_text,
        scope=facts.scope,
        existence=facts.existence,
        last_sign_on=facts.last_sign_on,
        source=facts.source,
        source_as_of=facts.source_as_of,
        registered_by_unit_id=home(by),
        created_at=clock.now(),
    )
    event = events.EnterpriseRegistered(
        subject=f"investors/{enterprise.public_id}", code=enterprise.code, source=facts.source
    )
    entries.record(event, by=by, scope=queries.common_scope(enterprise))
    return enterprise


def _place(enterprise: Enterprise, place: Place, by: Actor) -> None:
    _, is_new = Membership.objects.get_or_create(
        enterprise=enterprise,
        link=place.link,
        defaults={"chain": place.chain, "evidence": place.evidence},
    )
    if is_new:
        event = events.MembershipNoted(
            subject=f"investors/{enterprise.public_id}", chain=place.chain, link=place.link
        )
        entries.record(event, by=by, scope=queries.common_scope(enterprise))
