"""Other systems that are told what the ledger records, and what was sent to each."""

from django.db import models

from yipanqi.domain.people.models import Officer
from yipanqi.vocab import public_ids


class Hook(models.Model):
    """Lines of the ledger go to this address, as far as the officer who set it up may see them.

    `kinds` lists kinds of events ("projects.created") and whole rooms ("projects"). The signing
    secret is not kept: it is derived from the server's key and `public_id`.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="hooks")
    name = models.CharField("用途", max_length=60)
    url = models.CharField("收件地址", max_length=300)
    kinds = models.JSONField("事项", default=list)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "推送"


class SendingState(models.TextChoices):
    """How far a line has come on its way to another system."""

    WAITING = "waiting", "待发"
    SENT = "sent", "已送达"
    GIVEN_UP = "given_up", "未送达"


class Sending(models.Model):
    """One line of the ledger on its way to one hook; `entry` is the line's number."""

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    hook = models.ForeignKey(Hook, models.CASCADE, related_name="sendings")
    entry = models.BigIntegerField()
    kind = models.CharField(max_length=80)
    state = models.CharField(
        max_length=10, choices=SendingState.choices, default=SendingState.WAITING
    )
    attempts = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField()
    # The receiver's last answer: an HTTP status, or why there was none.
    status = models.PositiveIntegerField(null=True)
    failure = models.CharField(max_length=300, blank=True, default="")
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "推送记录"
        constraints = (models.UniqueConstraint(fields=("hook", "entry"), name="one_sending"),)
        indexes = (models.Index(fields=("state", "due_at"), name="sendings_due"),)
