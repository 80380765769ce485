"""Investment projects: entered once, moved through gates with evidence."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from yipanqi.domain.intake.models import Arriving
from yipanqi.domain.projects import parts, teams  # noqa: F401 -- here Django looks for models
from yipanqi.domain.projects.certified import Certified
from yipanqi.domain.projects.columns import (
    Classification,
    ForeignPart,
    Identity,
    Promise,
    Site,
    Sourcing,
)
from yipanqi.domain.projects.moves import Parted
from yipanqi.vocab import public_ids
from yipanqi.vocab.labels import TITLES, Label
from yipanqi.vocab.stages import TITLES as OFFICIAL


class Project(
    Identity, Classification, Promise, Site, Sourcing, ForeignPart, Parted, Certified, Arriving
):
    """One project. Money in fen, land in mu; what is not known is null, never zero."""

    public_id = models.CharField(max_length=16, unique=True, default=public_ids.new)
    name = models.CharField("项目名称", max_length=80)
    name_key = models.CharField(max_length=80, db_index=True)
    initials = models.CharField(max_length=80, db_index=True, default="")
    enterprise = models.ForeignKey(
        "investors.Enterprise", models.PROTECT, related_name="projects", verbose_name="投资主体"
    )
    lead = models.OneToOneField("leads.Lead", models.PROTECT, null=True, related_name="project")
    unit = models.ForeignKey(
        "people.Unit", models.PROTECT, related_name="projects", verbose_name="责任单位"
    )
    park = models.ForeignKey(
        "places.Park", models.PROTECT, null=True, related_name="projects", verbose_name="园区"
    )
    chain = models.CharField("产业链", max_length=60, blank=True, default="", db_index=True)
    link = models.CharField("环节", max_length=60, blank=True, default="")
    label = models.CharField(
        "密级标签",
        max_length=20,
        choices=[(k.value, v) for k, v in TITLES.items()],
        default=Label.INTERNAL,
    )
    stage = models.SlugField("阶段", max_length=40, db_index=True)
    official = models.CharField(
        "官方阶段", max_length=10, choices=[(k.value, v) for k, v in OFFICIAL.items()]
    )
    stage_since = models.DateField("进入本阶段")
    # The version the editor saw; a stale edit is refused.
    version = models.PositiveIntegerField(default=1)
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="led_projects",
        verbose_name="责任领导",
    )
    team_note = models.CharField("专班", max_length=200, blank=True, default="")
    project_class = models.CharField("项目分类", max_length=20, blank=True, default="")
    investment_form = models.CharField("投资形态", max_length=20, blank=True, default="")
    site_kind = models.CharField("用地情况", max_length=20, blank=True, default="")
    content = models.TextField("建设内容", blank=True, default="")
    total_investment_fen = models.BigIntegerField("计划总投资", null=True)
    fixed_investment_fen = models.BigIntegerField("固定资产投资", null=True)
    # Sums of vouchers that stand, kept by services.money alone: all, verified ones, and what was
    # typed before vouchers were kept. Unknown where there is no voucher.
    paid_in_fen = models.BigIntegerField("到位资金", null=True)
    verified_in_fen = models.BigIntegerField("已核验到位资金", null=True)
    opening_in_fen = models.BigIntegerField("期初到位资金（无凭证）", null=True)
    needs_land = models.BooleanField("需用地", null=True)
    land_secured_mu = models.DecimalField(
        "已落实用地（亩）", max_digits=12, decimal_places=2, null=True
    )
    agreement_signed_on = models.DateField("协议签订日", null=True)
    registered_on = models.DateField("注册登记日", null=True)
    filing_code = models.CharField("备案项目代码", max_length=40, blank=True, default="")
    construction_permit_on = models.DateField("施工许可日", null=True)
    started_on = models.DateField("实际开工日", null=True)
    completed_on = models.DateField("竣工验收日", null=True)
    production_on = models.DateField("投产日", null=True)
    # 存量: from the ledgers kept before; counted apart until a second person verified it.
    is_opening = models.BooleanField("存量项目", default=False)
    opening_due_on = models.DateField("补证期限", null=True)
    opening_verified_on = models.DateField("存量核实日", null=True)
    opening_verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name = "项目"
        ordering = ("-updated_at", "-id")
        indexes = (
            models.Index(fields=("-updated_at", "-id")),
            models.Index(fields=("unit", "stage")),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(total_investment_fen__isnull=True) | Q(total_investment_fen__gte=0),
                name="investment_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(paid_in_fen__isnull=True) | Q(paid_in_fen__gte=0),
                name="paid_in_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(land_secured_mu__isnull=True) | Q(land_secured_mu__gte=0),
                name="land_not_negative",
            ),
        )
