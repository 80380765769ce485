"""Runs of the engine and what they found, kept with snapshot, sheets and code version."""

from django.db import models

from yipanqi.domain.studies import told  # noqa: F401 -- here Django looks for a room's models
from yipanqi.vocab import public_ids


class RunState(models.TextChoices):
    """Where a run of the engine stands."""

    QUEUED = "queued", "排队"
    RUNNING = "running", "进行中"
    DONE = "done", "完成"
    FAILED = "failed", "失败"
    CANCELLED = "cancelled", "已取消"


class RunCause(models.TextChoices):
    """What a run was started for."""

    ASKED = "asked", "人工发起"
    FIRST = "first", "尚无研判"
    REGISTRY = "registry", "登记数据更新"
    SHEETS = "sheets", "规则或产业链表更新"
    CODE = "code", "程序更新"


LIVE = (RunState.QUEUED, RunState.RUNNING)


class Run(models.Model):
    """One pass over every chain of the city: who asked, how far it is, how it ended."""

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    city = models.CharField("城市", max_length=40)
    # Empty while it waits: the snapshot in force when the work begins counts.
    snapshot = models.CharField("登记数据批次", max_length=80, blank=True, default="")
    cause = models.CharField("起因", max_length=10, choices=RunCause, default=RunCause.ASKED)
    # Null when the timetable or a command started it.
    asked_by = models.ForeignKey("people.Officer", models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField("发起时间", db_index=True)
    started_at = models.DateTimeField("开始时间", null=True)
    ended_at = models.DateTimeField("结束时间", null=True)
    state = models.CharField(max_length=10, choices=RunState, default=RunState.QUEUED)
    total_steps = models.IntegerField(default=0)
    done_steps = models.IntegerField(default=0)
    told = models.TextField("进展", blank=True, default="")
    fault = models.TextField("失败原因", blank=True, default="")
    # Chain, name, outcome (made | kept) and sentence of each chain that is through.
    steps = models.JSONField(default=list)
    # Which process is at it, since when it was last heard of, and how many have tried.
    worker = models.CharField(max_length=16, blank=True, default="")
    heartbeat_at = models.DateTimeField(null=True)
    attempts = models.IntegerField(default=0)
    cancel_asked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "研判运行"
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("city",),
                condition=models.Q(state__in=("queued", "running")),
                name="one_live_run",
            ),
        )

    @property
    def is_live(self) -> bool:
        """Whether it waits or works."""
        return self.state in LIVE


