"""Enterprises worth knowing (客商库), their contacts and what was said with them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from yipanqi.domain.intake.models import Arriving
from yipanqi.vocab import public_ids
from yipanqi.vocab.labels import TITLES, Label

LABELS = [(label.value, title) for label, title in TITLES.items()]


class Enterprise(Arriving):
    """One enterprise, registered once for the whole city (客商库).

    The enterprise itself is common knowledge of the city; who deals with it (leads, interactions,
    contacts) is not, and carries its own label.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    # Credit code where known (GB 32100-2015), else null; unique among the known.
    code = models.CharField("统一社会信用代码", max_length=18, null=True, unique=True)
    name = models.CharField("企业名称", max_length=200)
    # Normalised name (no brackets or spaces, lower case), for finding the same firm again.
    name_key = models.CharField(max_length=200, db_index=True)
    initials = models.CharField(max_length=200, db_index=True, default="")
    country = models.CharField("国别地区", max_length=40, default="中国")
    city = models.CharField("所在城市", max_length=40, blank=True, default="")
    address = models.CharField("地址", max_length=300, blank=True, default="")
    registered_on = models.DateField("成立日期", null=True)
    capital_text = models.CharField("注册资本", max_length=80, blank=True, default="")
    scope = models.TextField("经营范围", blank=True, default="")
    existence = models.CharField("存续状态", max_length=10, default="unknown")
    last_sign_on = models.DateField("最近存续迹象", null=True)
    # Where these facts come from and as of when.
    source = models.CharField("来源", max_length=200)
    source_as_of = models.DateField("来源截至", null=True)
    registered_by_unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    # The record this one became part of when the two proved to be one firm; it stays for undoing
    # and so that its old address leads on, but no list shows it and nothing new belongs to it.
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "客商"
        indexes = (models.Index(fields=("-created_at", "-id")),)


class FieldSource(models.Model):
    """Where one field of an enterprise comes from, where that is not the record's own source."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="field_sources")
    field = models.CharField("字段", max_length=30)
    source = models.CharField("来源", max_length=200)
    as_of = models.DateField("来源截至", null=True)
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        verbose_name = "字段来源"
        constraints = (
            models.UniqueConstraint(fields=("enterprise", "field"), name="one_source_a_field"),
        )


class ListMembership(models.Model):
    """An enterprise's place on a list of 500 in a year."""

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="listings")
    roll = models.CharField("榜单", max_length=30)
    year = models.PositiveSmallIntegerField("年份")
    rank = models.PositiveIntegerField("名次", null=True)
    source = models.CharField("来源", max_length=200)
    unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "榜单名次"
        ordering = ("roll", "-year")
        constraints = (
            models.UniqueConstraint(fields=("enterprise", "roll", "year"), name="one_rank_a_year"),
        )
        indexes = (models.Index(fields=("roll", "year"), name="rolls_by_year"),)


class Trait(models.Model):
    """What is known of an enterprise beyond its registration, in words, with its source.

    `about` says what it tells: a function it holds (总部、研发中心), a tie with Hunan (湘商), or
    what it would bring (资本、技术、人才团队).
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="traits")
    about = models.CharField("类别", max_length=20)
    kind = models.CharField("种类", max_length=30)
    words = models.CharField("说明", max_length=300, blank=True, default="")
    source = models.CharField("来源", max_length=200)
    as_of = models.DateField("来源截至", null=True)
    withdrawn_on = models.DateField("撤回日期", null=True)
    withdrawn_because = models.CharField("撤回原因", max_length=200, blank=True, default="")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    unit = models.ForeignKey("people.Unit", models.PROTECT)
    label = models.CharField("密级标签", max_length=20, choices=LABELS, default=Label.INTERNAL)
    chain = models.CharField(max_length=60, blank=True, default="")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "企业特征"
        indexes = (models.Index(fields=("about", "kind"), name="traits_by_kind"),)


class Membership(models.Model):
    """An enterprise's place in a chain's link, with the evidence for it."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="memberships")
    chain = models.CharField("产业链", max_length=60, db_index=True)
    link = models.CharField("环节", max_length=60, db_index=True)
    evidence = models.TextField("依据", blank=True, default="")

    class Meta:
        verbose_name = "所属环节"
        constraints = (
            models.UniqueConstraint(fields=("enterprise", "link"), name="one_membership"),
        )


class Contact(models.Model):
    """A person at an enterprise; the telephone is masked on screen and its reveal is recorded."""

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="contacts")
    name = models.CharField("姓名", max_length=40)
    position = models.CharField("职务", max_length=60, blank=True, default="")
    mobile = models.CharField("手机", max_length=30, blank=True, default="")
    unit = models.ForeignKey("people.Unit", models.PROTECT)
    label = models.CharField("密级标签", max_length=20, choices=LABELS, default=Label.INTERNAL)
    chain = models.CharField(max_length=60, blank=True, default="")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "联系人"


