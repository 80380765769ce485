"""The columns of a project by group, so that each group reads as one; `models.Project` has all."""

from collections.abc import Mapping

from django.db import models

from yipanqi.vocab import project_kinds as kinds


def _chosen(title: str, words: Mapping[str, str]) -> "models.CharField[str, str]":
    return models.CharField(title, max_length=20, blank=True, default="", choices=[*words.items()])


def _words(title: str, length: int) -> "models.CharField[str, str]":
    return models.CharField(title, max_length=length, blank=True, default="")


def _yes_no(title: str) -> "models.BooleanField[bool | None, bool | None]":
    return models.BooleanField(title, null=True)


class Identity(models.Model):
    """What a project is called, here and in the ledgers of others."""

    # Given once at opening: the day and its serial number; null only between two migrations.
    code = models.CharField("项目编码", max_length=20, null=True, unique=True)
    city_code = models.CharField("市级项目编码", max_length=40, null=True, unique=True)
    province_code = _words("省级项目编码", 40)
    nation_code = _words("国家重大项目编码", 40)
    is_sent_to_province = _yes_no("已推送省库")
    # Statistics know many projects under another name, with another total.
    statistical_name = _words("纳统项目名称", 120)
    statistical_total_fen = models.BigIntegerField("纳统计划总投资", null=True)

    class Meta:
        abstract = True


class Classification(models.Model):
    """What kind of project it is, by the lists of published forms."""

    capital_source = _chosen("内外资", kinds.CAPITAL_SOURCES)
    is_fdi = _yes_no("外商直接投资（FDI）")
    industry_code = _words("行业代码（GB/T 4754）", 6)
    second_industry_code = _words("次要行业代码", 6)
    second_chain = _words("次要产业链", 60)
    planning_kind = _chosen("策划类型", kinds.PLANNING_KINDS)
    approval_kind = _chosen("立项属性", kinds.APPROVAL_KINDS)
    nature = _chosen("建设性质", kinds.NATURES)
    headquarters = _chosen("总部类型", kinds.HEADQUARTERS)
    headquarters_mode = _chosen("总部方式", kinds.HEADQUARTERS_MODES)
    is_enclave = _yes_no("飞地园区项目")
    is_relocated = _yes_no("产业外溢（转移）")
    relocated_from = _words("外溢来源地", 60)
    is_research_centre = _yes_no("研发中心")
    is_advanced_manufacturing = _yes_no("先进制造业")
    is_strategic = _yes_no("战略性新兴产业")
    is_key_industry = _yes_no("重点产业")
    is_high_energy = _yes_no("两高项目")
    is_existing_firm = _yes_no("存量企业")
    first_invested_year = models.PositiveSmallIntegerField("首次在本地投资年份", null=True)

    class Meta:
        abstract = True


class Promise(models.Model):
    """What the project is to bring, and when; amounts a year once in full production."""

    filed_total_fen = models.BigIntegerField("备案证金额", null=True)
    expected_output_fen = models.BigIntegerField("预计年产值", null=True)
    expected_tax_fen = models.BigIntegerField("预计年税收", null=True)
    expected_jobs = models.PositiveIntegerField("预计用工（人）", null=True)
    products = _words("主要产品及产能", 300)
    planned_start_on = models.DateField("计划开工日", null=True)
    planned_finish_on = models.DateField("计划竣工日", null=True)

    class Meta:
        abstract = True


class Site(models.Model):
    """Where it is to stand and how much room it asks for."""

    site_address = _words("选址", 200)
    site_area_mu = models.DecimalField("用地面积（亩）", max_digits=12, decimal_places=2, null=True)
    plant_area_sqm = models.DecimalField(
        "厂房面积（平方米）", max_digits=14, decimal_places=2, null=True
    )
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True)
    latitude = models.DecimalField("纬度", max_digits=9, decimal_places=6, null=True)

    class Meta:
        abstract = True


class Sourcing(models.Model):
    """How it came to us, who sent it, and what its investor is."""

    investor_kind = _chosen("投资主体性质", kinds.INVESTOR_KINDS)
    sourcing = _chosen("招商类型", kinds.SOURCINGS)
    sourcing_note = _words("招商类型说明", 200)
    origin = _words("来源地", 60)
    first_contact_on = models.DateField("首次对接日", null=True)
    assigned_by = _chosen("交办层级", kinds.ASSIGNED_BY)
    secrecy_note = _words("保密要求", 200)

    class Meta:
        abstract = True


class ForeignPart(models.Model):
    """In which currency the foreign part of the investment is agreed, and at what rate it counts.

    `foreign_rate` is yuan for one unit, as published on `foreign_rate_on`.
    """

    foreign_currency = models.CharField("外资币种", max_length=3, blank=True, default="")
    foreign_rate = models.DecimalField("折算汇率", max_digits=14, decimal_places=6, null=True)
    foreign_rate_on = models.DateField("汇率日期", null=True)

    class Meta:
        abstract = True
