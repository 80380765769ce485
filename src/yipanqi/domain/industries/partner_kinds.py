"""The words a leader's list is told by: which side, where it stands, how a row was matched."""

from django.db import models


class PartnerKind(models.TextChoices):
    """Which side of the leader the enterprises of a list stand on."""

    SUPPLY = "supply", "供应商"
    PURCHASE = "purchase", "采购商"


class ListState(models.TextChoices):
    """Where a list stands."""

    IN_FORCE = "in_force", "现行"
    REPLACED = "replaced", "已被新名单替换"
    UNDONE = "undone", "已撤销"


class MatchedBy(models.TextChoices):
    """How a row was matched to a registered enterprise."""

    CODE = "code", "代码一致"
    NAME = "name", "名称一致"
    CHOSEN = "chosen", "人工选定"
