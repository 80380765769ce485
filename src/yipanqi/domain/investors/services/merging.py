"""Merging two records of one enterprise: first what would happen, then all of it at once.

The rows that move are those of the relations given; the roof lists what every room declares.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from yipanqi.domain.investors import belongings, events, kinds, queries
from yipanqi.domain.investors.belongings import Belonging
from yipanqi.domain.investors.models import Enterprise, FieldSource, Merging
from yipanqi.domain.investors.services.contacts import Incomplete
from yipanqi.domain.investors.services.refreshing import Outdated
from yipanqi.domain.ledger.services import entries
from yipanqi.domain.people.spelling import initials
from yipanqi.vocab import clock, names
from yipanqi.vocab.actors import Actor, home, require
from yipanqi.vocab.labels import refuse_state_secrets
from yipanqi.vocab.relations import Relation

# Length of a unified credit code (GB 32100-2015): two whole ones that differ are two firms.
_WHOLE_CODE = 18
_FIELDS = {**kinds.FIELDS, "country": "国别地区"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A field the two records tell otherwise; `fills` where the surviving one has nothing."""

    field: str
    title: str
    ours: str | date | None
    theirs: str | date | None

    @property
    def fills(self) -> bool:
        """Whether the absorbed record's value fills a gap."""
        return not self.ours or self.ours == "unknown"


@dataclass(frozen=True, slots=True)
class Part:
    """How many rows of a relation this person may see: moving, staying behind, ended."""

    title: str
    moving: int
    staying: int
    ending: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What merging would do. `mark` changes when either record or its rows do."""

    choices: Sequence[Choice]
    parts: Sequence[Part]
    obstacles: Sequence[str]
    mark: str


@dataclass(frozen=True, slots=True)
class Decision:
    """The fields to take from the absorbed record, why the two are one, the preview's mark."""

    fields: frozenset[str]
    because: str
    shown: str


class Obstructed(Exception):
    """Something must be settled before the records can be merged; the message lists what."""


def preview(
    kept: Enterprise, absorbed: Enterprise, relations: Sequence[Relation], *, seen_by: Actor
) -> Preview:
    """What merging the second record into the first would do; saves nothing."""
    require(seen_by, "investors.merge", doing="合并客商档案")
    found = _belongings(kept, absorbed, relations)
    return Preview(
        choices=choices(kept, absorbed),
        parts=[part for each in found if (part := _part(each, seen_by))],
        obstacles=_obstacles(kept, absorbed, found, seen_by),
        mark=_mark(kept, absorbed, found),
    )


def choices(kept: Enterprise, absorbed: Enterprise) -> list[Choice]:
    """The fields the absorbed record tells otherwise. What it does not tell is no choice."""
    pairs = [
        Choice(field, title, getattr(kept, field), getattr(absorbed, field))
        for field, title in _FIELDS.items()
    ]
    told = [each for each in pairs if each.theirs and each.theirs != "unknown"]
    return [each for each in told if each.ours != each.theirs]


@transaction.atomic
def merge(
    kept: Enterprise,
    absorbed: Enterprise,
    decision: Decision,
    relations: Sequence[Relation],
    *,
    by: Actor,
) -> Merging:
    """Make the second record part of the first: its rows move, its address leads on.

    Raises NotAllowed, Incomplete, Obstructed, Outdated or StateSecret; changes nothing then.
    """
    require(by, "investors.merge", doing="合并客商档案")
    if not decision.because.strip():
        raise Incomplete("合并原因未填；请写明凭什么认定是同一家企业，如“统一社会信用代码相同”")
    refuse_state_secrets(decision.because)
    kept, absorbed = _locked(kept, absorbed)
    found = _belongings(kept, absorbed, relations)
    if obstacles := _obstacles(kept, absorbed, found, by):
        raise Obstructed("；".join(obstacles))
    if _mark(kept, absorbed, found) != decision.shown:
        raise Outdated("两份档案刚有变化，请对照新的预览再合并")
    taken = [each for each in choices(kept, absorbed) if each.field in decision.fields]
    merging = Merging(
        kept=kept, absorbed=absorbed, absorbed_code=absorbed.code or "",
        because=decision.because.strip()[:200],
        merged_by_id=by.id or None, unit_id=home(by), merged_at=clock.now(),
    )  # fmt: skip
    merging.fields = _take(merging, taken)
    merging.moved = {each.relation.name: move(each, kept) for each in found if each.moving}
    merging.ended = {each.relation.name: ended(each) for each in found if each.ending}
    merging.save()
    _record(merging, taken, by)
    return merging


def save_changed(kept: Enterprise, changed: Sequence[str]) -> None:
    """Save the fields that changed, and with the name what it is found by."""
    found_by = []
    if "name" in changed:
        kept.name_key, kept.initials = names.key(kept.name), initials(kept.name)
        found_by = ["name_key", "initials"]
    kept.save(update_fields=[*changed, *found_by])


def _locked(kept: Enterprise, absorbed: Enterprise) -> tuple[Enterprise, Enterprise]:
    """Both records, locked in one order so that two officers cannot wait for each other."""
    wanted = Enterprise.objects.filter(pk__in=(kept.pk, absorbed.pk)).order_by("pk")
    rows = {row.pk: row for row in wanted.select_for_update()}
    pair = rows[kept.pk], rows[absorbed.pk]
    if any(each.merged_into_id is not None for each in pair):
        raise Outdated("其中一份档案刚被并入别的档案，请重新查找")
    return pair


