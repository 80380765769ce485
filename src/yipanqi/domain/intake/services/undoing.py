"""Taking a batch back as one: out of sight at once, then removed chunk by chunk."""

from collections.abc import Iterable
from itertools import islice

from django.db import transaction

from yipanqi.domain.intake import events, queries
from yipanqi.domain.intake.libraries import Library
from yipanqi.domain.intake.models import Batch, BatchRow, BatchState, Fate, Verdict
from yipanqi.domain.intake.services import batches
from yipanqi.domain.intake.services.batches import NotNow
from yipanqi.domain.ledger.services import entries
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor
from yipanqi.vocab.labels import refuse_state_secrets

CHUNK = 1000
_SHOWN = 5


class Built(Exception):
    """Others have built on the batch's records; the message names the first of them."""


@transaction.atomic
def undo(batch: Batch, library: Library, *, because: str, by: Actor) -> None:
    """Take the whole batch out of force; asking twice changes nothing.

    Raises NotNow, NotAllowed, StateSecret, and Built where a record was changed or used since.
    """
    batches.require_importer(library, by=by)
    batches.require_own(batch, by=by)
    refuse_state_secrets(because)
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    if locked.state in {BatchState.UNDOING, BatchState.UNDONE}:
        return
    if locked.state not in {BatchState.APPLIED, BatchState.APPLYING}:
        raise NotNow("只有已导入的批次可以撤销，请刷新页面查看最新状态")
    if not because.strip():
        raise NotNow("请写明撤销原因，如“误传了旧台账”")
    _refuse_built(batch, library)
    library.hide(batch, by=by)
    locked.state, locked.because = BatchState.UNDOING, because.strip()[:200]
    locked.done = 0
    locked.save(update_fields=["state", "because", "done"])
    event = events.BatchUndone(
        subject=queries.subject(batch),
        library=library.title,
        rows=batch.rows.filter(fate=Fate.TAKEN).count(),
        because=locked.because,
    )
    entries.record(event, by=by, scope=queries.scope(batch))


def work_through(batch: Batch, library: Library) -> None:
    """Remove the records out of sight; a run that died is gone on with where it stopped."""
    while removed := _remove_chunk(batch, library):
        batch.done += removed
        Batch.objects.filter(pk=batch.pk).update(done=batch.done)
    with transaction.atomic():
        batch.rows.filter(fate=Fate.TAKEN).update(fate=Fate.UNDONE)
        Batch.objects.filter(pk=batch.pk, state=BatchState.UNDOING).update(
            state=BatchState.UNDONE, ended_at=clock.now()
        )


@transaction.atomic
def _remove_chunk(batch: Batch, library: Library) -> int:
    return library.remove(batch, CHUNK)


def _refuse_built(batch: Batch, library: Library) -> None:
    if changed := list(islice(queries.changed_since(batch), _SHOWN + 1)):
        raise Built(f"导入后已有人修改：{_named(changed)}；整批不能撤销，请逐条更正")
    added = batch.rows.filter(fate=Fate.TAKEN, verdict=Verdict.NEW)
    bound = library.bound(added.values_list("subject", flat=True).iterator(CHUNK))
    if bound:
        rows = added.filter(subject__in=list(islice(bound, _SHOWN + 1)))
        why = next(iter(bound.values()))
        raise Built(f"导入的记录已被使用（{why}）：{_named(rows)}；整批不能撤销，请先解除这些关联")


def _named(rows: Iterable[BatchRow]) -> str:
    found = [
        f"“{row.sheet}”表第 {row.line} 行" if row.sheet else f"第 {row.line} 行" for row in rows
    ]
    return "、".join(found[:_SHOWN]) + ("等" if len(found) > _SHOWN else "")
