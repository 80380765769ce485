"""What those who know the ground tell of targets, and how lists fared: models of this room too."""

from django.db import models

from yipanqi.vocab import public_ids


class CheckWay(models.TextChoices):
    """How an officer looked whether an enterprise still lives."""

    PUBLICITY = "publicity", "企业信用信息公示系统"
    VISIT = "visit", "实地走访"
    CALL = "call", "电话核实"
    LICENCE = "licence", "查验营业执照"
    OTHER = "other", "其他"


class CheckResult(models.TextChoices):
    """What the look found."""

    ALIVE = "alive", "存续"
    CEASED = "ceased", "已注销或吊销"


class Check(models.Model):
    """An officer's look whether an enterprise lives (登记核实): itself a sign of life.

    It is a public fact, kept by registry id: the lists of studies to come show it too.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    registry_id = models.CharField(max_length=64)
    name = models.CharField("企业名称", max_length=200)
    way = models.CharField("核实方式", max_length=10, choices=CheckWay)
    result = models.CharField("核实结果", max_length=10, choices=CheckResult)
    checked_on = models.DateField("核实日期")
    note = models.CharField("说明", max_length=200, blank=True, default="")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    checked_by = models.ForeignKey("people.Officer", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "登记核实"
        ordering = ("-checked_on", "-id")
        indexes = (models.Index(fields=("registry_id", "-checked_on", "-id")),)


class Outcome(models.TextChoices):
    """What came of a target."""

    CONTACTED = "contacted", "已接触"
    REFUSED = "refused", "婉拒"
    LANDED = "landed", "已落地"


class Response(models.Model):
    """What came of a target, as a unit tells it: kept by registry id, a label for training later.

    It holds where the enterprise stood on the list when it was told: lists are replaced.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    registry_id = models.CharField(max_length=64, db_index=True)
    name = models.CharField("企业名称", max_length=200)
    outcome = models.CharField("反馈", max_length=10, choices=Outcome)
    happened_on = models.DateField("日期")
    reason = models.TextField("原因", blank=True, default="")
    project = models.ForeignKey("projects.Project", models.PROTECT, null=True, related_name="+")
    study = models.ForeignKey("studies.Study", models.PROTECT, related_name="+")
    chain = models.CharField("产业链", max_length=60, db_index=True)
    link = models.CharField("环节", max_length=60)
    rank = models.IntegerField("名次")
    score = models.DecimalField("得分", max_digits=8, decimal_places=4)
    label = models.CharField("密级", max_length=20, default="internal")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    told_by = models.ForeignKey("people.Officer", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    # A label told by mistake stays in the ledger and leaves the lists and the training.
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "目标反馈"
        ordering = ("-happened_on", "-id")


class TrackRecord(models.Model):
    """How the list of a chain did in the backtest, as its file says; one is in force."""

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    chain = models.CharField("产业链", max_length=60, db_index=True)
    # One entry for each length of list, as engine.backtests writes them.
    figures = models.JSONField("命中", default=list)
    digest = models.CharField("文件摘要", max_length=64)
    current = models.BooleanField(default=False, db_index=True)
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = "回测命中"
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("chain",), condition=models.Q(current=True), name="one_track_record"
            ),
        )
