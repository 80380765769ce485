"""Which columns of a project an officer may change, what each is called, and its closed list."""

from collections.abc import Mapping

from yipanqi.vocab import facts
from yipanqi.vocab import project_kinds as kinds

# Stage is moved by `services.stages` alone; money in place is the sum of its vouchers.
FIELDS: Mapping[str, str] = {
    "name": "项目名称",
    "content": "建设内容",
    "label": "密级标签",
    "park": "园区",
    "link": "环节",
    "leader": "责任领导",
    "team_note": "专班",
    "city_code": "市级项目编码",
    "province_code": "省级项目编码",
    "nation_code": "国家重大项目编码",
    "is_sent_to_province": "已推送省库",
    "statistical_name": "纳统项目名称",
    "statistical_total_fen": "纳统计划总投资",
    "secrecy_note": "保密要求",
    "project_class": "项目分类",
    "capital_source": "内外资",
    "is_fdi": "外商直接投资（FDI）",
    "industry_code": "行业代码（GB/T 4754）",
    "second_industry_code": "次要行业代码",
    "second_chain": "次要产业链",
    "planning_kind": "策划类型",
    "approval_kind": "立项属性",
    "nature": "建设性质",
    "investment_form": "投资形态",
    "headquarters": "总部类型",
    "headquarters_mode": "总部方式",
    "is_enclave": "飞地园区项目",
    "is_relocated": "产业外溢（转移）",
    "relocated_from": "外溢来源地",
    "is_research_centre": "研发中心",
    "is_advanced_manufacturing": "先进制造业",
    "is_strategic": "战略性新兴产业",
    "is_key_industry": "重点产业",
    "is_high_energy": "两高项目",
    "is_existing_firm": "存量企业",
    "first_invested_year": "首次在本地投资年份",
    "investor_kind": "投资主体性质",
    "sourcing": "招商类型",
    "sourcing_note": "招商类型说明",
    "origin": "来源地",
    "first_contact_on": "首次对接日",
    "assigned_by": "交办层级",
    "total_investment_fen": "计划总投资",
    "fixed_investment_fen": "固定资产投资",
    "filed_total_fen": "备案证金额",
    "expected_output_fen": "预计年产值",
    "expected_tax_fen": "预计年税收",
    "expected_jobs": "预计用工",
    "products": "主要产品及产能",
    "planned_start_on": "计划开工日",
    "planned_finish_on": "计划竣工日",
    "site_kind": "用地情况",
    "needs_land": "需用地",
    "site_area_mu": "用地面积",
    "plant_area_sqm": "厂房面积",
    "site_address": "选址",
    "longitude": "经度",
    "latitude": "纬度",
    "land_secured_mu": "已落实用地",
    "agreement_signed_on": "协议签订日",
    "registered_on": "注册登记日",
    "filing_code": "备案项目代码",
    "construction_permit_on": "施工许可日",
    "started_on": "实际开工日",
    "completed_on": "竣工验收日",
    "production_on": "投产日",
}
# Columns with a closed list: the codes with the words officers read.
LISTS: Mapping[str, Mapping[str, str]] = {
    "project_class": facts.PROJECT_CLASSES,
    "investment_form": facts.INVESTMENT_FORMS,
    "site_kind": facts.SITE_KINDS,
    "capital_source": kinds.CAPITAL_SOURCES,
    "planning_kind": kinds.PLANNING_KINDS,
    "approval_kind": kinds.APPROVAL_KINDS,
    "nature": kinds.NATURES,
    "headquarters": kinds.HEADQUARTERS,
    "headquarters_mode": kinds.HEADQUARTERS_MODES,
    "investor_kind": kinds.INVESTOR_KINDS,
    "sourcing": kinds.SOURCINGS,
    "assigned_by": kinds.ASSIGNED_BY,
}
# Days that record something already done cannot lie ahead; planned ones may.
PAST = frozenset(
    name for name in FIELDS if name.endswith("_on") and not name.startswith("planned_")
)
# Columns in which the same word may stand once: an empty one is unknown and not a word.
UNIQUE = frozenset({"city_code"})
# What a figure may be at most; beyond it is a slip of the unit or the keyboard.
MOST: Mapping[str, int] = {
    "expected_jobs": 1_000_000,
    "site_area_mu": 100_000,
    "land_secured_mu": 100_000,
    "plant_area_sqm": 50_000_000,
}