def _belongings(
    kept: Enterprise, absorbed: Enterprise, relations: Sequence[Relation]
) -> list[Belonging]:
    return [belongings.read(each, kept, absorbed) for each in relations]


def _part(found: Belonging, seen_by: Actor) -> Part | None:
    relation = found.relation
    if relation.stays_because:
        return None

    def count(keys: Sequence[int]) -> int:
        return belongings.seen(relation, keys, seen_by=seen_by).count() if keys else 0

    ending = [key for _, keys in found.ending for key in keys]
    part = Part(relation.title, count(found.moving), count(found.staying), count(ending))
    return part if part.moving or part.staying else None


def _obstacles(
    kept: Enterprise, absorbed: Enterprise, found: Sequence[Belonging], seen_by: Actor
) -> list[str]:
    told = [
        _barred(each.relation, clash.remedy, keys, seen_by)
        for each in found
        for clash, keys in each.barred
    ]
    codes = {each.code for each in (kept, absorbed) if each.code}
    if kept.pk == absorbed.pk:
        told.append("选中的是同一份档案；请选另一份")
    elif len(codes) > 1 and all(len(code) == _WHOLE_CODE for code in codes):
        told.append(
            "两份档案的统一社会信用代码都是 18 位且不相同，是两家企业；"
            "若有一份代码录错，请先用“对照登记数据”更正"
        )
    return told


def _barred(relation: Relation, remedy: str, keys: Sequence[int], seen_by: Actor) -> str:
    said = belongings.named(relation, keys, seen_by=seen_by)
    which = f"“{said}”" if said else "（其中有您无权查看的记录，请联系招商主管部门的裁定员）"
    return f"{relation.title}{which}：{remedy}"


def _mark(kept: Enterprise, absorbed: Enterprise, found: Sequence[Belonging]) -> str:
    told = repr(
        (
            kept.pk,
            absorbed.pk,
            [(each.field, each.ours, each.theirs) for each in choices(kept, absorbed)],
            [(each.relation.name, each.moving, each.staying, each.ending) for each in found],
        )
    )
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _take(merging: Merging, taken: Sequence[Choice]) -> dict[str, object]:
    """Write the values taken into the survivor, with their sources; what was there before."""
    kept, absorbed = merging.kept, merging.absorbed
    origins = {row.field: row for row in FieldSource.objects.filter(enterprise=absorbed)}
    kept_of_each = {each.field: _origin(kept, each.field) for each in taken}
    absorbed.code, absorbed.merged_into = None, kept
    absorbed.save(update_fields=["code", "merged_into"])
    for each in taken:
        setattr(kept, each.field, each.theirs)
        _source(merging, each.field, origins.get(each.field))
    save_changed(kept, [each.field for each in taken])
    return {
        each.field: {
            "before": _plain(each.ours),
            "after": _plain(each.theirs),
            "origin": kept_of_each[each.field],
        }
        for each in taken
    }


def _origin(kept: Enterprise, field: str) -> dict[str, object] | None:
    row = FieldSource.objects.filter(enterprise=kept, field=field).first()
    if row is None:
        return None
    return {
        "source": row.source,
        "as_of": row.as_of and row.as_of.isoformat(),
        "unit_id": row.unit_id,
        "taken_at": row.taken_at.isoformat(),
    }


def _source(merging: Merging, field: str, own: FieldSource | None) -> None:
    """The value's source: the absorbed record's for that field, else for the whole record."""
    told = own or merging.absorbed
    FieldSource.objects.update_or_create(
        enterprise=merging.kept,
        field=field,
        defaults={
            "source": told.source,
            "as_of": own.as_of if own else merging.absorbed.source_as_of,
            "unit_id": merging.unit_id,
            "taken_at": merging.merged_at,
        },
    )


def move(found: Belonging, kept: Enterprise) -> list[int]:
    """Move the rows to the record kept, those to be ended first; the keys of the rows moved."""
    relation = found.relation
    ours = belongings.rows(relation).filter(pk__in=found.moving)
    # What would meet a row of the survivor's is ended first, or the move would break the rule.
    for column, keys in found.ending:
        belongings.rows(relation).filter(pk__in=keys).update(**{column: clock.today()})
    ours.update(**{relation.column: belongings.value(relation, kept)})
    return list(found.moving)


def ended(found: Belonging) -> list[list[object]]:
    """What `move` ended: column, keys and day, as a merging keeps them."""
    return [[column, list(keys), clock.today().isoformat()] for column, keys in found.ending]


def _plain(value: str | date | None) -> str | None:
    return value.isoformat() if isinstance(value, date) else value


def _record(merging: Merging, taken: Sequence[Choice], by: Actor) -> None:
    kept, absorbed = merging.kept, merging.absorbed
    merged = events.EnterprisesMerged(
        subject=f"investors/{kept.public_id}",
        merging=merging.public_id,
        absorbed=absorbed.public_id,
        fields="、".join(each.title for each in taken) or "无",
        moved={name: len(keys) for name, keys in sorted(merging.moved.items())},
    )
    gone = events.EnterpriseAbsorbed(
        subject=f"investors/{absorbed.public_id}",
        merging=merging.public_id,
        kept=kept.public_id,
    )
    pairs = [
        (merged, queries.common_scope(kept)),
        (gone, queries.common_scope(absorbed)),
    ]
    entries.record_many(pairs, by=by)