class Interaction(Arriving):
    """A visit, call, fair or reception, with the next step promised."""

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="interactions")
    kind = models.CharField("方式", max_length=20)  # visit | call | fair | reception | letter
    held_on = models.DateField("日期")
    summary = models.TextField("纪要")
    next_step = models.CharField("下一步", max_length=200, blank=True, default="")
    next_step_on = models.DateField("下一步日期", null=True)
    # "" while open, else done | not_done; the day, the person and the words of its closing.
    step_result = models.CharField("下一步结果", max_length=10, blank=True, default="")
    step_closed_on = models.DateField("了结日期", null=True)
    step_closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    step_note = models.CharField("了结说明", max_length=200, blank=True, default="")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    unit = models.ForeignKey("people.Unit", models.PROTECT)
    label = models.CharField("密级标签", max_length=20, choices=LABELS, default=Label.INTERNAL)
    chain = models.CharField(max_length=60, blank=True, default="")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "往来记录"
        ordering = ("-held_on", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(next_step_on__isnull=True) | ~Q(next_step=""),
                name="dated_step_is_named",
            ),
            models.CheckConstraint(
                condition=Q(step_result="") | ~Q(next_step=""), name="closed_step_is_named"
            ),
        )
        indexes = (
            models.Index(
                fields=("next_step_on",),
                condition=Q(step_result="", next_step_on__isnull=False),
                name="open_steps",
            ),
        )


class PlannedVisit(models.Model):
    """A visit, reception or call a unit means to make: when, where, who goes."""

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="planned_visits")
    kind = models.CharField("方式", max_length=20)
    planned_on = models.DateField("计划日期")
    place = models.CharField("地点", max_length=100, blank=True, default="")
    who = models.CharField("参加人员", max_length=200, blank=True, default="")
    purpose = models.CharField("事由", max_length=200)
    # planned | held | cancelled; `interaction` is the record of a held one.
    state = models.CharField("状态", max_length=10, default="planned")
    interaction = models.OneToOneField(
        Interaction, models.PROTECT, null=True, related_name="planned_visit"
    )
    because = models.CharField("取消原因", max_length=200, blank=True, default="")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    unit = models.ForeignKey("people.Unit", models.PROTECT)
    label = models.CharField("密级标签", max_length=20, choices=LABELS, default=Label.INTERNAL)
    chain = models.CharField(max_length=60, blank=True, default="")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "计划接洽"
        ordering = ("planned_on", "id")
        indexes = (
            models.Index(
                fields=("enterprise", "planned_on"),
                condition=Q(state="planned"),
                name="open_plans",
            ),
        )


class AccountManager(models.Model):
    """Who answers for an enterprise in a unit (客户经理), since when; past ones stay."""

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="account_managers")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    unit = models.ForeignKey("people.Unit", models.PROTECT)
    since = models.DateField("起")
    until = models.DateField("止", null=True)
    because = models.CharField("交接说明", max_length=200, blank=True, default="")
    label = models.CharField("密级标签", max_length=20, choices=LABELS, default=Label.INTERNAL)
    chain = models.CharField(max_length=60, blank=True, default="")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "客户经理"
        ordering = ("-since", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("enterprise", "unit"),
                condition=Q(until__isnull=True),
                name="one_account_manager",
            ),
        )


class Merging(models.Model):
    """Two records of one enterprise made one, with all it takes to undo it."""

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    kept = models.ForeignKey(Enterprise, models.PROTECT, related_name="mergings")
    absorbed = models.ForeignKey(Enterprise, models.PROTECT, related_name="+")
    # The code the absorbed record gave up, so that the firm is found by it still; "" for none.
    absorbed_code = models.CharField(max_length=18, blank=True, default="", db_index=True)
    # By relation: the keys of the rows that moved, and of those among them that were ended.
    moved = models.JSONField(default=dict)
    ended = models.JSONField(default=dict)
    # By field taken: its value before and after, and the source of its own it had before, if any.
    fields = models.JSONField(default=dict)
    because = models.CharField("合并原因", max_length=200)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    merged_at = models.DateTimeField()
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)
    undone_because = models.CharField("撤销原因", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "档案合并"
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("absorbed",), condition=Q(undone_at__isnull=True), name="merged_once"
            ),
            models.CheckConstraint(
                condition=~Q(kept=models.F("absorbed")), name="never_merged_into_itself"
            ),
        )
