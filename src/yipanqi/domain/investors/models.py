"""Enterprises worth knowing (客商库), their contacts and what was said with them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from yipanqi.vocab import public_ids
from yipanqi.vocab.labels import TITLES, Label

LABELS = [(label.value, title) for label, title in TITLES.items()]


class Enterprise(models.Model):
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

    class Meta:
        verbose_name = "客商"
        indexes = (models.Index(fields=("-created_at", "-id")),)


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


class Interaction(models.Model):
    """A visit, call, fair or reception, with the next step promised."""

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="interactions")
    kind = models.CharField("方式", max_length=20)  # visit | call | fair | reception | letter
    held_on = models.DateField("日期")
    summary = models.TextField("纪要")
    next_step = models.CharField("下一步", max_length=200, blank=True, default="")
    next_step_on = models.DateField("下一步日期", null=True)
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
        )