class Study(models.Model):
    """What a run found of one chain: of which data, by which sheets and model, and how it ended."""

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    # Null for studies taken into force before there were runs.
    run = models.ForeignKey(Run, models.PROTECT, null=True, related_name="studies")
    kind = models.CharField("类别", max_length=20)  # diagnosis | targets
    city = models.CharField("城市", max_length=40)
    chain = models.CharField("产业链", max_length=60, db_index=True)
    snapshot = models.CharField("登记数据批次", max_length=80)
    # True when the registry is the generator's: every screen says 合成数据.
    synthetic = models.BooleanField(default=False)
    as_of = models.DateField("数据截至", null=True)
    sheets = models.JSONField("所依规则", default=dict)
    # Name and digest of the trained model it used; empty when rules alone decided.
    model = models.JSONField("所用模型", default=dict)
    code_version = models.CharField(max_length=40)
    state = models.CharField(max_length=10)  # running | done | failed
    fault = models.TextField(blank=True, default="")
    current = models.BooleanField(default=False, db_index=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "研判"
        ordering = ("-id",)


class LinkVerdict(models.Model):
    """What a study says of one link: how strong here, what to do, by which rule."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="verdicts")
    link = models.CharField(max_length=60, db_index=True)
    local_enterprises = models.IntegerField()
    local_capital_wan = models.DecimalField(max_digits=20, decimal_places=6)
    nation_enterprises = models.IntegerField()
    # Null when the nation has none: no denominator, no quotient.
    quotient = models.FloatField(null=True)
    status = models.CharField(max_length=10)  # strong | weak | missing
    action = models.CharField(max_length=10)  # 强链 | 补链 | 延链 | 育链
    reason = models.TextField()
    rule = models.CharField(max_length=60)
    sample = models.BooleanField()
    # The nearest strong places outside: city, enterprises, quotient and km of each.
    suppliers = models.JSONField(default=list)
    # A | B | C: how much the evidence bears; empty where it was not graded.
    grade = models.CharField("证据等级", max_length=1, blank=True, default="")
    # How likely the city is to grow it, its place among the links, the model; null: not forecast.
    forecast = models.JSONField("成长预测", null=True)
    # Of each year: the year, its figures, and whether the data covers it.
    trend = models.JSONField("趋势", default=list)

    class Meta:
        verbose_name = "环节研判"
        constraints = (models.UniqueConstraint(fields=("study", "link"), name="one_verdict"),)


class Recount(models.Model):
    """A study computed again from the same data and sheets, and what came out differently."""

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    study = models.ForeignKey(Study, models.CASCADE, related_name="recounts")
    asked_by = models.ForeignKey("people.Officer", models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    heartbeat_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=RunState, default=RunState.QUEUED)
    code_version = models.CharField(max_length=40, blank=True, default="")
    # Null until it ended well: how many rows were compared and how many differ.
    rows = models.IntegerField(null=True)
    differing = models.IntegerField(null=True)
    # The first rows that differ: which, which field, what it said and what it says now.
    differences = models.JSONField(default=list)
    fault = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = "研判复算"
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("study",),
                condition=models.Q(state__in=("queued", "running")),
                name="one_live_recount",
            ),
        )

    @property
    def is_live(self) -> bool:
        """Whether it waits or works."""
        return self.state in LIVE


class Target(models.Model):
    """An enterprise outside the city, ranked for a link, with the working of its score."""

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    study = models.ForeignKey(Study, models.CASCADE, related_name="targets")
    link = models.CharField(max_length=60, db_index=True)
    rank = models.IntegerField()
    registry_id = models.CharField(max_length=64, db_index=True)
    code = models.CharField(max_length=18, blank=True, default="")
    name = models.CharField(max_length=200)
    # Normalised, to find the same firm in the investors' library.
    name_key = models.CharField(max_length=200, blank=True, default="")
    province = models.CharField("省份", max_length=20, blank=True, default="")
    city = models.CharField(max_length=40, blank=True, default="")
    # Kind of investment it would likely make, and its size; empty where the registry cannot tell.
    kind = models.CharField("投资形式", max_length=20, blank=True, default="")
    size = models.CharField("规模", max_length=10, blank=True, default="")
    # Its brand group; whether that has a place in Hunan is null where it was not asked.
    group = models.CharField("集团", max_length=200, blank=True, default="")
    group_in_hunan = models.BooleanField("集团在湘有机构", null=True)
    score = models.DecimalField(max_digits=8, decimal_places=4)
    # Feature, label, value and contribution of each; contributions sum to the score.
    contributions = models.JSONField(default=list)
    # Kind, text, source and as-of of each.
    evidence = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    existence = models.CharField(max_length=10, default="unknown")
    last_sign_on = models.DateField(null=True)
    # The source's own word for it (年报、中标…); empty where it named none.
    last_sign_kind = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        verbose_name = "招引目标"
        ordering = ("link", "rank")
        constraints = (models.UniqueConstraint(fields=("study", "link", "rank"), name="one_rank"),)
        indexes = (
            models.Index(fields=("study", "province")),
            models.Index(fields=("study", "kind", "size")),
            models.Index(fields=("study", "name_key")),
        )


class DisputeState(models.TextChoices):
    """Where a dispute stands."""

    OPEN = "open", "待答复"
    UPHELD = "upheld", "采纳"
    DISMISSED = "dismissed", "未采纳"


class Dispute(models.Model):
    """A unit's objection to the verdict on a link: kept and counted, whatever comes of it.

    It holds what the verdict said, since studies that follow replace it.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    study = models.ForeignKey(Study, models.PROTECT, related_name="disputes")
    chain = models.CharField("产业链", max_length=60, db_index=True)
    link = models.CharField("环节", max_length=60, db_index=True)
    status_said = models.CharField("研判结论", max_length=10)
    action_said = models.CharField("研判行动", max_length=10)
    rule = models.CharField("规则", max_length=60, db_index=True)
    # strong | weak | missing: what the unit holds to be true.
    status_held = models.CharField("本单位认为", max_length=10)
    reason = models.TextField("理由")
    label = models.CharField("密级", max_length=20, default="internal")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    raised_by = models.ForeignKey("people.Officer", models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=DisputeState, default=DisputeState.OPEN)
    answer = models.TextField("答复", blank=True, default="")
    answered_by = models.ForeignKey("people.Officer", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "研判异议"
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("study", "link", "unit"),
                condition=models.Q(state="open"),
                name="one_open_dispute",
            ),
        )

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.state == DisputeState.OPEN
