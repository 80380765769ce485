"""Leads and claims: who found it first, who holds it, until when (首报首谈)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from yipanqi.vocab import public_ids
from yipanqi.vocab.labels import TITLES, Label


class ClaimState(models.TextChoices):
    """Where a claim stands."""

    HELD = "held", "持有"
    PENDING = "pending", "待裁定"
    LAPSED = "lapsed", "已失效"
    REJECTED = "rejected", "裁定未予支持"
    RELEASED = "released", "已放弃"


class Lead(models.Model):
    """A matter with an enterprise (企业 + 事项) as one unit filed it."""

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    enterprise = models.ForeignKey("investors.Enterprise", models.PROTECT, related_name="leads")
    matter = models.CharField("事项", max_length=120)
    matter_key = models.CharField(max_length=120)
    chain = models.CharField("产业链", max_length=60, blank=True, default="")
    link = models.CharField("环节", max_length=60, blank=True, default="")
    estimate_fen = models.BigIntegerField("意向投资（分）", null=True)
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    label = models.CharField(
        "密级标签",
        max_length=20,
        choices=[(k.value, v) for k, v in TITLES.items()],
        default=Label.INTERNAL,
    )
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "线索"
        ordering = ("-created_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(estimate_fen__isnull=True) | Q(estimate_fen__gte=0),
                name="estimate_not_negative",
            ),
        )


class Claim(models.Model):
    """A unit's filing on a matter. Order is the database's (id), never a client's clock.

    Each filing has its own lead, so that two units may file the same matter and neither reads the
    other's words; `enterprise` and `matter_key` repeat the lead's so that the rule of one holder
    is the database's own.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    lead = models.OneToOneField(Lead, models.PROTECT, related_name="claim")
    enterprise = models.ForeignKey("investors.Enterprise", models.PROTECT, related_name="claims")
    matter_key = models.CharField(max_length=120)
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="claims")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    state = models.CharField("状态", max_length=10, choices=ClaimState.choices)
    filed_at = models.DateTimeField("登记时间")
    protected_until = models.DateField("保护期至", null=True)
    # What proves the contact: kind of proof, in words, and the file.
    proof_kind = models.CharField("接洽证明", max_length=20)  # letter | visit | confirmation
    proof = models.ForeignKey("evidence.EvidenceFile", models.PROTECT, null=True)
    rival = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    ruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    ruled_at = models.DateTimeField(null=True)
    ruling = models.TextField("裁定理由", blank=True, default="")

    class Meta:
        verbose_name = "首报"
        ordering = ("id",)
        constraints = (
            # The one rule that no code path can get round: a matter has one holder.
            models.UniqueConstraint(
                fields=("enterprise", "matter_key"), condition=Q(state="held"), name="one_holder"
            ),
            # A unit waits or holds once: a double submit is harmless.
            models.UniqueConstraint(
                fields=("enterprise", "matter_key", "unit"),
                condition=Q(state__in=("held", "pending")),
                name="one_open_claim_per_unit",
            ),
            models.CheckConstraint(
                condition=~Q(state="held") | Q(protected_until__isnull=False),
                name="held_until_a_day",
            ),
        )
