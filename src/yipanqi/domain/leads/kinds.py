"""The closed lists of signals (信息库), each code with the words officers read."""

from collections.abc import Mapping

# Where a signal came from (长政发〔2017〕30号 第九条: 信息库、商会、智库、研判目标).
SOURCES: Mapping[str, str] = {
    "news": "新闻报道",
    "visit": "走访",
    "fair": "展会活动",
    "referral": "推荐",
    "hotline": "热线来电",
    "portal": "门户留言",
    "target": "研判目标",
}
# Somebody waits for an answer, whether named or not.
ANSWERED = frozenset({"referral", "hotline", "portal"})
STATES: Mapping[str, str] = {
    "new": "待响应",
    "judging": "研判中",
    "following": "跟进中",
    "discarded": "不予跟进",
    "merged": "已并入",
    "promoted": "已转线索",
}
OPEN = ("new", "judging", "following")
NOTES: Mapping[str, str] = {"progress": "进展", "added": "补充"}
