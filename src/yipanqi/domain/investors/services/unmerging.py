"""Undoing a merging: every row goes back, or the refusal says what has happened since."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Field

from yipanqi.domain.investors import belongings, events, kinds, queries
from yipanqi.domain.investors.models import Enterprise, FieldSource, Merging
from yipanqi.domain.investors.services.contacts import Incomplete
from yipanqi.domain.investors.services.merging import save_changed
from yipanqi.domain.ledger.services import entries
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor, require
from yipanqi.vocab.labels import refuse_state_secrets
from yipanqi.vocab.relations import Relation

Kept = Mapping[str, Relation]
_TORN = "撤销会使两者分属两家企业，请保留合并"


class Irreversible(Exception):
    """Something since the merging stands against undoing it; the message lists what."""


def obstacles(merging: Merging, relations: Sequence[Relation]) -> list[str]:
    """What stands against undoing, in words; nothing where it can be undone."""
    if merging.undone_at is not None:
        return ["这次合并已经撤销"]
    if merging.kept.merged_into_id is not None:
        return ["存续的档案后来又并入了另一份；请先撤销那一次合并"]
    known = {each.name: each for each in relations}
    return [
        *_changed_fields(merging),
        *_changed_rows(merging, known),
        *_grown_since(merging, known),
    ]


@transaction.atomic
def undo(merging: Merging, relations: Sequence[Relation], *, because: str, by: Actor) -> Enterprise:
    """Make two records of one again and give back the one restored.

    Raises NotAllowed, Incomplete, StateSecret or Irreversible; changes nothing then.
    """
    require(by, "investors.merge", doing="撤销档案合并")
    if not because.strip():
        raise Incomplete("撤销原因未填；请写明为何不是同一家企业")
    refuse_state_secrets(because)
    locked = _locked(merging)
    if told := obstacles(locked, relations):
        raise Irreversible("；".join(told))
    try:
        with transaction.atomic():
            _restore(locked, {each.name: each for each in relations})
    except IntegrityError as fault:
        raise Irreversible("合并后登记了与原档案相冲突的记录，不能撤销；请保留合并") from fault
    locked.undone_by_id, locked.undone_at = by.id or None, clock.now()
    locked.undone_because = because.strip()[:200]
    locked.save(update_fields=["undone_by", "undone_at", "undone_because"])
    _record(locked, by)
    return locked.absorbed


def _locked(merging: Merging) -> Merging:
    pair = Enterprise.objects.filter(pk__in=(merging.kept_id, merging.absorbed_id))
    rows = {row.pk: row for row in pair.order_by("pk").select_for_update()}
    locked = Merging.objects.select_for_update().get(pk=merging.pk)
    locked.kept, locked.absorbed = rows[locked.kept_id], rows[locked.absorbed_id]
    return locked


def _changed_fields(merging: Merging) -> Iterator[str]:
    sources = dict(
        FieldSource.objects.filter(enterprise=merging.kept).values_list("field", "taken_at")
    )
    for field, told in merging.fields.items():
        now = getattr(merging.kept, field)
        if now != _value(field, told["after"]) or sources.get(field) != merging.merged_at:
            title = kinds.FIELDS.get(field, "国别地区")
            yield f"“{title}”在合并后又改过；撤销会丢掉新值，请保留合并"


def _changed_rows(merging: Merging, known: Kept) -> Iterator[str]:
    for name, keys in merging.moved.items():
        relation = known.get(name)
        if relation is None:
            yield f"记录类别 {name} 已不在本系统中；请联系系统管理员"
            continue
        there = belongings.of(merging.kept, relation).filter(pk__in=keys).count()
        if there != len(keys):
            yield f"随合并转来的{relation.title}有 {len(keys) - there} 条已删除或已转走"
    for name, endings in merging.ended.items():
        for column, keys, day in endings:
            same = belongings.rows(known[name]).filter(**{"pk__in": keys, column: day})
            if same.count() != len(keys):
                yield f"随合并了结的{known[name].title}后来又改过"


def _grown_since(merging: Merging, known: Kept) -> Iterator[str]:
    """Rows made since on the survivor that hang on rows to go back, or on which those hang."""
    keyed = {each.model: each for each in known.values() if each.pointer == "key"}
    for relation in keyed.values():
        moved = merging.moved.get(relation.name, [])
        own = belongings.of(merging.kept, relation)
        for column, other in _between(relation, keyed):
            gone = merging.moved.get(other.name, [])
            since = own.filter(**{f"{column}__in": gone}).exclude(pk__in=moved).count()
            fresh = belongings.of(merging.kept, other).exclude(pk__in=gone)
            lost = own.filter(pk__in=moved, **{f"{column}__in": fresh.values("pk")}).count()
            if since:
                yield f"合并后由转来的{other.title}新建了{relation.title} {since} 条，{_TORN}"
            if lost:
                yield f"合并后为转来的{relation.title}新建了{other.title} {lost} 条，{_TORN}"


def _between(relation: Relation, keyed: Kept) -> Iterator[tuple[str, Relation]]:
    """The columns by which rows of the relation's model hang on rows of another's."""
    fields: Sequence[Field[Any, Any]] = belongings.model(relation)._meta.concrete_fields  # noqa: SLF001
    for field in fields:
        if field.is_relation and field.related_model is not belongings.model(relation):
            other = keyed.get(field.related_model._meta.label)  # type: ignore[union-attr]  # noqa: SLF001
            if other is not None:
                yield field.name, other


def _restore(merging: Merging, known: Kept) -> None:
    kept, absorbed = merging.kept, merging.absorbed
    for name, keys in merging.moved.items():
        relation = known[name]
        belongings.rows(relation).filter(pk__in=keys).update(
            **{relation.column: belongings.value(relation, absorbed)}
        )
    for name, endings in merging.ended.items():
        for column, keys, _day in endings:
            belongings.rows(known[name]).filter(pk__in=keys).update(**{column: None})
    for field, told in merging.fields.items():
        setattr(kept, field, _value(field, told["before"]))
        _restore_origin(kept, field, told["origin"])
    save_changed(kept, list(merging.fields))
    absorbed.code, absorbed.merged_into = merging.absorbed_code or None, None
    absorbed.save(update_fields=["code", "merged_into"])


def _restore_origin(kept: Enterprise, field: str, before: Mapping[str, Any] | None) -> None:
    rows = FieldSource.objects.filter(enterprise=kept, field=field)
    if before is None:
        rows.delete()
    else:
        rows.update(**{**before, "taken_at": datetime.fromisoformat(before["taken_at"])})


def _value(field: str, told: str | None) -> Any:
    column = Enterprise._meta.get_field(field)  # noqa: SLF001 -- the documented API
    assert isinstance(column, Field)
    return column.to_python(told)


def _record(merging: Merging, by: Actor) -> None:
    pairs = [
        (
            events.MergingUndone(
                subject=f"investors/{each.public_id}",
                merging=merging.public_id,
                kept=merging.kept.public_id,
                absorbed=merging.absorbed.public_id,
            ),
            queries.common_scope(each),
        )
        for each in (merging.kept, merging.absorbed)
    ]
    entries.record_many(pairs, by=by)
