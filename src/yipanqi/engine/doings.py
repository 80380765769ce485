"""What the words of a clause say an enterprise does: make, develop, serve, trade or use."""

import re
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple


class Role(StrEnum):
    """What is done with a product, the closest to making it first."""

    MAKES = "makes"
    DEVELOPS = "develops"
    SERVES = "serves"
    NAMES = "names"  # the scope says no verb
    TRADES = "trades"
    USES = "uses"  # it buys or consumes the product

    @property
    def label(self) -> str:
        """The word shown to officers."""
        return _LABELS[self]


Roles = frozenset[Role]
NONE: Roles = frozenset()


@cache
def closest(found: Roles) -> Role:
    """The doing closest to making; NAMES when there is none."""
    return next((kind for kind in Role if kind in found), Role.NAMES)


class Told(NamedTuple):
    """What the words of a clause say by themselves."""

    verbs: Roles  # every doing named; a verb inside a noun (生产设备, 服务器) is none
    closing: Roles  # those at the end, which hold for all before them (轴承的生产和销售)
    closing_from: int | None  # where that end begins
    opens: bool  # begins with what is done (销售钢材)
    is_bare: bool  # nothing but verbs (生产及销售)


SILENT = Told(NONE, NONE, None, opens=False, is_bare=False)


# Most clauses of a registry repeat: what they say is worked out once.
@lru_cache(maxsize=1 << 17)
def told(words: str) -> Told:
    """What the words say is done."""
    if not _HINT.search(words):
        return SILENT
    plain = _masked(words)
    found = [(one.start(), Role(str(one.lastgroup))) for one in _DOING.finditer(plain)]
    if not found:
        return SILENT
    end = _CLOSING.search(plain)
    since = end.start() if end else None
    opens = _OPENING.match(plain) is not None
    return Told(
        frozenset(role for _, role in found),
        NONE if since is None else frozenset(role for place, role in found if place >= since),
        since,
        opens=opens,
        is_bare=bool(opens and end) and _BARE.fullmatch(plain) is not None,
    )


def told_behind(words: str) -> Told:
    """What the words behind a term say; a verb there never opens a clause (轴承加工设备)."""
    told_there = told(_TERM + words)
    since = told_there.closing_from
    return told_there if since is None else told_there._replace(closing_from=since - 1)


def is_for_own_use(words: str) -> bool:
    """Whether the words speak of what the enterprise itself needs (本企业生产所需的)."""
    return _OWN_NEED.search(words) is not None


@lru_cache(maxsize=1 << 14)
def named_by(term: str) -> Role | None:
    """What a term that names a doing itself stands for (机械租赁, 汽车销售); else None.

    Where selling is the link's own business it serves the chain; it is not mere trade.
    """
    plain = _BEFORE_NOUN.sub(_blot, _COMPOUND.sub(_blot, term))
    found = {Role(str(one.lastgroup)) for one in _DOING.finditer(plain)}
    if not found:
        return None
    return next((one for one in (Role.MAKES, Role.DEVELOPS) if one in found), Role.SERVES)


def _masked(words: str) -> str:
    """The words with nouns that only look like verbs blotted out, every place kept."""
    plain = _COMPOUND.sub(_blot, words)
    opened = _OPENING.match(plain)
    begin = opened.end() if opened else 0
    return plain[:begin] + _BEFORE_NOUN.sub(_blot, plain[begin:])


def _blot(found: re.Match[str]) -> str:
    return "□" * len(found[0])


