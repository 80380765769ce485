"""Noting what an enterprise is beyond its registration: functions, ties with Hunan, offers."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from yipanqi.domain.investors import events, kinds
from yipanqi.domain.investors.models import Enterprise, Trait
from yipanqi.domain.investors.services import owning
from yipanqi.domain.investors.services.contacts import Incomplete
from yipanqi.domain.ledger.services import entries
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor, home, require
from yipanqi.vocab.labels import Label, refuse_state_secrets


@dataclass(frozen=True, slots=True)
class TraitFacts:
    """A trait as an officer writes it down."""

    about: str
    kind: str
    source: str
    words: str = ""
    as_of: date | None = None
    label: Label = Label.INTERNAL


class AlreadyWithdrawn(Exception):
    """The note was taken back before."""


@transaction.atomic
def note(enterprise: Enterprise, facts: TraitFacts, *, by: Actor) -> Trait:
    """The note, owned by the officer's unit. Raises Incomplete, which names the field."""
    require(by, "investors.register", doing="登记企业特征")
    _check(facts)
    trait = Trait.objects.create(
        enterprise=enterprise,
        about=facts.about,
        kind=facts.kind,
        words=facts.words.strip(),
        source=facts.source.strip(),
        as_of=facts.as_of,
        label=facts.label,
        officer_id=by.id or None,
        unit_id=home(by),
        created_at=clock.now(),
    )
    about, what = _told(trait)
    event = events.TraitNoted(
        subject=owning.subject(trait), trait=trait.public_id, about=about, what=what
    )
    entries.record(event, by=by, scope=owning.scope(trait))
    return trait


@transaction.atomic
def withdraw(trait: Trait, *, because: str, by: Actor) -> None:
    """Take a note back; it stays on record. Raises Incomplete, NotAllowed, AlreadyWithdrawn."""
    owning.require_own(trait, by=by, doing="撤回企业特征")
    if not because.strip():
        raise Incomplete("请写明撤回原因，如“来源有误”")
    refuse_state_secrets(because)
    locked = Trait.objects.select_for_update().get(pk=trait.pk)
    if locked.withdrawn_on:
        raise AlreadyWithdrawn("这条记录已撤回，请刷新页面")
    locked.withdrawn_on, locked.withdrawn_because = clock.today(), because.strip()[:200]
    locked.save(update_fields=["withdrawn_on", "withdrawn_because"])
    about, what = _told(trait)
    event = events.TraitWithdrawn(
        subject=owning.subject(trait), trait=trait.public_id, about=about, what=what
    )
    entries.record(event, by=by, scope=owning.scope(trait))


def _told(trait: Trait) -> tuple[str, str]:
    return kinds.ABOUT[trait.about], kinds.TRAITS[trait.about][trait.kind]


def _check(facts: TraitFacts) -> None:
    refuse_state_secrets(facts.words, facts.source)
    known = kinds.TRAITS.get(facts.about)
    if known is None:
        raise Incomplete(f"类别未选；可选：{'、'.join(kinds.ABOUT.values())}")
    if facts.kind not in known:
        raise Incomplete(f"种类未选；{kinds.ABOUT[facts.about]}可选：{'、'.join(known.values())}")
    if not facts.source.strip():
        raise Incomplete("来源未填；请写明从哪里得知，如“企业官网”“拜访时介绍”")
    if facts.about == "offer" and not facts.words.strip():
        raise Incomplete("说明未填；请写明带来什么，如“院士团队 12 人，固态电池中试线”")
    if facts.as_of and facts.as_of > clock.today():
        raise Incomplete("来源日期不能晚于今天")
