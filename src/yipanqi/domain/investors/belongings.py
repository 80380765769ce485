"""Reading what belongs to an enterprise by the relations the rooms declare, whoever may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet, UniqueConstraint

from yipanqi.domain.investors.models import Enterprise
from yipanqi.domain.people import queries as people
from yipanqi.vocab.actors import Actor
from yipanqi.vocab.relations import Clash, Outcome, Pointer, Relation

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Belonging:
    """The rows of one relation by key: those to move, and of the clashing ones what they meet.

    `ending` are among `moving`; `barred` are the clashes that forbid the merging.
    """

    relation: Relation
    moving: tuple[int, ...]
    staying: tuple[int, ...]
    ending: tuple[tuple[str, tuple[int, ...]], ...]
    barred: tuple[tuple[Clash, tuple[int, ...]], ...]


def rows(relation: Relation) -> QuerySet[Any]:
    """Every row of the relation's model: for merging, not for showing."""
    return QuerySet(model=model(relation))


def model(relation: Relation) -> type[Model]:
    """The model the relation names."""
    return apps.get_model(relation.model)


def value(relation: Relation, enterprise: Enterprise) -> object:
    """What the relation's column holds on rows of this enterprise."""
    if relation.pointer is Pointer.SUBJECT:
        return f"investors/{enterprise.public_id}"
    return enterprise.pk


def of(enterprise: Enterprise, relation: Relation) -> QuerySet[Any]:
    """The relation's rows of one enterprise, by key."""
    return rows(relation).filter(**{relation.column: value(relation, enterprise)}).order_by("pk")


def read(relation: Relation, kept: Enterprise, absorbed: Enterprise) -> Belonging:
    """What merging would do with the absorbed record's rows of this relation."""
    every = tuple(of(absorbed, relation).values_list("pk", flat=True))
    if relation.stays_because:
        return Belonging(relation, (), every, (), ())
    met = [
        (relation.clashes[constraint.name], _clashing(relation, constraint, kept, absorbed))
        for constraint in constraints(relation)
    ]
    staying = _with(Outcome.STAYS, met)
    left = {key for _, keys in staying for key in keys}
    return Belonging(
        relation,
        moving=tuple(key for key in every if key not in left),
        staying=tuple(key for key in every if key in left),
        ending=tuple((clash.ends, keys) for clash, keys in _with(Outcome.ENDS, met)),
        barred=tuple(_with(Outcome.REFUSED, met)),
    )


def constraints(relation: Relation) -> list[UniqueConstraint]:
    """The unique constraints of the model that the relation's column is part of."""
    return [
        each
        for each in model(relation)._meta.constraints  # noqa: SLF001 -- the documented API
        if isinstance(each, UniqueConstraint) and relation.column in each.fields
    ]


def seen(relation: Relation, keys: Iterable[int], *, seen_by: Actor) -> QuerySet[Any]:
    """Those of the rows that this person may see."""
    found = rows(relation).filter(pk__in=list(keys)).order_by("pk")
    sight = relation.sight
    if sight is None:
        return found
    return found.filter(
        people.visible(seen_by, path=sight.path, label=sight.label, chain=sight.chain)
    )


def named(relation: Relation, keys: Iterable[int], *, seen_by: Actor) -> str:
    """The first of the rows this person may see, in words; "" where there is none."""
    found = seen(relation, keys, seen_by=seen_by)[:_NAMED] if relation.naming else []
    return "、".join(str(attrgetter(relation.naming)(row)) for row in found)


def _with(
    outcome: Outcome, met: Iterable[tuple[Clash, tuple[int, ...]]]
) -> list[tuple[Clash, tuple[int, ...]]]:
    return [(clash, keys) for clash, keys in met if keys and clash.outcome is outcome]


def _clashing(
    relation: Relation, constraint: UniqueConstraint, kept: Enterprise, absorbed: Enterprise
) -> tuple[int, ...]:
    others = [each for each in constraint.fields if each != relation.column]
    under = [] if constraint.condition is None else [constraint.condition]
    ours = set(of(kept, relation).filter(*under).values_list(*others))
    theirs = of(absorbed, relation).filter(*under).values_list("pk", *others)
    # Two unknowns are not alike to the database either.
    return tuple(key for key, *rest in theirs if tuple(rest) in ours and None not in rest)