_MAKES = (
    "生产|制造|加工|制作|组装|装配|铸造|锻造|冶炼|精炼|轧制|压延|总装|改装|再制造|制售|自产|"
    "种植|养殖|开采|采选"
)
_DEVELOPS = "技术开发|技术研究|技术研发|研发|研制|开发|设计|研究|试制"
_SERVES = (
    "技术服务|技术咨询|技术转让|技术推广|技术支持|技术培训|推广|转让|维修|修理|修配|安装|调试|租赁|"
    "出租|施工|检测|检验|检修|咨询|(?<!售后)服务|运输|维护|保养|回收|承包|分包|仓储|承建|监理|勘察|改造|培训|拆除|集成|"
    "综合利用|回收利用"
)
_TRADES = (
    "售后服务|销售|批发|零售|经销|代销|分销|代理|进出口|购销|贸易|批零|兼营|出口|进口|供应|收购|"
    "营销|直销|专卖|经营部|自销|零批|代购|售"
)
_USES = "使用|采用|采购|自用|消耗"
_DOING = re.compile(
    f"(?P<{Role.MAKES}>{_MAKES})|(?P<{Role.DEVELOPS}>{_DEVELOPS})|(?P<{Role.SERVES}>{_SERVES})|"
    f"(?P<{Role.TRADES}>{_TRADES})|(?P<{Role.USES}>{_USES}|(?<!综合)(?<!回收)利用)"
)
_ANY = f"(?:{_MAKES}|{_DEVELOPS}|{_SERVES}|{_TRADES}|{_USES}|利用)"
_LEAD = r"(?:\s|\d{1,2}[.．]|从事|专门|专业|主营|自行|自营|主要|承接|及|和|与|其)*"
_GLUE = (
    r"(?:的|及|和|与|或|兼|并|以及|其|等|相关|有关|产品|业务|项目|工程|经营|活动|技术|专业|总|"
    r"一般|网上|自营|各类|\s|/|[特一二三四壹贰叁肆]级)"
)
_OPENING = re.compile(rf"{_LEAD}{_ANY}(?:{_GLUE}*{_ANY})*")
_CLOSING = re.compile(rf"(?:的|及|和|与|/)?{_ANY}(?:{_GLUE}|{_ANY})*$")
_BARE = re.compile(rf"(?:{_LEAD}{_GLUE}*{_ANY}{_GLUE}*)+")
_COMPOUND = re.compile(
    "加工中心|服务器|装配式|生产线(?![路缆])|组装线|装配线|出租车|出租汽车|运输[机车带]|开发区|开发板|"
    "研究[院所]|设计院|供应链|铸造[件机]|锻造件|压延(?:铜|铝|膜)箔?|改装车|制造[商业]|服务业|服务区|"
    "使用权|使用说明|一次性使用|使用无菌|再生产|生产性|生产力|生产资料|生产厂|进口汽车|检测[仪器]|检验[仪器]|安装材料|"
    "加工件|加工机|维修工具|租赁业|代理商|集成电路|集成[板块吊]|集成灶|可回收|"
    "设计师|采购中心|"
    "(?:加工|检测|检验|检修|运输|施工|安装|装配|组装|铸造|锻造|冶炼|精炼|轧制|压延|回收|仓储|维护|养殖)"
    "(?=设备|装备|装置|机床|仪|线(?![路缆束])|炉|剂|工具|机(?![械电器]))"
)
_NOUNS = (
    "技术|工艺|设备|装备|装置|机械|机床|机器|仪|线|炉|剂|件|用|型|企业|软件|系统|车间|工具|"
    "基地|过程|管理|许可"
)
_BEFORE_NOUN = re.compile(rf"(?:{_MAKES}|{_DEVELOPS}|{_SERVES}|使用|采购)(?=(?:{_NOUNS}))")
_TERM = "■"
# A letter of each verb, so that most clauses are passed over quickly.
_HINT = re.compile(
    "[产造工作装铸锻炼轧延改售植殖采发制计究技推转修安调租施检咨服运维养回承分建监勘仓培拆集综"
    "批经销代进购贸兼口供收营直专使用耗]"
)
_OWN_NEED = re.compile("(?:本企业|本公司|本厂|本单位|自身|企业|公司).{0,12}所[需用]|科研所需|自用")
_LABELS = {
    Role.MAKES: "生产制造",
    Role.DEVELOPS: "研发",
    Role.SERVES: "服务",
    Role.NAMES: "未写明",
    Role.TRADES: "批发零售",
    Role.USES: "使用",
}
