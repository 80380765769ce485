"""The closed lists of this room, each code with the words officers read."""

from collections.abc import Mapping

# Lists of 500 that article 三、五 of 长政发〔2017〕30号 and the reporting forms name.
ROLLS: Mapping[str, str] = {
    "world500": "世界500强",
    "china500": "中国500强",
    "private500": "中国民营企业500强",
    "manufacturing500": "中国制造业500强",
    "services500": "中国服务业500强",
    "neweconomy500": "中国新经济500强",
}
FUNCTIONS: Mapping[str, str] = {
    "headquarters": "总部",
    "regional_headquarters": "区域总部",
    "research": "研发中心",
    "technology": "技术中心",
    "procurement": "采购中心",
    "settlement": "结算中心",
}
TIES: Mapping[str, str] = {
    "native": "湘籍负责人",
    "alumnus": "在湘高校校友",
    "worked": "曾在湘工作",
    "chamber": "湖南商会成员",
    "invested": "已在湘投资",
    "returned": "湘商回归",
}
OFFERS: Mapping[str, str] = {
    "capital": "资金（引资）",
    "technology": "技术（引技）",
    "team": "人才团队（引智）",
}
# What a trait is about, and the kinds each knows.
ABOUT: Mapping[str, str] = {"function": "功能机构", "tie": "湘商联系", "offer": "引资引技引智"}
TRAITS: Mapping[str, Mapping[str, str]] = {"function": FUNCTIONS, "tie": TIES, "offer": OFFERS}
# What an officer may plan or write down; a letter is written, not planned.
WAYS: Mapping[str, str] = {
    "visit": "拜访",
    "call": "电话",
    "fair": "展会",
    "reception": "接待",
    "letter": "函件",
}
PLANNED_WAYS: Mapping[str, str] = {code: WAYS[code] for code in ("visit", "reception", "fair")}
PLAN_STATES: Mapping[str, str] = {"planned": "计划中", "held": "已成行", "cancelled": "已取消"}
STEP_RESULTS: Mapping[str, str] = {"done": "已办", "not_done": "未办"}
# The fields of an enterprise a registry can tell, as officers read them.
FIELDS: Mapping[str, str] = {
    "code": "统一社会信用代码",
    "name": "企业名称",
    "registered_on": "成立日期",
    "capital_text": "注册资本",
    "city": "所在城市",
    "address": "地址",
    "scope": "经营范围",
    "existence": "存续状态",
    "last_sign_on": "最近存续迹象",
}
