"""The closed lists of a project's record, each code with the words officers read.

They follow the published forms of cities (武汉东湖高新区、某市重点项目申报表).
"""

from collections.abc import Mapping

CAPITAL_SOURCES: Mapping[str, str] = {"domestic": "内资", "foreign": "外资", "mixed": "内外资合作"}
PLANNING_KINDS: Mapping[str, str] = {
    "operating": "一般经营性",
    "industrial": "工业",
    "allocated": "划拨类用地",
    "other": "其他",
}
APPROVAL_KINDS: Mapping[str, str] = {"approval": "审批", "verification": "核准", "filing": "备案"}
NATURES: Mapping[str, str] = {
    "new": "新建",
    "expansion": "扩建",
    "conversion": "改建",
    "upgrade": "技改",
    "opening": "开业",
    "other": "其他",
}
HEADQUARTERS: Mapping[str, str] = {
    "global": "全球总部",
    "asia_pacific": "亚太总部",
    "china": "中国总部",
    "central_china": "华中区域总部",
    "second": "第二总部",
    "functional": "功能性总部",
    "other": "其他总部",
}
HEADQUARTERS_MODES: Mapping[str, str] = {"land": "用地建设类", "operating": "开业营运类"}
INVESTOR_KINDS: Mapping[str, str] = {
    "central_state": "央企",
    "local_state": "地方国企",
    "private": "民企",
    "foreign_sole": "外商独资",
    "foreign_joint": "中外合资",
}
SOURCINGS: Mapping[str, str] = {
    "chain": "产业链招商",
    "capital": "资本招商（股权融资）",
    "science": "科创招商",
    "scene": "场景招商",
    "state_local": "央地合作",
    "talent": "人才（校友）招商",
    "other": "其他",
}
ASSIGNED_BY: Mapping[str, str] = {
    "secretary": "市委书记",
    "mayor": "市长",
    "vice_mayor": "副市长",
    "district_head": "区县主要领导",
    "district_vice": "区县分管领导",
    "bureau_head": "投促部门领导",
    "none": "非领导交办",
}
# What an investment is spent on; policies and schemes each count some of these.
COMPONENTS: Mapping[str, str] = {
    "land": "土地",
    "construction": "建筑安装",
    "equipment": "设备",
    "technology": "技术与软件",
    "other": "其他",
}
# Kinds of voucher of money in place (淮南 淮府办〔2010〕155号 and the county rules like it).
VOUCHERS: Mapping[str, str] = {
    "bank_slip": "银行进账单（转账凭证）",
    "capital_report": "验资报告",
    "invoice": "发票",
    "equipment_list": "设备购置清单",
    "land_receipt": "土地款凭证",
    "settlement": "工程款结算单",
    "valuation": "评估作价报告",
    "mofcom": "商务部外资系统凭证",
    "customs": "海关凭证",
    "exchange": "外汇管理部门凭证",
}
# The sum a project held before vouchers were kept: nobody types one.
OPENING = "opening"
ALL_VOUCHERS: Mapping[str, str] = {**VOUCHERS, OPENING: "期初余额（无凭证）"}
VOUCHER_STATES: Mapping[str, str] = {
    "recorded": "待核验",
    "verified": "已核验",
    "returned": "核验退回",
    "withdrawn": "已撤回",
}
# Where the money came from; 引进内资 is from outside the city, 省外境内资金 from outside Hunan.
ORIGINS: Mapping[str, str] = {
    "city": "市内",
    "province": "市外省内",
    "nation": "省外境内",
    "abroad": "境外",
}
# Element needs, each with the one unit it is asked and promised in.
NEEDS: Mapping[str, str] = {
    "land": "用地",
    "plant": "厂房",
    "power": "用电负荷",
    "water": "用水",
    "gas": "用气",
    "heat": "用热",
    "discharge": "排污",
    "labour": "用工",
}
NEED_UNITS: Mapping[str, str] = {
    "land": "亩",
    "plant": "平方米",
    "power": "千伏安",
    "water": "吨/日",
    "gas": "立方米/日",
    "heat": "吨蒸汽/时",
    "discharge": "吨/日",
    "labour": "人",
}
