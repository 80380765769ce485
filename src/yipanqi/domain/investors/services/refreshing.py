"""Bringing an enterprise up to date from the registry: differences first, then what is chosen."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from yipanqi.domain.investors import events, kinds, queries
from yipanqi.domain.investors.models import Enterprise, FieldSource
from yipanqi.domain.investors.services.contacts import Incomplete
from yipanqi.domain.investors.services.registering import EnterpriseFacts
from yipanqi.domain.ledger.services import entries
from yipanqi.domain.people.spelling import initials
from yipanqi.vocab import clock, names
from yipanqi.vocab.actors import Actor, home, require

Value = str | date | None


@dataclass(frozen=True, slots=True)
class Difference:
    """A field the source tells otherwise."""

    field: str
    title: str
    ours: Value
    theirs: Value


class Outdated(Exception):
    """The record or the source changed since the differences were shown."""


def differences(enterprise: Enterprise, facts: EnterpriseFacts) -> Sequence[Difference]:
    """What the source tells otherwise. What it does not tell is no difference."""
    pairs = [
        Difference(field, title, getattr(enterprise, field), getattr(facts, field))
        for field, title in kinds.FIELDS.items()
    ]
    return [each for each in pairs if each.theirs and each.ours != each.theirs]


def mark(found: Sequence[Difference]) -> str:
    """A mark that changes when either side of any difference does."""
    told = repr([(each.field, each.ours, each.theirs) for each in found])
    return hashlib.sha256(told.encode()).hexdigest()[:16]


@transaction.atomic
def take(
    enterprise: Enterprise,
    facts: EnterpriseFacts,
    fields: Collection[str],
    *,
    shown: str,
    by: Actor,
) -> Sequence[Difference]:
    """Take the chosen fields, each with the source's name and as-of; what was taken.

    `shown` is the mark of the differences the officer saw. Raises Incomplete, Outdated; changes
    nothing then.
    """
    require(by, "investors.register", doing="更新企业信息")
    locked = Enterprise.objects.select_for_update().get(pk=enterprise.pk)
    found = differences(locked, facts)
    if mark(found) != shown:
        raise Outdated("企业信息或登记数据刚有变化，请对照新的差异再选")
    taken = [each for each in found if each.field in fields]
    if not taken:
        raise Incomplete("一项也没有选；请勾选要采用的字段")
    _refuse_taken_code(locked, taken)
    _save(locked, taken)
    _source(locked, taken, facts, by)
    event = events.FieldsTaken(
        subject=f"investors/{enterprise.public_id}",
        fields="、".join(each.title for each in taken),
        source=facts.source,
        as_of=facts.source_as_of.isoformat() if facts.source_as_of else None,
        changes={each.field: [_plain(each.ours), _plain(each.theirs)] for each in taken},
    )
    entries.record(event, by=by, scope=queries.common_scope(enterprise))
    return taken


def _refuse_taken_code(enterprise: Enterprise, taken: Sequence[Difference]) -> None:
    code = next((each.theirs for each in taken if each.field == "code"), None)
    if code and Enterprise.objects.filter(code=code).exclude(pk=enterprise.pk).exists():
        raise Incomplete(f"代码 {code} 已登记在另一份客商档案上；请先合并两份档案")


def _save(enterprise: Enterprise, taken: Sequence[Difference]) -> None:
    changed = [each.field for each in taken]
    for each in taken:
        setattr(enterprise, each.field, each.theirs)
    if "name" in changed:
        enterprise.name_key = names.key(enterprise.name)
        enterprise.initials = initials(enterprise.name)
        changed += ["name_key", "initials"]
    enterprise.save(update_fields=changed)


def _source(
    enterprise: Enterprise, taken: Sequence[Difference], facts: EnterpriseFacts, by: Actor
) -> None:
    for each in taken:
        FieldSource.objects.update_or_create(
            enterprise=enterprise,
            field=each.field,
            defaults={
                "source": facts.source[:200],
                "as_of": facts.source_as_of,
                "unit_id": home(by),
                "taken_at": clock.now(),
            },
        )


def _plain(value: Value) -> str | None:
    return value.isoformat() if isinstance(value, date) else value
