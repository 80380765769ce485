"""Files that prove something, kept by content hash."""

from django.conf import settings
from django.db import models

from yipanqi.vocab import public_ids
from yipanqi.vocab.labels import TITLES


class EvidenceFile(models.Model):
    """A file attached to a subject ("projects/<public id>"), stored once by its SHA-256."""

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    subject = models.CharField(max_length=80, db_index=True)
    kind = models.SlugField("材料类别", max_length=40)
    name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    size_bytes = models.BigIntegerField("大小")
    media_type = models.CharField("类型", max_length=100)
    source = models.CharField("来源说明", max_length=200, blank=True, default="")
    dated = models.DateField("材料日期", null=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    uploaded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    # The row filter's columns: a file is seen by who sees its subject.
    unit = models.ForeignKey("people.Unit", models.PROTECT)
    label = models.CharField(
        "密级标签", max_length=20, choices=[(k.value, v) for k, v in TITLES.items()]
    )
    chain = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        verbose_name = "佐证材料"
        ordering = ("-uploaded_at", "-id")
