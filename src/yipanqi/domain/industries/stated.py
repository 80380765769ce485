"""What leaders of a chain (链主) state of whom they buy from and sell to: models of this room."""

from django.db import models

from yipanqi.domain.industries.partner_kinds import ListState, MatchedBy, PartnerKind
from yipanqi.vocab import public_ids


class PartnerList(models.Model):
    """A leader's suppliers or purchasers as of a day, as one file stated them.

    A unit's newer list of the same leader and kind replaces it; it is kept either way.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    chain = models.CharField("产业链", max_length=60, db_index=True)
    kind = models.CharField("名单类别", max_length=10, choices=PartnerKind)
    leader = models.CharField("链主企业", max_length=200)
    leader_key = models.CharField(max_length=200)
    leader_registry_id = models.CharField(max_length=64, blank=True, default="")
    as_of = models.DateField("名单截至日期")
    source = models.CharField("来源", max_length=200)
    label = models.CharField("密级", max_length=20, default="internal")
    file_name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField("文件摘要", max_length=64)
    # The registry the rows were matched to; empty where none was in force.
    snapshot = models.CharField("登记数据批次", max_length=80, blank=True, default="")
    row_count = models.IntegerField("行数")
    matched_count = models.IntegerField("对应行数")
    state = models.CharField(max_length=10, choices=ListState, default=ListState.IN_FORCE)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    applied_by = models.ForeignKey("people.Officer", models.PROTECT, related_name="+")
    applied_at = models.DateTimeField("应用时间")
    undone_by = models.ForeignKey("people.Officer", models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_because = models.CharField("撤销原因", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "链主名单"
        ordering = ("-as_of", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("chain", "kind", "leader_key", "unit"),
                condition=models.Q(state="in_force"),
                name="one_partner_list_in_force",
            ),
        )

    @property
    def is_in_force(self) -> bool:
        """Whether screens count it."""
        return self.state == ListState.IN_FORCE


class PartnerRow(models.Model):
    """One enterprise a list names, as written, and the registered enterprise it is held to be."""

    of = models.ForeignKey(PartnerList, models.CASCADE, related_name="rows")
    number = models.IntegerField("行号")
    name = models.CharField("企业名称", max_length=200)
    name_key = models.CharField(max_length=200, db_index=True)
    code = models.CharField("统一社会信用代码", max_length=18, blank=True, default="")
    product = models.CharField("产品", max_length=200, blank=True, default="")
    # The link the list states; empty where it states none.
    link = models.CharField("环节", max_length=60, blank=True, default="", db_index=True)
    year = models.IntegerField("年份", null=True)
    note = models.CharField("备注", max_length=200, blank=True, default="")
    # Empty where no registered enterprise was found or chosen; then the columns below are too.
    registry_id = models.CharField(max_length=64, blank=True, default="", db_index=True)
    registered_name = models.CharField(max_length=200, blank=True, default="")
    province = models.CharField("省份", max_length=20, blank=True, default="")
    city = models.CharField("城市", max_length=40, blank=True, default="")
    # Null where it is not known where the enterprise stands.
    is_here = models.BooleanField("在本市", null=True)
    matched_by = models.CharField(max_length=10, choices=MatchedBy, blank=True, default="")
    confidence = models.DecimalField("可信度", max_digits=3, decimal_places=2, null=True)
    # One and the same for all rows that speak of one enterprise.
    firm = models.CharField(max_length=220, db_index=True)

    class Meta:
        verbose_name = "名单企业"
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("of", "number"), name="one_partner_row"),)

    @property
    def shown_name(self) -> str:
        """The registered name where there is one, else the name as written."""
        return self.registered_name or self.name
