"""A project goes with its lead when the matter is handed to another unit (流转)."""

from django.db import transaction

from yipanqi.domain.evidence.services import handing
from yipanqi.domain.leads.models import Lead
from yipanqi.domain.ledger.services import entries
from yipanqi.domain.places import queries as places
from yipanqi.domain.projects import events, queries
from yipanqi.domain.projects.models import Project
from yipanqi.domain.reviews.services import moving
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor


@transaction.atomic
def follow(lead: Lead, by: Actor) -> None:
    """The lead's project, if it has one, belongs to the lead's unit, with its files."""
    rows = Project.objects.select_for_update(of=("self",)).select_related("unit")
    project = rows.filter(lead=lead).first()
    if project is None or project.unit_id == lead.unit_id:
        return
    # The line stays with the giver; what comes after is the receiver's.
    event = events.ProjectHandedOver(
        subject=queries.subject(project), giver=project.unit.name, receiver=lead.unit.name
    )
    entries.record(event, by=by, scope=queries.scope(project))
    project.unit = lead.unit
    project.park = places.park(lead.unit.code) or project.park
    project.version += 1
    project.updated_at = clock.now()
    project.save(update_fields=["unit", "park", "version", "updated_at"])
    handing.hand_over(queries.subject(project), to=queries.scope(project), by=by)
    moving.stand_where(queries.subject(project), queries.scope(project), by=by)
