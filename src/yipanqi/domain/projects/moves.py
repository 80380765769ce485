"""How a project lives: its moves from stage to stage, the waivers it was given, how it ended.

Models of this room too; `models` names this module, for there Django looks.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from yipanqi.vocab import public_ids
from yipanqi.vocab.stages import TITLES as OFFICIAL
from yipanqi.vocab.stages import Depth

_OFFICIAL = [(key.value, title) for key, title in OFFICIAL.items()]


class Parted(models.Model):
    """Whether a project goes on: `ended_as` is a code of the stage sheet, "" while it does."""

    ended_as = models.SlugField("结束方式", max_length=40, blank=True, default="", db_index=True)
    ended_on = models.DateField("结束日", null=True)
    archived_at = models.DateTimeField("归档时间", null=True)

    class Meta:
        abstract = True


class MoveKind(models.TextChoices):
    """What sort of move it is."""

    ADVANCE = "advance", "推进"
    SKIP = "skip", "越级"
    BACK = "back", "退回"


class MoveState(models.TextChoices):
    """Where a move stands. Only a verified or an exempt one changes the project's stage."""

    PENDING = "pending", "待核验"
    VERIFIED = "verified", "已核验"
    RETURNED = "returned", "退回补正"
    TAKEN_BACK = "taken_back", "已收回"
    EXEMPT = "exempt", "免核验"


class StageMove(models.Model):
    """One move of a project from a stage to another, as submitted and as verified.

    `claimed_on` is the day the officer says the stage was reached; statistics use `counted_on`,
    the day it was verified (of an exempt move, the day it was made). A move undone later by a
    backward one is `overturned_at` and counts no more.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="moves")
    kind = models.CharField("动作", max_length=10, choices=MoveKind.choices)
    before = models.SlugField("原阶段", max_length=40)
    after = models.SlugField("进入阶段", max_length=40)
    official_before = models.CharField("原官方阶段", max_length=10, choices=_OFFICIAL)
    official_after = models.CharField("进入官方阶段", max_length=10, choices=_OFFICIAL)
    claimed_on = models.DateField("填报的到达日", null=True)
    reason = models.TextField("理由", blank=True, default="")
    # The tier of the sheet by the planned total of that day, and whose eyes it asks for.
    tier = models.CharField("核验层级", max_length=40, blank=True, default="")
    depth = models.CharField(
        "核验人",
        max_length=10,
        blank=True,
        default="",
        choices=[(Depth.UNIT.value, "本单位另一人"), (Depth.CITY.value, "市级")],
    )
    # The requirements the gate let pass by a waiver, by id: listed as waived, never as met.
    waived = models.JSONField("豁免的条件", default=list)
    state = models.CharField("状态", max_length=10, choices=MoveState.choices)
    moved_at = models.DateTimeField("提交时间")
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField("核验时间", null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answer = models.TextField("退回理由", blank=True, default="")
    counted_on = models.DateField("计入日", null=True, db_index=True)
    overturned_at = models.DateTimeField("被退回推翻", null=True)

    class Meta:
        verbose_name = "阶段变动"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("project",), condition=Q(state="pending"), name="one_pending_move"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=F("moved_at")),
                name="verified_after_submitted",
            ),
            models.CheckConstraint(
                condition=~Q(state="verified")
                | (Q(counted_on__isnull=False) & Q(answered_at__isnull=False)),
                name="verified_move_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="verified")
                | Q(moved_by__isnull=True)
                | Q(answered_by__isnull=True)
                | ~Q(answered_by=F("moved_by")),
                name="verified_by_another_person",
            ),
        )


class Waiver(models.Model):
    """A requirement a project need not meet until a day, with the reason and who allowed it."""

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="waivers")
    requirement = models.CharField("条件", max_length=80)
    stage = models.SlugField("阶段", max_length=40)
    # The requirement's words on the day it was waived: the sheet may say it otherwise later.
    message = models.CharField("条件内容", max_length=300)
    reason = models.TextField("豁免理由")
    until = models.DateField("豁免至")
    granted_at = models.DateTimeField("豁免时间")
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    revoked_at = models.DateTimeField("撤销时间", null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = "条件豁免"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("project", "requirement"),
                condition=Q(revoked_at__isnull=True),
                name="one_standing_waiver",
            ),
        )


class Departure(models.Model):
    """One leaving of the road by a project, with its reason, and its return if there was one."""

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="departures")
    code = models.SlugField("结束方式", max_length=40)
    title = models.CharField("名称", max_length=40)
    stage = models.SlugField("结束时的阶段", max_length=40)
    reason = models.TextField("理由")
    ended_at = models.DateTimeField("结束时间")
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    reopened_at = models.DateTimeField("重启时间", null=True)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    return_reason = models.TextField("重启理由", blank=True, default="")

    class Meta:
        verbose_name = "项目结束"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("project",),
                condition=Q(reopened_at__isnull=True),
                name="one_open_departure",
            ),
        )
