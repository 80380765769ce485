"""How sure a mention is, from 0 to 1 in hundredths, by a fixed rule that needs no data."""

import re
from enum import Enum
from functools import cache, lru_cache


class Ground(Enum):
    """Where the doing of a mention was read, in per cent: the closer, the surer."""

    ATTACHED = 95  # 生产轴承, 轴承的生产
    ITSELF = 94  # the term is a doing itself: 机械租赁
    APART = 90  # in the clause, other words between: 轴承及其密封件的生产
    LIST = 85  # the verb of its list: 轴承、齿轮的生产
    BRACKET = 80  # the verb outside its bracket: 机械（含轴承）制造
    FAR = 70  # the verb of a list beyond a comma, which may belong to others only
    UNSAID = 60  # no verb


class Fit(Enum):
    """How the term stands in its wording, in per cent of the ground."""

    WHOLE = 100  # the word itself: 轴承, 精密轴承
    PARTS = 85  # something for it: 轴承配件, 轴承材料
    TORN = 80  # two characters inside a longer word: they may be another word's
    MODIFIES = 50  # another product named after it: 轴承包装箱


SHORT = 2


@cache
def confidence(ground: Ground, fit: Fit) -> float:
    """The share of certainty, two digits: the ground times the fit, rounded half up."""
    return (2 * ground.value * fit.value + 100) // 200 / 100


@lru_cache(maxsize=1 << 16)
def fit(before: str, term: str, behind: str) -> Fit:
    """How the term stands between the words before it and those behind up to the verb."""
    if not _WHOLE.match(behind):
        return Fit.PARTS if _PARTS.match(behind) else Fit.MODIFIES
    if len(term) <= SHORT and before and not _APART.search(before):
        return Fit.TORN
    return Fit.WHOLE


_AND = r"\.|．|·|及|和|与|或|兼|并|以及|之|的|等|其|、|/|\+|-|—|“|”|\"|#|\*|，"
_WHOLE = re.compile(
    rf"(?:系列|产品|制品|商品|成品|整机|成套|总成|主机|业务|项目|工程|施工|专业|总|类|[\sA-Za-z0-9Ⅰ-Ⅹ.．]|"
    rf"[特一二三四壹贰叁肆]级)*(?:{_AND}|$)"
)
_PARTS = re.compile(
    "(?:用|专用|类|系列)*(?:零部件|零配件|配件|零件|部件|附件|组件|元件|材料|原料|器材|器械|手术器械|仪器|用品|"
    "系统|装置|设备|装备|器具|耗材|配套|相关|技术|软件|脂$|件$)"
)
_APART = re.compile(
    rf"(?:{_AND}|各类|各种|相关|其他|其它|[A-Za-z0-9.．]|销售|生产|制造|加工|批发|零售|经营)$"
)
