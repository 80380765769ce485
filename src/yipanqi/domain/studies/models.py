"""Runs of the engine and what they found, kept with snapshot, sheets and code version."""

from django.db import models

from yipanqi.vocab import public_ids


class Study(models.Model):
    """One run: which question, of which data, by which sheets, and how it ended."""

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    kind = models.CharField("类别", max_length=20)  # diagnosis | targets
    city = models.CharField("城市", max_length=40)
    chain = models.CharField("产业链", max_length=60, db_index=True)
    snapshot = models.CharField("登记数据批次", max_length=80)
    # True when the registry is the generator's: every screen says 合成数据.
    synthetic = models.BooleanField(default=False)
    as_of = models.DateField("数据截至", null=True)
    sheets = models.JSONField("所依规则", default=dict)
    code_version = models.CharField(max_length=40)
    state = models.CharField(max_length=10)  # running | done | failed
    fault = models.TextField(blank=True, default="")
    current = models.BooleanField(default=False, db_index=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "研判"
        ordering = ("-id",)


class LinkVerdict(models.Model):
    """What a study says of one link: how strong here, what to do, by which rule."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="verdicts")
    link = models.CharField(max_length=60, db_index=True)
    local_enterprises = models.IntegerField()
    local_capital_wan = models.DecimalField(max_digits=20, decimal_places=6)
    nation_enterprises = models.IntegerField()
    # Null when the nation has none: no denominator, no quotient.
    quotient = models.FloatField(null=True)
    status = models.CharField(max_length=10)  # strong | weak | missing
    action = models.CharField(max_length=10)  # 强链 | 补链 | 延链 | 育链
    reason = models.TextField()
    rule = models.CharField(max_length=60)
    sample = models.BooleanField()
    # The nearest strong places outside: city, enterprises, quotient and km of each.
    suppliers = models.JSONField(default=list)

    class Meta:
        verbose_name = "环节研判"
        constraints = (models.UniqueConstraint(fields=("study", "link"), name="one_verdict"),)


class Target(models.Model):
    """An enterprise outside the city, ranked for a link, with the working of its score."""

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    study = models.ForeignKey(Study, models.CASCADE, related_name="targets")
    link = models.CharField(max_length=60, db_index=True)
    rank = models.IntegerField()
    registry_id = models.CharField(max_length=64)
    code = models.CharField(max_length=18, blank=True, default="")
    name = models.CharField(max_length=200)
    city = models.CharField(max_length=40, blank=True, default="")
    score = models.DecimalField(max_digits=8, decimal_places=4)
    # Feature, label, value and contribution of each; contributions sum to the score.
    contributions = models.JSONField(default=list)
    # Kind, text, source and as-of of each.
    evidence = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    existence = models.CharField(max_length=10, default="unknown")
    last_sign_on = models.DateField(null=True)

    class Meta:
        verbose_name = "招引目标"
        ordering = ("link", "rank")
        constraints = (models.UniqueConstraint(fields=("study", "link", "rank"), name="one_rank"),)
