"""Facts of a project that are born in other rooms, deposited with it: what proves each, and when.

Models of this room too; `models` names this module, for there Django looks.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from yipanqi.vocab import public_ids


class Certified(models.Model):
    """The deposited facts that stand, by vocab.facts.PROJECT_FACTS, for gates to read at once."""

    certified = models.JSONField("存入的事实", default=dict)

    class Meta:
        abstract = True


class Certificate(models.Model):
    """One fact deposited by another room, with the subject that proves it ("reviews/<id>")."""

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="certificates")
    fact = models.SlugField("事实", max_length=40)
    value = models.JSONField("值")
    subject = models.CharField("依据", max_length=80)
    deposited_at = models.DateTimeField("存入时间")
    deposited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField("撤回时间", null=True)

    class Meta:
        verbose_name = "存入的事实"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("project", "fact"),
                condition=Q(withdrawn_at__isnull=True),
                name="a_fact_stands_once",
            ),
        )
