"""Looking whether an enterprise on the lists still lives (登记核实): a look is a sign of life."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from yipanqi.domain.ledger.services import entries
from yipanqi.domain.studies import events
from yipanqi.domain.studies.models import Target
from yipanqi.domain.studies.told import Check, CheckResult, CheckWay
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor, Scope, home, require
from yipanqi.vocab.labels import Label, refuse_state_secrets


class NotChecked(Exception):
    """The look cannot be written down; the message names the field and the remedy."""


@dataclass(frozen=True, slots=True)
class Look:
    """How and when the officer looked, and what was found."""

    way: str
    result: str
    checked_on: date
    note: str = ""


@transaction.atomic
def check(target: Target, look: Look, *, by: Actor) -> Check:
    """Write the look down for the enterprise, whatever list it stands on.

    Raises NotChecked, NotAllowed or StateSecret.
    """
    require(by, "investors.register", doing="登记核实企业存续")
    _insist_on_grounds(look)
    row = Check.objects.create(
        registry_id=target.registry_id,
        name=target.name,
        way=look.way,
        result=look.result,
        checked_on=look.checked_on,
        note=look.note.strip(),
        unit_id=home(by),
        checked_by_id=by.id,
        recorded_at=clock.now(),
    )
    event = events.EnterpriseChecked(
        subject=f"studies/{target.registry_id}",
        way=CheckWay(look.way).label,
        result=CheckResult(look.result).label,
        checked_on=look.checked_on.isoformat(),
    )
    entries.record(event, by=by, scope=Scope(by.unit_path, Label.PUBLIC))
    return row


def _insist_on_grounds(look: Look) -> None:
    refuse_state_secrets(look.note)
    if look.way not in CheckWay.values:
        raise NotChecked(f"请选择核实方式：{'、'.join(CheckWay.labels)}")
    if look.result not in CheckResult.values:
        raise NotChecked(f"请选择核实结果：{'、'.join(CheckResult.labels)}")
    if look.checked_on > clock.today():
        raise NotChecked("核实日期不能晚于今天；请填实际核实的那一天")
    if look.way == CheckWay.OTHER and not look.note.strip():
        raise NotChecked("核实方式选了“其他”，请在说明里写明怎么核实的")
