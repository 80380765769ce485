"""The closed lists of facts a sheet may ask about, with type, Chinese label and unit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from yipanqi.vocab import project_kinds as kinds
from yipanqi.vocab.divisions import SECTORS


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that can be known: its key, its type, what officers call it, its unit."""

    key: str
    type: type
    label: str
    unit: str = ""
    # The closed set of values with the words officers read, where there is one.
    values: Mapping[str, str] = field(default_factory=dict)


def _by_key(*facts: Fact) -> Mapping[str, Fact]:
    return {fact.key: fact for fact in facts}


# The closed sets follow the forms of cities that publish theirs (武汉东湖高新区).
PROJECT_CLASSES = {"policy": "政策类", "investment": "投资类", "land": "供地类", "other": "其他"}
INVESTMENT_FORMS = {
    "new": "新设",
    "increase": "增资",
    "merger": "并购",
    "upgrade": "技改",
    "other": "其他",
}
SITE_KINDS = {
    "new_land": "新供地",
    "existing_land": "现有用地",
    "leased_plant": "租赁厂房",
    "bought_plant": "购买房产",
    "other": "其他",
}
POSITIONS = {"upstream": "上游", "midstream": "中游", "downstream": "下游"}

# What is known of a project. A `*_file` fact is true when a file of that kind is attached.
PROJECT_FACTS = _by_key(
    Fact("investor_known", bool, "投资主体已明确"),
    Fact("total_investment_fen", int, "计划总投资", "分"),
    Fact("fixed_investment_fen", int, "固定资产投资", "分"),
    Fact("industry_chain", str, "产业链"),
    Fact("park", str, "落地园区"),
    Fact("leader", bool, "责任领导已明确"),
    Fact("team", bool, "专班已组建"),
    Fact("needs_land", bool, "需新供地"),
    Fact("land_secured_mu", Decimal, "已落实用地", "亩"),
    Fact("agreement_signed_on", date, "协议签订日期"),
    Fact("agreement_file", bool, "已附投资协议"),
    Fact("registered_on", date, "工商注册日期"),
    Fact("licence_file", bool, "已附营业执照"),
    Fact("filing_code", str, "备案项目代码"),
    Fact("filing_file", bool, "已附备案证"),
    Fact("construction_permit_on", date, "施工许可日期"),
    Fact("construction_permit_file", bool, "已附施工许可证"),
    Fact("started_on", date, "实际开工日期"),
    Fact("start_photo_file", bool, "已附开工现场照片"),
    Fact("paid_in_fen", int, "到位资金", "分"),
    Fact("completed_on", date, "竣工日期"),
    Fact("acceptance_file", bool, "已附竣工验收材料"),
    Fact("production_on", date, "投产日期"),
    Fact("project_class", str, "项目分类", values=PROJECT_CLASSES),
    Fact("investment_form", str, "投资形态", values=INVESTMENT_FORMS),
    Fact("site_kind", str, "用地情况", values=SITE_KINDS),
    Fact("contact_proof_file", bool, "已附接洽证明"),
    Fact("admission_opened", bool, "已提请准入评审"),
    Fact("admission_passed", bool, "准入评审已通过"),
    Fact("verified_in_fen", int, "已核验到位资金", "分"),
    Fact("opening_in_fen", int, "期初到位资金（无凭证）", "分"),
    Fact("city_code", str, "市级项目编码"),
    Fact("province_code", str, "省级项目编码"),
    Fact("statistical_name", str, "纳统项目名称"),
    Fact("statistical_total_fen", int, "纳统计划总投资", "分"),
    Fact("filed_total_fen", int, "备案证金额", "分"),
    Fact("expected_output_fen", int, "预计年产值", "分"),
    Fact("expected_tax_fen", int, "预计年税收", "分"),
    Fact("expected_jobs", int, "预计用工", "人"),
    Fact("site_area_mu", Decimal, "用地面积", "亩"),
    Fact("plant_area_sqm", Decimal, "厂房面积", "平方米"),
    Fact("planned_start_on", date, "计划开工日"),
    Fact("planned_finish_on", date, "计划竣工日"),
    Fact("first_contact_on", date, "首次对接日"),
    Fact("capital_source", str, "内外资", values=kinds.CAPITAL_SOURCES),
    Fact("is_fdi", bool, "外商直接投资（FDI）"),
    Fact("industry_code", str, "行业代码（GB/T 4754）"),
    Fact("sector", str, "三次产业", values=SECTORS),
    Fact("planning_kind", str, "策划类型", values=kinds.PLANNING_KINDS),
    Fact("approval_kind", str, "立项属性", values=kinds.APPROVAL_KINDS),
    Fact("nature", str, "建设性质", values=kinds.NATURES),
    Fact("headquarters", str, "总部类型", values=kinds.HEADQUARTERS),
    Fact("investor_kind", str, "投资主体性质", values=kinds.INVESTOR_KINDS),
    Fact("sourcing", str, "招商类型", values=kinds.SOURCINGS),
    Fact("is_enclave", bool, "飞地园区项目"),
    Fact("is_relocated", bool, "产业外溢（转移）"),
    Fact("is_research_centre", bool, "研发中心"),
    Fact("is_advanced_manufacturing", bool, "先进制造业"),
    Fact("is_strategic", bool, "战略性新兴产业"),
    Fact("is_key_industry", bool, "重点产业"),
    Fact("is_high_energy", bool, "两高项目"),
    Fact("is_existing_firm", bool, "存量企业"),
    Fact("exit_agreement_file", bool, "已附解除协议"),
    Fact("exit_notice_file", bool, "已附退出通知书"),
)

# What the engine knows of one link of a chain in one city.
LINK_FACTS = _by_key(
    Fact("position", str, "位置", values=POSITIONS),
    Fact("local_enterprises", int, "本市企业", "家"),
    Fact("local_capital_wan", Decimal, "本市注册资本", "万元"),
    Fact("national_enterprises", int, "全国企业", "家"),
    Fact("quotient", Decimal, "区位商"),
    Fact("local_customers", int, "本市下游环节企业", "家"),
    Fact("local_suppliers", int, "本市上游环节企业", "家"),
    Fact("strong_cities", int, "外地优势城市", "个"),
    Fact("nearest_supplier_km", Decimal, "最近优势城市距离", "公里"),
    Fact("nearest_supplier_city", str, "最近优势城市"),
    Fact("leaders_known", int, "已知龙头企业", "家"),
    Fact("entry_chance", Decimal, "五年内成为专长的预测得分"),
    Fact("entry_rank", int, "预测得分在本市各环节中的位次"),
)
