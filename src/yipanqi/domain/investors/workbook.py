"""The columns of a file of enterprises (客商库) that comes in or is handed out as a template."""

from yipanqi.domain.industries import queries as industries
from yipanqi.domain.intake.columns import Choices, Column, Kind

PREFIX = "investors/"


def _links() -> Choices:
    """Links by code, as “产业链·环节”: two chains may have a link of one name."""
    chains = industries.chains()
    return {
        link.code: f"{chain.name}·{link.name}"
        for chain in chains
        for link in industries.links(chain)
    }


COLUMNS = (
    Column(
        "name",
        "企业名称",
        is_required=True,
        most=200,
        example="长沙示例智能装备有限公司",
        note="营业执照上的全称",
    ),
    Column(
        "code",
        "统一社会信用代码",
        most=18,
        note="营业执照上的 18 位代码；没有可不填，填了可避免重名误判",
    ),
    Column("country", "国别地区", most=40, example="中国", note="不填按中国"),
    Column("city", "所在城市", most=40, example="长沙"),
    Column("address", "地址", most=300),
    Column("registered_on", "成立日期", Kind.DAY, is_past=True, example="2012-05-18"),
    Column("capital_text", "注册资本", most=80, example="5000万人民币"),
    Column("scope", "经营范围", most=4000),
    Column("link", "产业链环节", Kind.CHOICE, choices=_links, note="从下拉中选；不清楚可不填"),
    Column(
        "source",
        "来源",
        is_required=True,
        most=200,
        example="2018 年工程机械展名片",
        note="从哪里得知这家企业",
    ),
    Column("source_as_of", "来源日期", Kind.DAY, is_past=True, example="2018-03-01"),
)
_OWN = {"link", "source", "source_as_of"}
# What a row may change of an enterprise already there.
CHANGEABLE = {each.key: each.title for each in COLUMNS if each.key not in _OWN}
# What a row gives a new enterprise; the link is kept apart.
STORED = frozenset(each.key for each in COLUMNS) - {"link"}
