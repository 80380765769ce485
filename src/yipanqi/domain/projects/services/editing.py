"""Changing what is known of a project, without losing anyone's change or a passed gate."""

from collections.abc import Mapping

from django.db import transaction

from yipanqi.domain.evidence.services import handing
from yipanqi.domain.ledger.events import Plain
from yipanqi.domain.ledger.services import entries
from yipanqi.domain.people.models import Officer
from yipanqi.domain.people.spelling import initials
from yipanqi.domain.places.models import Park
from yipanqi.domain.projects import events, life, queries
from yipanqi.domain.projects.fields import FIELDS
from yipanqi.domain.projects.models import Project
from yipanqi.domain.projects.services import passed
from yipanqi.domain.projects.services.checking import Unclear, Value, check, check_together, cleaned
from yipanqi.domain.projects.services.passed import GateEmptied
from yipanqi.domain.reviews.services import moving
from yipanqi.vocab import clock, names
from yipanqi.vocab.actors import Actor, require

__all__ = ["FIELDS", "GateEmptied", "StaleEdit", "Unclear", "Value", "edit"]


class StaleEdit(Exception):
    """Somebody changed the project meanwhile; `current` holds their values of one's own fields."""

    def __init__(self, project: Project, current: Mapping[str, Value]) -> None:
        super().__init__("您打开之后，项目已被他人修改；请对照后再保存")
        self.project = project
        self.current = current


@transaction.atomic
def edit(project: Project, changes: Mapping[str, Value], *, expecting: int, by: Actor) -> None:
    """Apply the changes when the project is still at version `expecting`; else change nothing.

    Raises NotAllowed, StaleEdit, Unclear, GateEmptied or StateSecret.
    """
    require(by, "projects.edit", doing="修改项目")
    project.refresh_from_db(from_queryset=Project.objects.select_for_update())
    life.refuse_ended(project)
    differing = _differing(project, changes)
    if project.version != expecting and differing:
        raise StaleEdit(project, {name: getattr(project, name) for name in differing})
    if not differing:
        return
    for name, value in differing.items():
        check(name, value)
    held = passed.unmet_behind(project)
    before = {name: _told(getattr(project, name)) for name in differing}
    for name, value in differing.items():
        setattr(project, name, value)
    check_together(project, differing)
    passed.refuse_emptied(project, held)
    _save(project, differing)
    event = events.ProjectEdited(
        subject=queries.subject(project),
        fields="、".join(FIELDS[name] for name in differing),
        before=before,
        after={name: _told(value) for name, value in differing.items()},
    )
    entries.record(event, by=by, scope=queries.scope(project))
    if "label" in differing:
        handing.relabel(queries.subject(project), to=queries.scope(project), by=by)
        moving.stand_where(queries.subject(project), queries.scope(project), by=by)


def _differing(project: Project, changes: Mapping[str, Value]) -> dict[str, Value]:
    for name in changes:
        if name not in FIELDS:
            raise Unclear(name, f"“{name}”不是可以修改的字段")
    return {
        name: value for name, value in cleaned(changes).items() if getattr(project, name) != value
    }


def _save(project: Project, changed: Mapping[str, Value]) -> None:
    columns = [*changed, "version", "updated_at"]
    if "name" in changed:
        project.name_key, project.initials = names.key(project.name), initials(project.name)
        columns += ["name_key", "initials"]
    project.version += 1
    project.updated_at = clock.now()
    project.save(update_fields=columns)


def _told(value: Value) -> Plain:
    """A value as the ledger keeps it: people and parks by reference only."""
    if isinstance(value, Officer):
        return f"officer:{value.pk}"
    if isinstance(value, Park):
        return value.unit.code
    if value is None or isinstance(value, bool | int):
        return value
    return str(value)
