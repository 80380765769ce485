"""Units, officers and their posts."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q

from yipanqi.vocab import public_ids


class UnitKind(models.TextChoices):
    """What a unit is, as the pack's units.csv writes it."""

    LEADING_GROUP = "leading_group", "领导小组"
    OFFICE = "office", "领导小组办公室"
    BUREAU = "bureau", "招商主管部门"
    DEPARTMENT = "department", "市直部门"
    DISTRICT = "district", "区县（市）"
    PARK = "park", "园区"
    CHAIN_OFFICE = "chain_office", "产业链推进办公室"


class Unit(models.Model):
    """A unit in the one tree of the city; `path` is "/1/4/" so that a subtree is a prefix."""

    code = models.SlugField("代码", max_length=60, unique=True)
    name = models.CharField("名称", max_length=120)
    short_name = models.CharField("简称", max_length=40)
    kind = models.CharField("类别", max_length=20, choices=UnitKind.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = models.CharField(max_length=200, db_index=True)
    region_code = models.CharField("行政区划代码", max_length=6, blank=True, default="")
    # A chain office answers for this chain; empty for every other unit.
    chain = models.CharField("产业链", max_length=60, blank=True, default="")
    source = models.CharField("来源", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "单位"
        ordering = ("path",)


class Officer(AbstractUser):
    """A person with a log-in. What they may see and do comes from their posts alone."""

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    name = models.CharField("姓名", max_length=40)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="officers", verbose_name="单位"
    )
    mobile = models.CharField("手机", max_length=20, blank=True, default="")
    # Set by an administrator, seen by two people: good for one log-in, then to be replaced.
    password_is_initial = models.BooleanField(default=False)

    class Meta:
        verbose_name = "人员"


class Post(models.Model):
    """An appointment: a role (a row of the roles sheet) held in a unit from a day to a day."""

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="posts")
    role = models.SlugField("岗位", max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    since = models.DateField("起")
    # Last day of the appointment; an auditor's is always given (time-boxed).
    until = models.DateField("止", null=True)

    class Meta:
        verbose_name = "任职"
        constraints = (
            models.UniqueConstraint(fields=("officer", "role", "unit", "since"), name="one_post"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
                name="post_in_order",
            ),
        )


class Token(models.Model):
    """A personal key to the API; only its digest is kept."""

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="tokens")
    name = models.CharField("用途", max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_on = models.DateField("有效期至")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "接口令牌"


class Tally(models.Model):
    """How often something was done within a window of time: what rate limits count by."""

    name = models.CharField(max_length=120)
    window = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "计次"
        constraints = (models.UniqueConstraint(fields=("name", "window"), name="one_tally"),)
