"""Lines, their streams, the queues behind them, and seals."""

from datetime import UTC, datetime

from django.db import models

from yipanqi.domain.ledger import hashing

# Fixed width and always UTC: text order is time order, the stored bytes are the hashed ones.
_MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"


def moment_text(moment: datetime) -> str:
    """An aware moment as the ledger stores it: "2018-01-01T00:00:00.000000Z"."""
    return moment.astimezone(UTC).strftime(_MOMENT)


def moment_of(text: str) -> datetime:
    """The aware moment a stored text says."""
    return datetime.strptime(text, _MOMENT).replace(tzinfo=UTC)


class Stream(models.Model):
    """The head of one subject's chain; its row lock is where two writers of one subject meet."""

    name = models.CharField(max_length=200, primary_key=True)
    seq = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=80, default="")

    class Meta:
        verbose_name = "台账链头"


class Entry(models.Model):
    """One line. Its digest covers every column but the id, as text exactly as stored.

    Times and bodies are text on purpose: a typed column may give back other bytes than it took.
    """

    stream = models.CharField(max_length=200)
    seq = models.BigIntegerField()
    recorded_at = models.CharField(max_length=27)
    # References only: who an id is, is answered elsewhere, so that a person can be erased.
    actor = models.CharField(max_length=40)
    unit = models.CharField(max_length=40)
    kind = models.CharField(max_length=80)
    version = models.IntegerField()
    sheet = models.CharField(max_length=200, null=True)
    sheet_revision = models.IntegerField(null=True)
    sheet_digest = models.CharField(max_length=80, null=True)
    scope_path = models.CharField(max_length=200)
    scope_label = models.CharField(max_length=20)
    scope_chain = models.CharField(max_length=60)
    body = models.TextField()
    prev = models.CharField(max_length=80)
    digest = models.CharField(max_length=80)

    class Meta:
        verbose_name = "台账行"
        constraints = (
            models.UniqueConstraint(fields=("stream", "seq"), name="one_line_per_place"),
        )

    @property
    def when(self) -> datetime:
        """When it was recorded, aware, in UTC."""
        return moment_of(self.recorded_at)

    def content(self) -> tuple[hashing.Part, ...]:
        """What the line says, without its place in the chain."""
        return (
            self.recorded_at, self.actor, self.unit, self.kind, self.version,
            self.sheet, self.sheet_revision, self.sheet_digest,
            self.scope_path, self.scope_label, self.scope_chain, self.body,
        )  # fmt: skip


def entry_digest(
    algorithm: str, place: tuple[str, int], content: tuple[hashing.Part, ...], prev: str
) -> str:
    """The digest of a line at (stream, seq) with this content after `prev`."""
    return hashing.named(algorithm, hashing.framed(hashing.ENTRY_TAG, (*place, *content, prev)))


class Outbox(models.Model):
    """A line whose reactions are still to be fanned out."""

    entry = models.OneToOneField(
        Entry, models.PROTECT, primary_key=True, db_constraint=False, related_name="+"
    )

    class Meta:
        verbose_name = "待分发"


class Unsealed(models.Model):
    """A line no seal covers yet. A queue, not a cursor: a lower id may commit after a higher."""

    entry = models.OneToOneField(
        Entry, models.PROTECT, primary_key=True, db_constraint=False, related_name="+"
    )

    class Meta:
        verbose_name = "待封存"


class Errand(models.Model):
    """One reaction still to be run for one line."""

    entry = models.ForeignKey(Entry, models.PROTECT, db_constraint=False, related_name="+")
    reaction = models.CharField(max_length=120)
    attempts = models.IntegerField(default=0)
    due_at = models.DateTimeField(db_index=True)
    failure = models.CharField(max_length=500, default="", blank=True)
    # Set when the attempts are used up; an operator sees it on the readiness page.
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "待办反应"
        constraints = (models.UniqueConstraint(fields=("entry", "reaction"), name="one_errand"),)


class Seal(models.Model):
    """A signed summary of the lines added since the seal before it."""

    no = models.BigIntegerField(primary_key=True)
    prev = models.CharField(max_length=80)
    count = models.BigIntegerField()
    root = models.CharField(max_length=80)
    heads_root = models.CharField(max_length=80)
    closed_at = models.CharField(max_length=27)
    key = models.CharField(max_length=40)
    digest = models.CharField(max_length=80)
    signature = models.CharField(max_length=128)

    class Meta:
        verbose_name = "封存"

    @property
    def when(self) -> datetime:
        """When it was closed, aware, in UTC."""
        return moment_of(self.closed_at)

    def message(self) -> bytes:
        """The bytes that are hashed and signed."""
        fields = (
            self.no,
            self.prev,
            self.count,
            self.root,
            self.heads_root,
            self.closed_at,
            self.key,
        )
        return hashing.framed(hashing.SEAL_TAG, fields)


class SealedRange(models.Model):
    """Which lines of one stream a seal covers, and the digest of the last of them."""

    seal = models.ForeignKey(Seal, models.PROTECT, related_name="ranges")
    stream = models.CharField(max_length=200)
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    digest = models.CharField(max_length=80)

    class Meta:
        verbose_name = "封存范围"
        constraints = (
            models.UniqueConstraint(fields=("seal", "stream"), name="one_range_per_seal"),
            models.UniqueConstraint(fields=("stream", "last"), name="a_line_is_sealed_once"),
        )

    def head(self) -> bytes:
        """The stream's head as a leaf of the heads' tree."""
        parts = (self.stream, self.first, self.last, self.digest)
        return hashing.framed(hashing.HEAD_TAG, parts)


class Lease(models.Model):
    """Who may do a job that one process does at a time, and when it was last done."""

    name = models.CharField(max_length=60, primary_key=True)
    holder = models.CharField(max_length=60, default="", blank=True)
    until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "作业租约"
