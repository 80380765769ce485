"""What a project has several of: components, years, phases, needs and vouchers of money in place.

Models of this room too; `models` names this module, for there Django looks.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from yipanqi.vocab import project_kinds as kinds
from yipanqi.vocab import public_ids


class Component(models.Model):
    """One part of the planned investment; what is not known is null.

    Its domestic money in fen, its foreign money also in the smallest unit of the project's foreign
    currency.
    """

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="components")
    kind = models.CharField("构成", max_length=20, choices=[*kinds.COMPONENTS.items()])
    domestic_fen = models.BigIntegerField("内资", null=True)
    foreign_minor = models.BigIntegerField("外资（外币最小单位）", null=True)
    foreign_fen = models.BigIntegerField("外资折合人民币", null=True)

    class Meta:
        verbose_name = "投资构成"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("project", "kind"), name="one_component_a_kind"),
            models.CheckConstraint(
                condition=Q(domestic_fen__isnull=True) | Q(domestic_fen__gte=0),
                name="component_domestic_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(foreign_fen__isnull=True) | Q(foreign_fen__gte=0),
                name="component_foreign_not_negative",
            ),
        )


class YearPlan(models.Model):
    """What is to be invested in one calendar year, and what for."""

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="year_plans")
    year = models.PositiveSmallIntegerField("年度")
    amount_fen = models.BigIntegerField("计划投资")
    content = models.CharField("建设内容", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "年度计划投资"
        ordering = ("year",)
        constraints = (
            models.UniqueConstraint(fields=("project", "year"), name="one_plan_a_year"),
            models.CheckConstraint(condition=Q(amount_fen__gte=0), name="year_plan_not_negative"),
        )


class Phase(models.Model):
    """A phase with its own number: "2" stands under the project, "2.1" under phase 2."""

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="phases")
    number = models.CharField("期号", max_length=5)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    title = models.CharField("本期名称", max_length=80, blank=True, default="")
    amount_fen = models.BigIntegerField("本期投资", null=True)
    planned_start_on = models.DateField("计划开工日", null=True)
    planned_finish_on = models.DateField("计划竣工日", null=True)
    content = models.CharField("建设内容", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "分期"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("project", "number"), name="one_phase_a_number"),
            models.CheckConstraint(
                condition=Q(amount_fen__isnull=True) | Q(amount_fen__gte=0),
                name="phase_not_negative",
            ),
        )


class ElementNeed(models.Model):
    """How much of an element the project asks for, in the unit of kinds.NEED_UNITS, and by when."""

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="needs")
    kind = models.CharField("要素", max_length=20, choices=[*kinds.NEEDS.items()])
    amount = models.DecimalField("需求量", max_digits=14, decimal_places=2)
    needed_on = models.DateField("需用日期", null=True)
    note = models.CharField("说明", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "要素需求"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("project", "kind"), name="one_need_a_kind"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="need_positive"),
        )


class Voucher(models.Model):
    """Money in place, as one voucher proves it; `amount_fen` is what it counts in fen.

    Foreign money also keeps its amount in the currency's smallest unit, the rate (yuan for one
    unit) and the rate's day. The opening voucher holds what was typed before vouchers were kept.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="vouchers")
    kind = models.CharField("凭证类别", max_length=20, choices=[*kinds.ALL_VOUCHERS.items()])
    state = models.CharField(
        "状态", max_length=10, default="recorded", choices=[*kinds.VOUCHER_STATES.items()]
    )
    paid_on = models.DateField("到位日期", null=True)
    component = models.CharField(
        "用途", max_length=20, blank=True, default="", choices=[*kinds.COMPONENTS.items()]
    )
    origin = models.CharField(
        "资金来源", max_length=10, blank=True, default="", choices=[*kinds.ORIGINS.items()]
    )
    phase = models.ForeignKey(Phase, models.PROTECT, null=True, related_name="vouchers")
    currency = models.CharField("币种", max_length=3, default="CNY")
    amount_minor = models.BigIntegerField("金额（币种最小单位）")
    rate = models.DecimalField("汇率", max_digits=14, decimal_places=6, null=True)
    rate_on = models.DateField("汇率日期", null=True)
    amount_fen = models.BigIntegerField("折合人民币")
    evidence = models.ForeignKey(
        "evidence.EvidenceFile", models.PROTECT, null=True, related_name="+"
    )
    note = models.CharField("说明", max_length=200, blank=True, default="")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    judged_at = models.DateTimeField(null=True)
    because = models.CharField("退回或撤回原因", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "到位资金凭证"
        ordering = ("-paid_on", "-id")
        indexes = (models.Index(fields=("project", "state")),)
        constraints = (
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="voucher_positive"),
            models.CheckConstraint(
                condition=Q(kind=kinds.OPENING) | Q(evidence__isnull=False, paid_on__isnull=False),
                name="voucher_has_evidence_and_day",
            ),
        )


class DayCode(models.Model):
    """The last serial number given to a project on a day (项目编码)."""

    day = models.DateField(unique=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "项目编码流水号"
