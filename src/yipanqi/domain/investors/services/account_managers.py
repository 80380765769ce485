"""Naming who answers for an enterprise in a unit (客户经理), and handing over."""

from django.db import transaction

from yipanqi.domain.investors import events
from yipanqi.domain.investors.models import AccountManager, Enterprise
from yipanqi.domain.investors.services import owning
from yipanqi.domain.investors.services.contacts import Incomplete
from yipanqi.domain.ledger.events import Event
from yipanqi.domain.ledger.services import entries
from yipanqi.domain.people.models import Officer
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor, home, require
from yipanqi.vocab.labels import refuse_state_secrets


@transaction.atomic
def appoint(
    enterprise: Enterprise, officer: Officer, *, by: Actor, because: str = ""
) -> AccountManager:
    """The officer answers for the enterprise in the actor's unit from today; the one before ends.

    Naming the same officer again changes nothing. A hand-over needs words. Raises Incomplete.
    """
    require(by, "investors.register", doing="指定客户经理")
    if officer.unit_id != home(by) or not officer.is_active:
        raise Incomplete("客户经理应是本单位在职人员，请重新选择")
    refuse_state_secrets(because)
    Enterprise.objects.select_for_update().get(pk=enterprise.pk)
    current = AccountManager.objects.filter(
        enterprise=enterprise, unit_id=home(by), until=None
    ).first()
    if current is not None and current.officer_id == officer.pk:
        return current
    if current is not None:
        _end(current, because)
    made = AccountManager.objects.create(
        enterprise=enterprise,
        officer=officer,
        unit_id=home(by),
        since=clock.today(),
        because=because.strip()[:200],
        created_at=clock.now(),
    )
    _record(made, current, by)
    return made


def _end(current: AccountManager, because: str) -> None:
    if not because.strip():
        raise Incomplete("已有客户经理，交接请写明原因和未了事项")
    current.until = clock.today()
    current.save(update_fields=["until"])


def _record(made: AccountManager, before: AccountManager | None, by: Actor) -> None:
    subject, manager = owning.subject(made), str(made.officer.public_id)
    event: Event = (
        events.ManagerHandedOver(
            subject=subject, before=str(before.officer.public_id), manager=manager
        )
        if before
        else events.ManagerAppointed(subject=subject, manager=manager)
    )
    entries.record(event, by=by, scope=owning.scope(made))
