"""Chains, their links, and who supplies whom, as the pack in force has them."""

from django.db import models

from yipanqi.domain.industries import stated  # noqa: F401 -- here Django looks for models
from yipanqi.vocab import public_ids


class Chain(models.Model):
    """One industry chain of the city."""

    code = models.SlugField("代码", max_length=60, unique=True)
    name = models.CharField("名称", max_length=60)
    alias = models.CharField("别名", max_length=200, blank=True, default="")
    office_unit = models.CharField("推进办公室", max_length=60, blank=True, default="")
    status = models.CharField(max_length=10, default="draft")
    valid_from = models.DateField("施行日")
    source = models.CharField("来源", max_length=200)
    basis = models.CharField("依据", max_length=20)

    class Meta:
        verbose_name = "产业链"
        ordering = ("id",)


class Link(models.Model):
    """One link of a chain: a product, process or service."""

    chain = models.ForeignKey(Chain, models.CASCADE, related_name="links")
    code = models.SlugField("代码", max_length=60, unique=True)
    name = models.CharField("名称", max_length=60)
    position = models.CharField("位置", max_length=12)  # upstream | midstream | downstream
    gbt = models.CharField("国民经济行业分类", max_length=200, blank=True, default="")
    description = models.TextField("说明", blank=True, default="")
    source = models.CharField("来源", max_length=200)
    basis = models.CharField("依据", max_length=20)

    class Meta:
        verbose_name = "环节"
        ordering = ("id",)


class Supply(models.Model):
    """An arrow of the chain: the supplier link serves the customer link."""

    chain = models.ForeignKey(Chain, models.CASCADE, related_name="supplies")
    supplier = models.ForeignKey(Link, models.CASCADE, related_name="customers_of")
    customer = models.ForeignKey(Link, models.CASCADE, related_name="suppliers_of")
    what = models.CharField("供什么", max_length=80, blank=True, default="")
    source = models.CharField("来源", max_length=200)
    basis = models.CharField("依据", max_length=20)

    class Meta:
        verbose_name = "供应关系"
        constraints = (models.UniqueConstraint(fields=("supplier", "customer"), name="one_arrow"),)


class LinkLeader(models.Model):
    """An enterprise known worldwide or nationwide in a link."""

    link = models.ForeignKey(Link, models.CASCADE, related_name="leaders")
    enterprise = models.CharField("企业", max_length=120)
    place = models.CharField("所在地", max_length=60)
    reach = models.CharField("影响范围", max_length=10)  # world | nation
    source = models.CharField("来源", max_length=200)
    basis = models.CharField("依据", max_length=20)

    class Meta:
        verbose_name = "环节领军企业"


class ProposalState(models.TextChoices):
    """Where a proposal stands."""

    PENDING = "pending", "待处理"
    ACCEPTED = "accepted", "已采纳"
    REJECTED = "rejected", "已退回"


class Proposal(models.Model):
    """A suggestion for a chain, from a graph gathered by machines; a chain office decides on it.

    It keeps codes and not rows of the tables above: those are renewed whole.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    chain = models.CharField("产业链", max_length=60, db_index=True)
    kind = models.CharField("类别", max_length=10)  # link | supply | term
    name = models.CharField("名称", max_length=60)
    link = models.CharField("环节", max_length=60)
    customer = models.CharField("供应给", max_length=60, blank=True, default="")
    # How many edges of the graph speak for it, and a few of them.
    support = models.IntegerField("依据条数")
    because = models.JSONField("依据", default=list)
    source = models.CharField("来源", max_length=200)
    state = models.CharField(max_length=10, choices=ProposalState, default=ProposalState.PENDING)
    # The rows as written into the sheet, which may differ from what was proposed.
    rows = models.JSONField("写入", default=dict)
    sheet = models.CharField("规则表", max_length=80, blank=True, default="")
    reason = models.TextField("退回理由", blank=True, default="")
    decided_by = models.ForeignKey("people.Officer", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "产业链提议"
        ordering = ("-support", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("chain", "kind", "name", "link", "customer"), name="one_proposal"
            ),
        )
