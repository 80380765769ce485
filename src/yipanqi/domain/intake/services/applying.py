"""Bringing a batch into force: chunk by chunk unseen, then all at once."""

import hashlib
import json
from collections.abc import Sequence

from django.db import transaction

from yipanqi.domain.intake import events, queries
from yipanqi.domain.intake.libraries import Library, Taken
from yipanqi.domain.intake.models import Batch, BatchRow, BatchState, Fate, Verdict
from yipanqi.domain.intake.services import batches
from yipanqi.domain.intake.services.batches import NotNow
from yipanqi.domain.ledger.services import entries
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor

CHUNK = 1000
# Changes come into force in one transaction, which keeps other writers waiting.
MOST_CHANGES = 5000
# Once begun or done, asking again is a double click.
_BEGUN = {BatchState.APPLYING, BatchState.APPLIED}


@transaction.atomic
def ask(batch: Batch, library: Library, *, by: Actor) -> None:
    """Have the batch applied; asking twice changes nothing. Raises NotNow, NotAllowed."""
    batches.require_importer(library, by=by)
    batches.require_own(batch, by=by)
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    if locked.state in _BEGUN:
        return
    if locked.state != BatchState.READY:
        raise NotNow("这一批现在不能导入，请刷新页面查看最新状态")
    tally = queries.tally(batch)
    if not tally.wanted:
        raise NotNow("这一批没有可导入的行；请下载未导入的行，改好后重新上传")
    if tally.verdicts.get(Verdict.CHANGED, 0) > MOST_CHANGES:
        raise NotNow(f"一批最多变更 {MOST_CHANGES:,} 条既有记录；请分成几个文件")
    locked.state, locked.officer_id = BatchState.APPLYING, by.id or None
    locked.done, locked.total, locked.note = 0, tally.wanted, ""
    locked.save(update_fields=["state", "officer", "done", "total", "note"])
    event = events.BatchConfirmed(
        subject=queries.subject(batch), library=library.title, rows=tally.wanted
    )
    entries.record(event, by=by, scope=queries.scope(batch))


def work_through(batch: Batch, library: Library, *, by: Actor) -> None:
    """Take every row that is wanted; a run that died is gone on with where it stopped."""
    while _take_chunk(batch, library, by=by):
        pass
    digest = _digest(batch)
    _finish(batch, library, digest, by=by)


@transaction.atomic
def _take_chunk(batch: Batch, library: Library, *, by: Actor) -> int:
    """Take the next rows; how many there were."""
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    if locked.state != BatchState.APPLYING:
        raise NotNow("这一批已由另一个进程处理")
    due = list(batch.rows.filter(verdict=Verdict.NEW, fate="")[:CHUNK])
    if due:
        _keep(due, library.take_new(due, batch, by=by))
        Batch.objects.filter(pk=batch.pk).update(done=locked.done + len(due))
    return len(due)


@transaction.atomic
def _finish(batch: Batch, library: Library, digest: str, *, by: Actor) -> None:
    """All changes, and all new records seen, in one moment."""
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    if locked.state != BatchState.APPLYING:
        raise NotNow("这一批已由另一个进程处理")
    due = list(batch.rows.filter(verdict=Verdict.CHANGED, fate=""))
    if due:
        _keep(due, library.take_changes(due, by=by))
    library.release(batch)
    tally = queries.tally(batch)
    changed = batch.rows.filter(verdict=Verdict.CHANGED, fate=Fate.TAKEN).count()
    locked.state, locked.applied_at, locked.done = (
        BatchState.APPLIED,
        clock.now(),
        locked.total,
    )
    locked.save(update_fields=["state", "applied_at", "done"])
    event = events.BatchApplied(
        subject=queries.subject(batch),
        library=library.title,
        sha256=batch.sha256,
        rows_digest=digest,
        added=tally.taken - changed,
        changed=changed,
        refused=tally.kept_out,
    )
    entries.record(event, by=by, scope=queries.scope(batch))


def _keep(rows: Sequence[BatchRow], taken: Sequence[Taken]) -> None:
    """What became of each row; one statement for all rows that fared alike."""
    alike: dict[int | None, list[int]] = {}
    singular = []
    for row, each in zip(rows, taken, strict=True):
        if each.because or each.before is not None:
            _note(row, each)
            singular.append(row)
        else:
            alike.setdefault(each.seq, []).append(row.pk)
    for seq, keys in alike.items():
        BatchRow.objects.filter(pk__in=keys).update(fate=Fate.TAKEN, seq=seq)
    BatchRow.objects.bulk_update(singular, ["fate", "seq", "before", "remarks"], batch_size=200)


def _note(row: BatchRow, each: Taken) -> None:
    row.fate = Fate.REFUSED if each.because else Fate.TAKEN
    row.seq, row.before = each.seq, each.before
    if each.because:
        row.remarks = [*row.remarks, {"column": "", "value": "", "says": each.because}]


def _digest(batch: Batch) -> str:
    """SHA-256 over the wanted rows in order: number, subject and cells."""
    found = hashlib.sha256()
    rows = batch.rows.filter(verdict__in=queries.WANTED).values_list("number", "subject", "cells")
    for row in rows.iterator(2000):
        line = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        found.update(line.encode() + b"\n")
    return found.hexdigest()
