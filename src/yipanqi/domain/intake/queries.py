"""Reading batches and their rows, each for the eyes that may see them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from yipanqi.domain.intake.models import Batch, BatchRow, BatchState, Fate, Verdict
from yipanqi.domain.ledger.models import Stream
from yipanqi.domain.people import queries as people
from yipanqi.vocab.actors import Actor, Scope
from yipanqi.vocab.labels import Label
from yipanqi.vocab.pages import Page, bounds

# States in which a worker has something to do.
DUE = (
    BatchState.RECEIVED,
    BatchState.READING,
    BatchState.APPLYING,
    BatchState.UNDOING,
)
# What is brought in when a batch is applied.
WANTED = (Verdict.NEW, Verdict.CHANGED)
# Code and word of each verdict, in the order a preview shows them.
VERDICTS = [(each.value, each.label) for each in Verdict]
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows of each verdict, and what became of them."""

    verdicts: dict[str, int]
    taken: int
    refused: int

    @property
    def wanted(self) -> int:
        """Rows that applying would bring in."""
        return sum(self.verdicts.get(each, 0) for each in WANTED)

    @property
    def kept_out(self) -> int:
        """Rows to be looked at again: wrong, likely twice, or refused on applying."""
        wrong = self.verdicts.get(Verdict.WRONG, 0) + self.verdicts.get(Verdict.DUPLICATE, 0)
        return wrong + self.refused


def subject(batch: Batch) -> str:
    """The batch's stream in the ledger."""
    return f"intake/{batch.public_id}"


def scope(batch: Batch) -> Scope:
    """Where a batch stands for the row filter."""
    return Scope(batch.unit.path, Label(batch.label), batch.chain)


def find(public_id: str, *, seen_by: Actor) -> Batch | None:
    """One batch, or None when there is none for this person."""
    return _seen(seen_by).filter(public_id=public_id).first()


def listing(*, seen_by: Actor, page: int = 1) -> Page[Batch]:
    """A page of batches, the newest first."""
    rows = _seen(seen_by)
    return Page(list(rows[bounds(page)]), rows.count(), page)


def tally(batch: Batch) -> Tally:
    """The batch's rows counted."""
    counted = list(batch.rows.order_by().values_list("verdict", "fate").annotate(Count("id")))
    verdicts: dict[str, int] = {}
    fates: dict[str, int] = {}
    for verdict, fate, rows in counted:
        verdicts[verdict] = verdicts.get(verdict, 0) + rows
        fates[fate] = fates.get(fate, 0) + rows
    return Tally(verdicts, fates.get(Fate.TAKEN, 0), fates.get(Fate.REFUSED, 0))


def rows(batch: Batch, verdict: str = "", *, page: int = 1) -> Page[BatchRow]:
    """A page of the batch's rows, of one verdict or all, in the file's order."""
    found = batch.rows.filter(verdict=verdict) if verdict in Verdict.values else batch.rows.all()
    return Page(list(found[bounds(page)]), found.count(), page)


def kept_out(batch: Batch) -> QuerySet[BatchRow]:
    """The rows that did not get in, to be taken away and mended; iterate in chunks."""
    held = batch.rows.filter(verdict__in=(Verdict.WRONG, Verdict.DUPLICATE))
    return (held | batch.rows.filter(fate=Fate.REFUSED)).order_by("number")


def origin(of: str) -> BatchRow | None:
    """The row by which the record of that stream came in, or None."""
    rows = BatchRow.objects.filter(subject=of, fate=Fate.TAKEN, verdict=Verdict.NEW)
    return rows.select_related("batch", "batch__officer", "batch__unit").first()


def changed_since(batch: Batch) -> Iterator[BatchRow]:
    """Rows whose records have later lines in the ledger than the batch's own."""
    taken = batch.rows.filter(fate=Fate.TAKEN).exclude(subject="")
    for chunk in _chunks(taken.iterator(_CHUNK)):
        heads = dict(
            Stream.objects.filter(name__in=[row.subject for row in chunk]).values_list(
                "name", "seq"
            )
        )
        yield from (row for row in chunk if heads.get(row.subject) != row.seq)


def due() -> QuerySet[Batch]:
    """The batches that wait for a worker, the oldest first; for the house's own use."""
    return Batch.objects.filter(state__in=DUE).order_by("created_at", "id")


def _seen(seen_by: Actor) -> QuerySet[Batch]:
    rows = Batch.objects.filter(people.visible(seen_by))
    return rows.select_related("officer", "unit")


def _chunks(items: Iterable[BatchRow]) -> Iterator[list[BatchRow]]:
    chunk: list[BatchRow] = []
    for item in items:
        chunk.append(item)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
