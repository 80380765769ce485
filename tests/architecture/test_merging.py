"""Merging two records of an enterprise forgets nothing: what points to one is declared to move."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import UniqueConstraint
from tests.architecture.house import rooms_top_down

from yipanqi.vocab.relations import Pointer, Relation

# Columns that hold a reference as text, by name; a new one is to be declared or explained here.
_BY_NAME = {"subject", "stream", "enterprise_id", "investor", "enterprise_public_id"}
_NOT_ENTERPRISES = {
    "intake.BatchRow.subject": "it tells which record the row made, and its line in that stream",
    "ledger.Entry.stream": "lines are never rewritten: the old record's stays its own",
    "ledger.SealedRange.stream": "lines are never rewritten: the old record's stays its own",
    "projects.Certificate.subject": "what proves a fact of a project: a review, an agreement",
    "reviews.Review.investor": "the name as it stood in the dossier that was reviewed",
    "reviews.Review.subject": "a review is of a project",
}


def pointers() -> Iterator[str]:
    """Every column that points to an enterprise, as "room.Model.column"."""
    from yipanqi.domain.investors.models import Enterprise  # noqa: PLC0415 -- once Django is set up

    rooms = rooms_top_down()
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label not in rooms:
            continue
        for field in model._meta.get_fields():
            if field.auto_created or not field.concrete:
                continue
            if field.related_model is Enterprise or _names_one(field):
                yield f"{model._meta.label}.{field.name}"


def _names_one(field: "models.Field[Any, Any]") -> bool:
    return isinstance(field, models.CharField) and field.name in _BY_NAME


def faults(relations: Iterable[Relation]) -> Iterator[str]:
    """What is not declared, and what is declared wrongly, with the remedy."""
    declared = {each.name: each for each in relations}
    for name in sorted(set(pointers()) - set(declared) - set(_NOT_ENTERPRISES)):
        yield (
            f"{name} points to an enterprise and is not declared for merging: add a "
            "vocab.relations.Relation to OF_ENTERPRISES in the room's queries.py, and the room to "
            "roof/merging.py; or, where it never names an enterprise, say why in this test"
        )
    for name, relation in declared.items():
        yield from _misdeclared(name, relation)


def _misdeclared(name: str, relation: Relation) -> Iterator[str]:
    model = apps.get_model(relation.model)
    column = model._meta.get_field(relation.column)
    is_key = column.is_relation
    if is_key != (relation.pointer is Pointer.KEY):
        yield f"{name}: the pointer is declared as {relation.pointer}"
    if relation.stays_because:
        return
    if column.many_to_many or getattr(column, "unique", False) or model._meta.unique_together:
        yield f"{name}: merging knows foreign keys and named unique constraints only"
    met = {
        each.name
        for each in model._meta.constraints
        if isinstance(each, UniqueConstraint) and relation.column in each.fields
    }
    if met != set(relation.clashes):
        yield f"{name}: unique constraints {sorted(met)}, answered {sorted(relation.clashes)}"
    for clash in relation.clashes.values():
        if clash.ends:
            model._meta.get_field(clash.ends)
    if relation.sight is not None:
        paths = (relation.sight.path, relation.sight.label, relation.sight.chain)
        model.objects.values(*paths).query.sql_with_params()


def listed() -> tuple[Relation, ...]:
    from yipanqi.roof.merging import RELATIONS  # noqa: PLC0415 -- once Django is set up

    return RELATIONS


def test_every_pointer_to_an_enterprise_is_declared_for_merging() -> None:
    assert list(faults(listed())) == []


def test_no_relation_is_listed_twice() -> None:
    names = [each.name for each in listed()]

    assert sorted(set(names)) == sorted(names)


def test_the_guard_sees_a_relation_nobody_declared() -> None:
    without = [each for each in listed() if each.name != "leads.Claim.enterprise"]

    assert any("leads.Claim.enterprise points to" in fault for fault in faults(without))


def test_the_guard_sees_a_unique_constraint_nobody_answered() -> None:
    bare = Relation("leads.Claim", "enterprise", "首报")
    others = [each for each in listed() if each.name != bare.name]

    assert any("one_holder" in fault for fault in faults([*others, bare]))
