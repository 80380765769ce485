"""Computing a study again from the same data and sheets, to see whether the same comes out."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta

from django.db import IntegrityError, transaction

from yipanqi.domain.ledger.events import Event
from yipanqi.domain.ledger.services import entries
from yipanqi.domain.people.models import Officer
from yipanqi.domain.studies import comparisons, events, runs
from yipanqi.domain.studies.comparisons import Comparison, Difference
from yipanqi.domain.studies.models import Recount, RunState, Study
from yipanqi.domain.studies.services import knowing, publishing
from yipanqi.engine import code
from yipanqi.engine.affiliates.missing import Listing
from yipanqi.engine.diagnosis import Diagnosis
from yipanqi.engine.targets import Ranking
from yipanqi.vocab import clock
from yipanqi.vocab.actors import HOUSE, Actor, Scope, require
from yipanqi.vocab.labels import Label

Answer = Diagnosis | Ranking | Listing
# A recount asked for so long ago whose process is gone has been tried often enough.
_PATIENCE = timedelta(hours=1)


class NoInput(Exception):
    """The data or the sheets the study rests on are no longer there to compute from."""


class AlreadyAsked(Exception):
    """A recount of this study waits or works already."""


@transaction.atomic
def ask(study: Study, *, by: Actor) -> Recount:
    """Queue a recount of the study. Raises AlreadyAsked, NotAllowed."""
    require(by, "studies.run", doing="重算研判")
    try:
        with transaction.atomic():
            row = Recount.objects.create(
                study=study,
                asked_by=Officer.objects.filter(pk=by.id).first(),
                asked_at=clock.now(),
            )
    except IntegrityError as fault:
        raise AlreadyAsked("这条研判的重算已在排队或进行，请等它结束") from fault
    asked = events.RecountAsked(
        subject=f"studies/{row.public_id}",
        study=study.public_id,
        chain=study.chain,
        snapshot=study.snapshot,
    )
    _record(asked, by, study)
    return row


@transaction.atomic
def take() -> Recount | None:
    """The recount somebody should be at, now this process's; None when there is none."""
    now = clock.now()
    for row in runs.recounts_waiting().order_by("id").select_for_update(of=("self",)):
        if row.state == RunState.RUNNING and now - row.asked_at > _PATIENCE:
            fail(row, "重算进程中途停止，没有留下原因，多半是内存不足；请腾出内存后再算一次")
            continue
        return _taken(row)
    return None


@transaction.atomic
def ask_and_take(study: Study, *, by: Actor) -> Recount:
    """A recount of the study, this process's at once. Raises AlreadyAsked, NotAllowed."""
    return _taken(ask(study, by=by))


def beat(row: Recount) -> None:
    """Be heard of."""
    Recount.objects.filter(pk=row.pk, state=RunState.RUNNING).update(heartbeat_at=clock.now())


def hold_against(study: Study, found: Answer) -> Comparison:
    """The rows of the study and those of the answer, held against each other. Raises NoInput.

    What was judged of other data or by other sheets is not comparable.
    """
    judged = found if isinstance(found, Diagnosis) else found.diagnosis
    if (judged.snapshot, _sheets(found)) != (study.snapshot, study.sheets):
        raise NoInput("重算所依的数据批次或规则与原研判不同，不能比较")
    if isinstance(found, Diagnosis):
        verdicts = publishing.verdicts(study, found)
        return comparisons.compare(study.verdicts.all(), verdicts, ("link",))
    if isinstance(found, Ranking):
        listed = publishing.targets(study, found)
    else:
        listed = publishing.affiliates(study, found)
    return comparisons.compare(knowing.before(study.targets.all()), listed, ("link", "rank"))


@transaction.atomic
def finish(row: Recount, found: Comparison) -> None:
    """Keep what came out."""
    row.rows, row.differing = found.rows, found.differing
    row.differences = [asdict(each) for each in found.differences]
    _close(row, RunState.DONE)


@transaction.atomic
def fail(row: Recount, fault: str) -> None:
    """Keep why it could not be computed, and the remedy."""
    row.fault = fault
    _close(row, RunState.FAILED)


def comparison(row: Recount) -> Comparison:
    """What came out of a recount that ended well."""
    differences = tuple(Difference(**each) for each in row.differences)
    return Comparison(row.rows or 0, row.differing or 0, differences)


def _taken(row: Recount) -> Recount:
    row.state, row.heartbeat_at, row.code_version = RunState.RUNNING, clock.now(), code.version()
    row.save()
    return row


def _sheets(found: Answer) -> Mapping[str, str]:
    if isinstance(found, Diagnosis):
        return dict(found.sheets)
    return {**found.diagnosis.sheets, found.sheet: found.sheet_digest}


def _close(row: Recount, state: RunState) -> None:
    row.state, row.ended_at = state, clock.now()
    row.save()
    ended = events.RecountEnded(
        subject=f"studies/{row.public_id}",
        outcome=state.label,
        rows=row.rows,
        differing=row.differing,
    )
    _record(ended, HOUSE, row.study)


def _record(event: Event, by: Actor, study: Study) -> None:
    entries.record(event, by=by, scope=Scope("/", Label.PUBLIC, study.chain))
