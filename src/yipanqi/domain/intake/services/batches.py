"""Taking a file in as a batch: received, read, held against the library, dropped."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import transaction

from yipanqi.domain.intake import events, queries
from yipanqi.domain.intake.libraries import Judged, Library, Line
from yipanqi.domain.intake.models import Batch, BatchRow, BatchState
from yipanqi.domain.ledger.services import entries
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor, NotAllowed, home, require
from yipanqi.vocab.labels import refuse_state_secrets

MOST_ROWS = 100_000
_CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file as it came: its name, and the SHA-256 of its bytes."""

    file_name: str
    sha256: str


class Unfit(Exception):
    """The file as a whole cannot be imported; the message says why and the remedy."""


class NotNow(Exception):
    """The batch is not where the caller thought it was."""


def require_importer(library: Library, *, by: Actor) -> None:
    """Raise NotAllowed unless the actor may import into the library."""
    require(by, "imports.make", doing="批量导入")
    require(by, library.verb, doing=f"批量导入{library.title}")


def require_own(batch: Batch, *, by: Actor) -> None:
    """Raise NotAllowed unless the batch is of the actor's unit."""
    if home(by) != batch.unit_id:
        raise NotAllowed(f"这一批由{batch.unit.short_name}导入；请联系该单位办理")


@transaction.atomic
def receive(library: Library, arrival: Arrival, *, by: Actor) -> Batch:
    """A batch that waits to be read. Raises Unfit where the same file is in already."""
    require_importer(library, by=by)
    refuse_state_secrets(arrival.file_name)
    same = Batch.objects.filter(
        library=library.code, sha256=arrival.sha256, unit_id=home(by), state=BatchState.APPLIED
    ).first()
    if same:
        raise Unfit(
            f"同一份文件已于 {clock.civil_day(same.created_at):%Y-%m-%d} 导入（{same.file_name}）；"
            "如确需再次导入，请先撤销那一批"
        )
    batch = Batch.objects.create(
        library=library.code,
        file_name=arrival.file_name[:200] or "未命名",
        sha256=arrival.sha256,
        officer_id=by.id or None,
        unit_id=home(by),
        created_at=clock.now(),
    )
    event = events.BatchReceived(
        subject=queries.subject(batch), library=library.title, sha256=batch.sha256
    )
    entries.record(event, by=by, scope=queries.scope(batch))
    return batch


def preview(
    batch: Batch, library: Library, lines: Sequence[Line], *, note: str = "", by: Actor
) -> None:
    """Hold the lines against the library and keep what each is; nothing else is saved.

    `note` is what the reader of the preview should know besides. A preview that broke off is made
    anew. Raises Unfit.
    """
    if not lines:
        raise Unfit("文件里没有数据行；请在模板的表头下填写后再上传")
    if len(lines) > MOST_ROWS:
        raise Unfit(f"文件有 {len(lines):,} 行，一次最多 {MOST_ROWS:,} 行；请分成几个文件")
    Batch.objects.filter(pk=batch.pk).update(
        state=BatchState.READING, total=len(lines), done=0, note="正在查重和核对…"
    )
    batch.rows.all().delete()
    verdicts: dict[str, int] = {}
    pairs = zip(lines, library.judged(lines, by=by), strict=True)
    while chunk := list(islice(pairs, _CHUNK)):
        BatchRow.objects.bulk_create(_rows(batch, chunk), batch_size=500)
        for _line, judged in chunk:
            verdicts[judged.verdict] = verdicts.get(judged.verdict, 0) + 1
        Batch.objects.filter(pk=batch.pk).update(done=chunk[-1][0].number)
    Batch.objects.filter(pk=batch.pk).update(note=note[:500])
    _keep_ready(batch, library, verdicts, by=by)


def fail(batch: Batch, *, because: str) -> None:
    """The file cannot be read; whoever sent it reads why."""
    Batch.objects.filter(pk=batch.pk).update(
        state=BatchState.FAILED, note=because[:500], ended_at=clock.now()
    )


def note(batch: Batch, words: str) -> None:
    """Let whoever looks at the batch read why it does not go on."""
    Batch.objects.filter(pk=batch.pk).update(note=words[:500])


@transaction.atomic
def drop(batch: Batch, library: Library, *, by: Actor) -> None:
    """Give a batch up before it is applied; doing so twice changes nothing. Raises NotNow."""
    require_importer(library, by=by)
    require_own(batch, by=by)
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    if locked.state == BatchState.DROPPED:
        return
    if locked.state not in {BatchState.READY, BatchState.FAILED, BatchState.RECEIVED}:
        raise NotNow("这一批已经开始导入，不能放弃；导入完成后可以撤销")
    locked.state, locked.ended_at = BatchState.DROPPED, clock.now()
    locked.save(update_fields=["state", "ended_at"])
    event = events.BatchDropped(subject=queries.subject(batch), library=library.title)
    entries.record(event, by=by, scope=queries.scope(batch))


def _rows(batch: Batch, chunk: Sequence[tuple[Line, Judged]]) -> Iterator[BatchRow]:
    for line, judged in chunk:
        yield BatchRow(
            batch=batch,
            number=line.number,
            sheet=line.sheet[:80],
            line=line.line,
            cells=dict(line.cells),
            verdict=judged.verdict,
            remarks=[remark.plain() for remark in judged.remarks],
            subject=judged.subject,
            author=judged.author,
            dated=judged.dated,
        )


@transaction.atomic
def _keep_ready(batch: Batch, library: Library, verdicts: dict[str, int], *, by: Actor) -> None:
    Batch.objects.filter(pk=batch.pk).update(state=BatchState.READY, done=0)
    event = events.BatchRead(
        subject=queries.subject(batch),
        library=library.title,
        sha256=batch.sha256,
        rows=sum(verdicts.values()),
        verdicts=verdicts,
    )
    entries.record(event, by=by, scope=queries.scope(batch))
