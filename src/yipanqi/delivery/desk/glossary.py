"""The words officers read for codes kept in records."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from yipanqi.domain.investors import kinds
from yipanqi.domain.leads.services.claims import PROOFS
from yipanqi.domain.projects.queries import MATERIALS
from yipanqi.vocab import project_kinds
from yipanqi.vocab.labels import TITLES as LABELS
from yipanqi.vocab.stages import TITLES as OFFICIAL

# A word is a str, or a translation that becomes one when shown.
Words = Mapping[str, object]

POSITIONS: Words = {"upstream": _("上游"), "midstream": _("中游"), "downstream": _("下游")}
STATUSES: Words = {"strong": _("强"), "weak": _("弱"), "missing": _("缺")}
# What an enterprise does with a link's product, as its scope says (engine.doings.Role).
ROLES: Words = {
    "makes": _("生产制造"),
    "develops": _("研发"),
    "serves": _("服务"),
    "names": _("未写明"),
    "trades": _("批发零售"),
    "uses": _("使用"),
}
TRENDS: Words = {
    "rising": _("上升"),
    "flat": _("平稳"),
    "falling": _("下降"),
    "unknown": _("不明"),
}
COVERAGE: Words = {"known": _("已知"), "partly": _("不全"), "missing": _("缺")}
EXISTENCE: Words = {"unknown": _("存续未知"), "alive": _("存续"), "ceased": _("已注销或吊销")}
# Signals: where from, where they stand, what is due; the codes are those of leads.kinds.
SIGNAL_SOURCES: Words = {
    "news": _("新闻报道"),
    "visit": _("走访"),
    "fair": _("展会活动"),
    "referral": _("推荐"),
    "hotline": _("热线来电"),
    "portal": _("门户留言"),
    "target": _("研判目标"),
}
SIGNAL_STATES: Words = {
    "new": _("待响应"),
    "judging": _("研判中"),
    "following": _("跟进中"),
    "discarded": _("不予跟进"),
    "merged": _("已并入"),
    "promoted": _("已转线索"),
}
SIGNAL_STEPS: Words = {
    "respond": _("响应"),
    "judge": _("研判"),
    "progress": _("进展报告"),
    "reply": _("反馈推荐人"),
}
SIGNAL_NOTES: Words = {"progress": _("进展"), "added": _("补充")}
LIGHTS: Words = {"late": _("超期"), "near": _("将到期"), "good": _("期限内"), "none": _("无期限")}
BASES: Words = {"source": _("有出处"), "recalled": _("凭常识，待核"), "sample": _("示例")}
CLAIM_STATES: Words = {
    "held": _("持有"),
    "pending": _("待裁定"),
    "lapsed": _("已失效"),
    "rejected": _("裁定未予支持"),
    "released": _("已放弃"),
}
TRANSFER_STATES: Words = {
    "proposed": _("待各方同意"),
    "accepted": _("已生效"),
    "declined": _("未同意"),
    "withdrawn": _("已撤回"),
}
# 武汉东湖高新区填报表的分类 (domain facts 1.1): 项目分类、投资形态、用地情况.
CLASSES: Words = {
    "policy": _("政策类"),
    "investment": _("投资类"),
    "land": _("供地类"),
    "other": _("其他"),
}
FORMS: Words = {
    "new": _("新设"),
    "increase": _("增资"),
    "merger": _("并购"),
    "upgrade": _("技改"),
    "other": _("其他"),
}
SITES: Words = {
    "new_land": _("新供地"),
    "existing_land": _("现有用地"),
    "leased_plant": _("租赁厂房"),
    "bought_plant": _("购买房产"),
    "other": _("其他"),
}
REACHES: Words = {"world": _("全球"), "nation": _("全国")}
SUGGESTIONS: Words = {"link": _("新环节"), "supply": _("供应关系"), "term": _("识别词")}
# What an enterprise of a list would likely set up here, and how large it is; engine.prospects.
INVESTMENTS: Words = {
    "plant": _("生产基地"),
    "headquarters": _("总部职能"),
    "subsidiary": _("子公司"),
    "branch": _("分支机构"),
    "unknown": _("看不出"),
}
SIZES: Words = {
    "large": _("大（注册资本 1 亿元以上）"),
    "middle": _("中（1000 万元至 1 亿元）"),
    "small": _("小（100 万元至 1000 万元）"),
    "micro": _("微（不足 100 万元）"),
    "unknown": _("未知"),
}
ANSWERS: Words = {"contacted": _("已接触"), "refused": _("婉拒"), "landed": _("已落地")}
CHECK_WAYS: Words = {
    "publicity": _("企业信用信息公示系统"),
    "visit": _("实地走访"),
    "call": _("电话核实"),
    "licence": _("查验营业执照"),
    "other": _("其他"),
}
CHECK_RESULTS: Words = {"alive": _("存续"), "ceased": _("已注销或吊销")}
PARK_LEVELS: Words = {"national": _("国家级"), "provincial": _("省级")}

# How an enterprise stands to its group, and why it is counted there; engine.groups.
RELATIONS: Words = {
    "itself": _("本企业"),
    "subsidiary": _("子公司"),
    "brand": _("同字号"),
    "branch": _("分支机构"),
}
TIED: Words = {
    "own-name": _("独立企业"),
    "head-found": _("名称含公司全称，公司在册"),
    "head-unknown": _("名称含公司全称，公司不在册"),
    "head-unnamed": _("名称未写明所属公司"),
    "group-name": _("名称含集团全称"),
    "group-brand": _("字号只此集团使用"),
    "rare-brand": _("字号少见"),
}
DEALINGS: Words = {
    "mine": _("我任客户经理"),
    "planned": _("已有接洽计划"),
    "late": _("下一步已逾期"),
}
# How the next step promised in a talk stands, as the list of talks is narrowed by it.
OPEN_STEPS: Words = {
    "open": _("未了结"),
    "late": _("已逾期"),
    "done": _("已办"),
    "not_done": _("未办"),
}
MOVE_STATES: Words = {
    "pending": _("待核验"),
    "verified": _("已核验"),
    "returned": _("退回补正"),
    "taken_back": _("已收回"),
    "exempt": _("免核验"),
}
MOVE_KINDS: Words = {"advance": _("推进"), "skip": _("越级"), "back": _("退回")}
REVIEW_STATES: Words = {
    "open": _("评审中"),
    "passed": _("通过"),
    "conditional": _("有条件通过"),
    "rejected": _("不予通过"),
    "withdrawn": _("已撤回"),
}

LISTS: Mapping[str, Words] = {
    "position": POSITIONS,
    "status": STATUSES,
    "role": ROLES,
    "trend": TRENDS,
    "coverage": COVERAGE,
    "existence": EXISTENCE,
    "basis": BASES,
    "claim": CLAIM_STATES,
    "transfer": TRANSFER_STATES,
    "signal": SIGNAL_STATES,
    "signal_source": SIGNAL_SOURCES,
    "signal_step": SIGNAL_STEPS,
    "signal_note": SIGNAL_NOTES,
    "light": LIGHTS,
    "class": CLASSES,
    "form": FORMS,
    "site": SITES,
    "reach": REACHES,
    "suggested": SUGGESTIONS,
    "park_level": PARK_LEVELS,
    "investment": INVESTMENTS,
    "size": SIZES,
    "answered": ANSWERS,
    "check_way": CHECK_WAYS,
    "check_result": CHECK_RESULTS,
    "way": kinds.WAYS,
    "planned_way": kinds.PLANNED_WAYS,
    "plan": kinds.PLAN_STATES,
    "step": kinds.STEP_RESULTS,
    "roll": kinds.ROLLS,
    "about": kinds.ABOUT,
    **kinds.TRAITS,
    "relation": RELATIONS,
    "tied": TIED,
    "dealing": DEALINGS,
    "open_step": OPEN_STEPS,
    "capital": project_kinds.CAPITAL_SOURCES,
    "planning": project_kinds.PLANNING_KINDS,
    "approval": project_kinds.APPROVAL_KINDS,
    "nature": project_kinds.NATURES,
    "headquarters": project_kinds.HEADQUARTERS,
    "headquarters_mode": project_kinds.HEADQUARTERS_MODES,
    "investor_kind": project_kinds.INVESTOR_KINDS,
    "sourcing": project_kinds.SOURCINGS,
    "assigned_by": project_kinds.ASSIGNED_BY,
    "component": project_kinds.COMPONENTS,
    "voucher": project_kinds.VOUCHERS,
    "voucher_state": project_kinds.VOUCHER_STATES,
    "origin": project_kinds.ORIGINS,
    "need": project_kinds.NEEDS,
    "move_state": MOVE_STATES,
    "move_kind": MOVE_KINDS,
    "review": REVIEW_STATES,
    "outcome": REVIEW_STATES,
    "proof": PROOFS,
    "material": MATERIALS,
    "label": {str(code): title for code, title in LABELS.items()},
    "official": {str(code): title for code, title in OFFICIAL.items()},
}

# Words of codes that come about by other ways than a choice in a form.
_ELSEWHERE: Mapping[str, Words] = {
    "material": {
        "progress_proof": _("进展材料"),
        "answer_proof": _("答复材料"),
        "signal_file": _("信息附件"),
        "payment_proof": _("到位资金凭证"),
        "partner_list": _("链主名单"),
    },
    "voucher": {project_kinds.OPENING: _("期初余额（无凭证）")},
}


def word(kind: str, code: str) -> str:
    """The word of a code in a list; a code the list does not know is shown as it is."""
    return str(LISTS[kind].get(code) or _ELSEWHERE.get(kind, {}).get(code, code))


def choices(kind: str) -> list[tuple[str, str]]:
    """The list as choices of a form."""
    return [(code, str(title)) for code, title in LISTS[kind].items()]
