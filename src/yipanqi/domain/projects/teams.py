"""Who answers for a project: the team (专班), the joint units, and what a unit has promised.

Models of this room too; `models` names this module, for there Django looks.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from yipanqi.vocab import public_ids


class TeamRole(models.TextChoices):
    """What somebody is in the team of a project."""

    HEAD = "head", "组长"
    DEPUTY = "deputy", "副组长"
    LIAISON = "liaison", "联络员"
    AGENT = "agent", "代办员"
    MEMBER = "member", "成员"


class TeamMember(models.Model):
    """Somebody in the team from a day to a day: an officer with a log-in, or a person by name."""

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="team")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="人员"
    )
    name = models.CharField("姓名", max_length=40, blank=True, default="")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", verbose_name="单位")
    role = models.CharField("职责", max_length=10, choices=TeamRole.choices)
    since = models.DateField("自")
    until = models.DateField("至", null=True)

    class Meta:
        verbose_name = "专班成员"
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(officer__isnull=False) | ~Q(name=""), name="a_member_is_somebody"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="member_in_order"
            ),
            models.UniqueConstraint(
                fields=("project", "officer"),
                condition=Q(until__isnull=True, officer__isnull=False),
                name="an_officer_once_in_a_team",
            ),
        )


class JointUnit(models.Model):
    """A unit that answers for the project together with its own, and for what."""

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="joint_units")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", verbose_name="单位")
    duty = models.CharField("承担事项", max_length=200)
    since = models.DateField("自")
    until = models.DateField("至", null=True)

    class Meta:
        verbose_name = "联合单位"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("project", "unit"),
                condition=Q(until__isnull=True),
                name="a_joint_unit_once",
            ),
        )


class Pledge(models.Model):
    """What a unit has promised the investor: it stays the unit's, whoever said it and moves on."""

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="pledges")
    unit = models.ForeignKey(
        "people.Unit", models.PROTECT, related_name="+", verbose_name="承诺单位"
    )
    text = models.CharField("承诺内容", max_length=300)
    made_on = models.DateField("承诺日期")
    due = models.DateField("期限", null=True)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="经手人"
    )
    kept_on = models.DateField("兑现日期", null=True)
    released_on = models.DateField("解除日期", null=True)
    closing = models.TextField("兑现或解除说明", blank=True, default="")

    class Meta:
        verbose_name = "承诺"
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(kept_on__isnull=True) | Q(released_on__isnull=True),
                name="a_pledge_ends_once",
            ),
        )
