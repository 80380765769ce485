"""Admission reviews (准入评审): who was asked, what they said, what the bodies decided."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from yipanqi.vocab import clock, public_ids
from yipanqi.vocab.admission import OUTCOMES, Grade
from yipanqi.vocab.labels import TITLES, Label


class ReviewState(models.TextChoices):
    """Where a review stands: open, or how it ended."""

    OPEN = "open", "评审中"
    PASSED = "passed", "通过"
    CONDITIONAL = "conditional", "有条件通过"
    REJECTED = "rejected", "不予通过"
    WITHDRAWN = "withdrawn", "已撤回"


class Review(models.Model):
    """One review of a subject ("projects/<public id>") with the dossier its reviewers read.

    The dossier is what was handed in: reviewers of other units read it, not the project itself.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    subject = models.CharField(max_length=80, db_index=True)
    title = models.CharField("项目名称", max_length=80)
    investor = models.CharField("投资主体", max_length=120)
    project_class = models.CharField("项目分类", max_length=20, blank=True, default="")
    total_investment_fen = models.BigIntegerField("计划总投资", null=True)
    content = models.TextField("建设内容", blank=True, default="")
    summary = models.TextField("送审说明", blank=True, default="")
    # What is scored, by vocab.admission.ADMISSION_FACTS: exact figures as text; absent is unknown.
    facts = models.JSONField("评审数据", default=dict)
    # The codes of the schemes it is scored by.
    schemes = models.JSONField("评分表", default=list)
    state = models.CharField("状态", max_length=12, choices=ReviewState.choices)
    # The row filter's columns: the unit whose matter it is.
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    label = models.CharField(
        "密级标签",
        max_length=20,
        choices=[(k.value, v) for k, v in TITLES.items()],
        default=Label.INTERNAL,
    )
    chain = models.CharField(max_length=60, blank=True, default="")
    # The rules of this day hold for the whole review.
    opened_on = models.DateField("送审日")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)
    closing = models.TextField("撤回理由", blank=True, default="")

    @property
    def signed_count(self) -> int:
        """How many departments have countersigned."""
        return sum(1 for each in self.countersigns.all() if each.answered_at)

    class Meta:
        verbose_name = "准入评审"
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("subject",), condition=Q(state="open"), name="one_open_review"
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(closed_at__isnull=False), name="closed_at_a_time"
            ),
        )


class Countersign(models.Model):
    """A department's grade and comment (会签), with the day it is due."""

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    review = models.ForeignKey(Review, models.CASCADE, related_name="countersigns")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    matter = models.CharField("会签内容", max_length=120)
    due = models.DateField("期限")
    grade = models.CharField(
        "等级", max_length=1, blank=True, default="", choices=[(g.value, g.value) for g in Grade]
    )
    comment = models.TextField("意见", blank=True, default="")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    overdue_at = models.DateTimeField(null=True)

    @property
    def is_late(self) -> bool:
        """Whether the day has passed without an answer."""
        return self.answered_at is None and self.due < clock.today()

    class Meta:
        verbose_name = "会签"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("review", "unit"), name="a_unit_countersigns_once"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | ~Q(grade=""), name="answered_with_a_grade"
            ),
        )


class Expert(models.Model):
    """Somebody asked to score, who first declares interest and promises secrecy."""

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    review = models.ForeignKey(Review, models.CASCADE, related_name="experts")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    appointed_at = models.DateTimeField()
    # None: not declared yet, and so sees nothing; True: recused.
    has_interest = models.BooleanField("有利害关系", null=True)
    interest = models.CharField("利害关系说明", max_length=500, blank=True, default="")
    declared_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "评审专家"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("review", "officer"), name="an_expert_once"),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True) | Q(has_interest=False),
                name="the_recused_do_not_score",
            ),
        )


class Mark(models.Model):
    """An expert's points for one indicator of a scheme."""

    expert = models.ForeignKey(Expert, models.CASCADE, related_name="marks")
    scheme = models.SlugField(max_length=40)
    indicator = models.SlugField(max_length=40)
    points = models.DecimalField("得分", max_digits=6, decimal_places=2)

    class Meta:
        verbose_name = "专家评分"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("expert", "scheme", "indicator"), name="an_indicator_once"
            ),
            models.CheckConstraint(condition=Q(points__gte=0), name="points_not_negative"),
        )


class RaisedVeto(models.Model):
    """A ground of the sheet that somebody found to apply (一票否决), until withdrawn."""

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    review = models.ForeignKey(Review, models.CASCADE, related_name="vetoes")
    code = models.SlugField(max_length=40)
    title = models.CharField("否决事项", max_length=120)
    reason = models.TextField("依据和理由")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    raised_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawal = models.TextField("撤销理由", blank=True, default="")

    class Meta:
        verbose_name = "一票否决"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("review", "code", "unit"),
                condition=Q(withdrawn_at__isnull=True),
                name="a_veto_stands_once",
            ),
        )


class Sitting(models.Model):
    """A body's turn in a review: expected from the start, held with a minutes number."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="sittings")
    place = models.PositiveSmallIntegerField("次序")
    body = models.SlugField(max_length=40)
    title = models.CharField("决策机构", max_length=60)
    held_on = models.DateField("开会日期", null=True)
    minutes_no = models.CharField("纪要编号", max_length=60, blank=True, default="")
    outcome = models.CharField(
        "结论",
        max_length=12,
        blank=True,
        default="",
        choices=[(k.value, v) for k, v in OUTCOMES.items()],
    )
    remark = models.TextField("说明", blank=True, default="")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "评审会议"
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(fields=("review", "place"), name="a_turn_each"),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(held_on__isnull=False), name="decided_on_a_day"
            ),
        )


class Condition(models.Model):
    """What must be done for a conditional pass to hold: by whom, until when, and how it was."""

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    review = models.ForeignKey(Review, models.CASCADE, related_name="conditions")
    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="conditions")
    text = models.CharField("条件", max_length=300)
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    due = models.DateField("期限")
    met_on = models.DateField("落实日期", null=True)
    proof = models.TextField("落实情况", blank=True, default="")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = "附带条件"
        ordering = ("id",)
