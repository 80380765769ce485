"""Batches that come in from a file, their rows, and the mark on records still arriving."""

from typing import ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models

from yipanqi.vocab import public_ids
from yipanqi.vocab.labels import TITLES, Label

Record = TypeVar("Record", bound=models.Model)


class BatchState(models.TextChoices):
    """Where a batch stands, from the file's arrival to the end."""

    RECEIVED = "received", "待读取"
    READING = "reading", "正在读取"
    READY = "ready", "待确认"
    APPLYING = "applying", "正在导入"
    APPLIED = "applied", "已导入"
    UNDOING = "undoing", "正在撤销"
    UNDONE = "undone", "已撤销"
    FAILED = "failed", "读取失败"
    DROPPED = "dropped", "已放弃"


class Verdict(models.TextChoices):
    """What a row is, held against what the library holds."""

    NEW = "new", "新增"
    CHANGED = "changed", "变更"
    SAME = "same", "无变化"
    DUPLICATE = "duplicate", "疑似重复"
    WRONG = "wrong", "有误"


class Fate(models.TextChoices):
    """What became of a row; empty while nothing has."""

    TAKEN = "taken", "已导入"
    REFUSED = "refused", "未导入"
    UNDONE = "undone", "已撤销"


class Batch(models.Model):
    """One file on its way into a library; applied and undone as one."""

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    library = models.SlugField("库", max_length=30)
    file_name = models.CharField("文件", max_length=200)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(
        "状态",
        max_length=12,
        choices=BatchState.choices,
        default=BatchState.RECEIVED,
        db_index=True,
    )
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    # The row filter's columns: a batch is its unit's.
    unit = models.ForeignKey("people.Unit", models.PROTECT)
    label = models.CharField(
        "密级标签",
        max_length=20,
        choices=[(k.value, v) for k, v in TITLES.items()],
        default=Label.INTERNAL,
    )
    chain = models.CharField(max_length=60, blank=True, default="")
    # What the work under way has behind it, of how much, and in words; a fault's sentence too.
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=500, blank=True, default="")
    because = models.CharField("撤销原因", max_length=200, blank=True, default="")
    created_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "导入批次"
        ordering = ("-created_at", "-id")


class BatchRow(models.Model):
    """One row as it was typed, what it is, and what became of it; the origin of its record."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows")
    # Place among the file's rows from 1; the sheet and its line are what an officer looks up.
    number = models.PositiveIntegerField()
    sheet = models.CharField(max_length=80, blank=True, default="")
    line = models.PositiveIntegerField()
    cells = models.JSONField()
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    # Each {"column", "value", "says"}: what is wrong, alike or to be changed.
    remarks = models.JSONField(default=list)
    fate = models.CharField(max_length=10, choices=Fate.choices, blank=True, default="")
    # The record's stream, "projects/<public id>": what the row changes, or has become.
    subject = models.CharField(max_length=80, blank=True, default="", db_index=True)
    # The place of the row's line in that stream: a later line is a later change.
    seq = models.BigIntegerField(null=True)
    before = models.JSONField(null=True)
    author = models.CharField("原登记人", max_length=60, blank=True, default="")
    dated = models.DateField("原登记日期", null=True)

    class Meta:
        verbose_name = "导入行"
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("batch", "number"), name="one_row_a_place"),)
        indexes = (models.Index(fields=("batch", "verdict", "fate"), name="rows_by_verdict"),)


class Settled(models.Manager[Record]):
    """Records that have arrived: a batch under way is not there for anybody."""

    def get_queryset(self) -> models.QuerySet[Record]:
        """The rows without those still arriving."""
        return super().get_queryset().filter(arriving=None)


class Arriving(models.Model):
    """A record that may come in by a batch; `arriving` names the batch while it is under way."""

    arriving = models.ForeignKey(Batch, models.PROTECT, null=True, editable=False, related_name="+")
    objects: ClassVar[Settled[Self]] = Settled()
    everything: ClassVar[models.Manager[Self]] = models.Manager()

    class Meta:
        abstract = True
