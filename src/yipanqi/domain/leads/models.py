"""Leads and claims: who found it first, who holds it, until when (首报首谈)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from yipanqi.domain.leads import signals  # noqa: F401 -- here Django looks for a room's models
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
    # The last day of real progress that is the claim's own: filed, renewed, ruled, taken over.
    # None: filed before this was kept; then only the window counts.
    progressed_on = models.DateField(null=True)
    # The last day of protection of which the holder was warned.
    warned_for = models.DateField(null=True)

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


class Renewal(models.Model):
    """A longer window for a held claim, with the evidence of real progress."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="renewals")
    number = models.PositiveSmallIntegerField("第几次")
    progress = models.TextField("实质进展")
    progressed_on = models.DateField("进展日期")
    evidence = models.ForeignKey("evidence.EvidenceFile", models.PROTECT)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    renewed_at = models.DateTimeField()
    until = models.DateField("保护期至")

    class Meta:
        verbose_name = "续期"
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("claim", "number"), name="each_renewal_once"),
        )


class Contest(models.Model):
    """Why a waiting claim should take the matter from its holder, and what the holder answers.

    Grounds and answer go to the other side; the files of each do not.
    """

    claim = models.OneToOneField(Claim, models.PROTECT, related_name="contest")
    grounds = models.TextField("异议理由")
    raised_at = models.DateTimeField()
    answer_due = models.DateField("答复期至")
    answer = models.TextField("持有单位答复", blank=True, default="")
    answer_evidence = models.ForeignKey("evidence.EvidenceFile", models.PROTECT, null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "异议"


class TransferState(models.TextChoices):
    """Where a transfer stands."""

    PROPOSED = "proposed", "待各方同意"
    ACCEPTED = "accepted", "已生效"
    DECLINED = "declined", "未同意"
    WITHDRAWN = "withdrawn", "已撤回"


class Transfer(models.Model):
    """A matter handed to another unit (流转), with the agreement on who shares the benefit."""

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    lead = models.ForeignKey(Lead, models.PROTECT, related_name="transfers")
    giver = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    receiver = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    reason = models.TextField("流转理由")
    years = models.PositiveSmallIntegerField("分享年限")
    agreement = models.ForeignKey("evidence.EvidenceFile", models.PROTECT, null=True)
    state = models.CharField("状态", max_length=10, choices=TransferState.choices)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    proposed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closing = models.TextField("不同意或撤回的理由", blank=True, default="")
    # Both days included; known once every party has accepted.
    since = models.DateField("自", null=True)
    until = models.DateField("至", null=True)

    class Meta:
        verbose_name = "流转"
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("lead",), condition=Q(state="proposed"), name="one_open_transfer"
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted")
                | Q(since__isnull=False, until__isnull=False, until__gte=models.F("since")),
                name="accepted_for_a_time",
            ),
        )


class Party(models.Model):
    """A unit's part in a transfer: of a ratio such as 5:5, so that the shares sum to 1."""

    transfer = models.ForeignKey(Transfer, models.CASCADE, related_name="parties")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    part = models.PositiveIntegerField("份额")
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)

    class Meta:
        verbose_name = "流转一方"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("transfer", "unit"), name="a_party_once"),
            models.CheckConstraint(condition=Q(part__gt=0), name="a_party_has_a_part"),
        )
