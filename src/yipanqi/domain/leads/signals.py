"""Signals (信息库): what somebody heard, before anyone claims a matter; models of this room too."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from yipanqi.domain.leads import kinds
from yipanqi.rulebook.triage import Step
from yipanqi.vocab import public_ids
from yipanqi.vocab.labels import TITLES, Label

_STEPS = {"new": Step.RESPOND, "judging": Step.JUDGE, "following": Step.PROGRESS}


class Signal(models.Model):
    """Something heard that may become an investment: who, what, where from, and what is due next.

    The enterprise is a name as heard; `enterprise` is known once it is in the library. `unit` has
    to act on it; who captured it keeps sight of it wherever it is passed on. A due day is settled
    by the sheet in force when the term began, and kept.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    enterprise_name = models.CharField("企业", max_length=120, blank=True, default="")
    name_key = models.CharField(max_length=120, blank=True, default="", db_index=True)
    initials = models.CharField(max_length=200, blank=True, default="")
    enterprise = models.ForeignKey(
        "investors.Enterprise", models.PROTECT, null=True, related_name="signals"
    )
    matter = models.CharField("事项", max_length=120)
    matter_key = models.CharField(max_length=120, db_index=True)
    details = models.TextField("详情", blank=True, default="")
    source = models.CharField("来源", max_length=10, choices=list(kinds.SOURCES.items()))
    source_note = models.CharField("来源说明", max_length=200, blank=True, default="")
    referrer = models.CharField("推荐人", max_length=80, blank=True, default="")
    # The enterprise of a target list it was captured from, by registry id.
    registry_id = models.CharField(max_length=64, blank=True, default="")
    chain = models.CharField("产业链", max_length=60, blank=True, default="")
    link = models.CharField("环节", max_length=60, blank=True, default="")
    estimate_fen = models.BigIntegerField("意向投资（分）", null=True)
    label = models.CharField(
        "密级标签",
        max_length=20,
        choices=[(code.value, title) for code, title in TITLES.items()],
        default=Label.INTERNAL,
    )
    captured_unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    captured_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    captured_at = models.DateTimeField("登记时间")
    # The browser's own number of the slip it sent: sent twice, it is one signal.
    slip = models.CharField(max_length=36, blank=True, default="")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    received_on = models.DateField("到达本单位")
    state = models.CharField("状态", max_length=10, choices=list(kinds.STATES.items()))
    due_on = models.DateField("办理期限", null=True)
    responded_at = models.DateTimeField("响应时间", null=True)
    experts = models.CharField("外部专家", max_length=200, blank=True, default="")
    judged_at = models.DateTimeField("研判时间", null=True)
    reason = models.TextField("研判意见", blank=True, default="")
    reply_due = models.DateField("反馈期限", null=True)
    replied_at = models.DateTimeField("反馈时间", null=True)
    reply = models.TextField("反馈内容", blank=True, default="")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    lead = models.ForeignKey("leads.Lead", models.PROTECT, null=True, related_name="signals")
    # The day of the term whose passing was told last, of each clock.
    told_due = models.DateField(null=True)
    told_reply = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        app_label = "leads"
        verbose_name = "信息"
        ordering = ("-captured_at", "-id")
        indexes = (models.Index(fields=("state", "due_on"), name="signal_due"),)
        constraints = (
            models.UniqueConstraint(
                fields=("captured_by", "slip"), condition=~Q(slip=""), name="one_signal_per_slip"
            ),
            models.CheckConstraint(
                condition=Q(estimate_fen__isnull=True) | Q(estimate_fen__gte=0),
                name="signal_estimate_not_negative",
            ),
            models.CheckConstraint(
                condition=~Q(state="merged") | Q(merged_into__isnull=False),
                name="merged_into_another",
            ),
            models.CheckConstraint(
                condition=~Q(state="promoted") | Q(lead__isnull=False), name="promoted_to_a_lead"
            ),
        )

    @property
    def is_open(self) -> bool:
        """Whether its unit still has to act on it."""
        return self.state in kinds.OPEN

    @property
    def step(self) -> Step | None:
        """What it waits for; None when nothing is to be done."""
        return _STEPS.get(self.state)

    @property
    def reply_open(self) -> date | None:
        """The last day to answer the one who referred it; None when that is done or not owed."""
        return self.reply_due if self.replied_at is None else None


class SignalNote(models.Model):
    """What happened with a signal since, or what somebody added to it."""

    signal = models.ForeignKey(Signal, models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=10, choices=list(kinds.NOTES.items()))
    words = models.TextField("内容")
    happened_on = models.DateField("日期")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        app_label = "leads"
        verbose_name = "信息跟进"
        ordering = ("-happened_on", "-id")
