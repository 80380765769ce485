"""The columns of each exported population: where a value is read and what it is called."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in JSON, its title in the table, and the path to the value."""

    key: str
    title: str
    path: str


def _columns(*rows: tuple[str, str, str] | tuple[str, str]) -> tuple[Column, ...]:
    # Where no path is given, the value is read under the column's own name.
    return tuple(Column(row[0], row[1], row[-1] if len(row) > 2 else row[0]) for row in rows)  # noqa: PLR2004


PROJECTS = _columns(
    ("public_id", "项目编号"),
    ("name", "项目名称"),
    ("enterprise", "投资主体", "enterprise.name"),
    ("enterprise_id", "客商编号", "enterprise.public_id"),
    ("enterprise_code", "统一社会信用代码", "enterprise.code"),
    ("lead", "线索编号", "lead.public_id"),
    ("unit", "责任单位", "unit.name"),
    ("unit_code", "责任单位代码", "unit.code"),
    ("park", "园区", "park.unit.name"),
    ("chain", "产业链"),
    ("link", "环节"),
    ("label", "密级标签"),
    ("stage", "阶段"),
    ("official", "官方阶段"),
    ("stage_since", "进入本阶段"),
    ("leader", "责任领导", "leader.name"),
    ("team_note", "专班"),
    ("project_class", "项目分类"),
    ("investment_form", "投资形态"),
    ("site_kind", "用地情况"),
    ("content", "建设内容"),
    ("total_investment_fen", "计划总投资（分）"),
    ("fixed_investment_fen", "固定资产投资（分）"),
    ("paid_in_fen", "到位资金（分）"),
    ("verified_in_fen", "已核验到位资金（分）"),
    ("opening_in_fen", "期初到位资金（分）"),
    ("code", "项目编码"),
    ("city_code", "市级项目编码"),
    ("statistical_name", "纳统项目名称"),
    ("statistical_total_fen", "纳统计划总投资（分）"),
    ("filed_total_fen", "备案证金额（分）"),
    ("industry_code", "行业代码"),
    ("nature", "建设性质"),
    ("capital_source", "内外资"),
    ("expected_output_fen", "预计年产值（分）"),
    ("expected_tax_fen", "预计年税收（分）"),
    ("expected_jobs", "预计用工"),
    ("site_area_mu", "用地面积（亩）"),
    ("sourcing", "招商类型"),
    ("origin", "来源地"),
    ("needs_land", "需用地"),
    ("land_secured_mu", "已落实用地（亩）"),
    ("agreement_signed_on", "协议签订日"),
    ("registered_on", "注册登记日"),
    ("filing_code", "备案项目代码"),
    ("construction_permit_on", "施工许可日"),
    ("started_on", "实际开工日"),
    ("completed_on", "竣工验收日"),
    ("production_on", "投产日"),
    ("version", "版本"),
    ("created_at", "建立时间"),
    ("updated_at", "最近修改"),
)
CLAIMS = _columns(
    ("public_id", "首报编号"),
    ("lead", "线索编号", "lead.public_id"),
    ("enterprise", "客商", "enterprise.name"),
    ("enterprise_id", "客商编号", "enterprise.public_id"),
    ("matter", "事项", "lead.matter"),
    ("chain", "产业链", "lead.chain"),
    ("link", "环节", "lead.link"),
    ("label", "密级标签", "lead.label"),
    ("estimate_fen", "意向投资（分）", "lead.estimate_fen"),
    ("unit", "登记单位", "unit.name"),
    ("unit_code", "登记单位代码", "unit.code"),
    ("officer", "登记人", "officer.name"),
    ("state", "状态"),
    ("filed_at", "登记时间"),
    ("protected_until", "保护期至"),
    ("proof_kind", "接洽证明"),
    ("proof_sha256", "证明文件 SHA-256", "proof.sha256"),
    ("ruled_at", "裁定时间"),
    ("ruling", "裁定理由"),
)
ENTERPRISES = _columns(
    ("public_id", "客商编号"),
    ("code", "统一社会信用代码"),
    ("name", "企业名称"),
    ("country", "国别地区"),
    ("city", "所在城市"),
    ("address", "地址"),
    ("registered_on", "成立日期"),
    ("capital_text", "注册资本"),
    ("existence", "存续状态"),
    ("last_sign_on", "最近存续迹象"),
    ("source", "来源"),
    ("source_as_of", "来源截至"),
    ("unit", "登记单位", "registered_by_unit.name"),
    ("created_at", "登记时间"),
)
FILES = _columns(
    ("public_id", "材料编号"),
    ("subject", "所属事项"),
    ("kind", "材料类别"),
    ("name", "文件名"),
    ("sha256", "SHA-256"),
    ("size_bytes", "字节"),
    ("media_type", "类型"),
    ("source", "来源说明"),
    ("dated", "材料日期"),
    ("uploaded_by", "上传人", "uploaded_by.name"),
    ("uploaded_at", "上传时间"),
    ("withdrawn_at", "撤回时间"),
    ("unit", "单位", "unit.name"),
    ("label", "密级标签"),
)
# As stored, so that every digest can be computed again from the export alone.
LINES = _columns(
    ("stream", "事项"),
    ("seq", "行号"),
    ("recorded_at", "记录时间"),
    ("actor", "经办人编号"),
    ("unit", "单位编号"),
    ("kind", "类别"),
    ("version", "版本"),
    ("sheet", "依据规则"),
    ("sheet_revision", "规则修订"),
    ("sheet_digest", "规则摘要"),
    ("scope_path", "范围"),
    ("scope_label", "密级标签"),
    ("scope_chain", "产业链"),
    ("body", "内容"),
    ("prev", "上一行摘要"),
    ("digest", "摘要"),
)
