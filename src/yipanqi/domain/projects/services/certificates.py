"""Facts flow down by deposit: rooms and screens above leave them here, and gates read them."""

from django.db import transaction

from yipanqi.domain.ledger.services import entries
from yipanqi.domain.projects import events, queries
from yipanqi.domain.projects.certified import Certificate
from yipanqi.domain.projects.models import Project
from yipanqi.domain.projects.services import passed
from yipanqi.rulebook.gates import Requirement
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor
from yipanqi.vocab.facts import PROJECT_FACTS

Value = bool | str | int


class NoSuchFactError(LookupError):
    """The fact is none that sheets may ask of a project, or not of that type."""


@transaction.atomic
def deposit(project: Project, fact: str, value: Value, *, subject: str, by: Actor) -> None:
    """The fact stands at this value, proved by the subject; the same again changes nothing.

    Raises NoSuchFactError, or passed.GateEmptied where a passed gate would lose its ground.
    """
    if fact not in PROJECT_FACTS or not isinstance(value, PROJECT_FACTS[fact].type):
        raise NoSuchFactError(f"{fact} = {value!r}")
    _lock(project)
    standing = _standing(project, fact)
    if standing and (standing.value, standing.subject) == (value, subject):
        return
    held = passed.unmet_behind(project)
    if standing:
        _end(standing)
    Certificate.objects.create(
        project=project,
        fact=fact,
        value=value,
        subject=subject,
        deposited_at=clock.now(),
        deposited_by_id=by.id or None,
    )
    _settle(project, {**project.certified, fact: value}, held)
    event = events.FactDeposited(
        subject=queries.subject(project),
        fact=PROJECT_FACTS[fact].label,
        value=_told(value),
        ground=subject,
    )
    entries.record(event, by=by, scope=queries.scope(project))


@transaction.atomic
def withdraw(project: Project, fact: str, *, by: Actor) -> None:
    """The fact is not known any more; what is not deposited is withdrawn already.

    Raises passed.GateEmptied where a passed gate would lose its ground.
    """
    _lock(project)
    standing = _standing(project, fact)
    if standing is None:
        return
    held = passed.unmet_behind(project)
    _end(standing)
    left = {key: value for key, value in project.certified.items() if key != fact}
    _settle(project, left, held)
    event = events.FactWithdrawn(
        subject=queries.subject(project), fact=PROJECT_FACTS[fact].label, ground=standing.subject
    )
    entries.record(event, by=by, scope=queries.scope(project))


def _lock(project: Project) -> None:
    rows = Project.objects.select_for_update(of=("self",))
    project.refresh_from_db(from_queryset=rows)


def _standing(project: Project, fact: str) -> Certificate | None:
    return Certificate.objects.filter(project=project, fact=fact, withdrawn_at=None).first()


def _end(certificate: Certificate) -> None:
    certificate.withdrawn_at = clock.now()
    certificate.save(update_fields=["withdrawn_at"])


def _settle(project: Project, certified: dict[str, Value], held: tuple[Requirement, ...]) -> None:
    project.certified = certified
    passed.refuse_emptied(project, held)
    # Not a change of the record an editor has open: the version stays.
    project.updated_at = clock.now()
    project.save(update_fields=["certified", "updated_at"])


def _told(value: Value) -> str:
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else str(value)
