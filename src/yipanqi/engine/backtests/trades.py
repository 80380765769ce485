"""What the name of a company says of its trade, and the kinds of company counted apart."""

import ibis
import ibis.expr.types as ir

_BRACKETS = r"[（(][^（()）]*[)）]?"
_FORM = (
    r"(股份有限公司|有限责任公司|有限公司|股份公司|集团公司|总公司|公司|集团|控股|总厂|股份|有限)+$"
)
_COMPANY = r"(公司|集团|厂)$"
# Whoever opens everywhere whatever the city: they would flatter any list.
_ROLL_OUT = "银行|保险|人寿|财险|证券|期货|信托|邮政|电信|联通|移动通信|通信集团|铁通|石油|石化"
_INDUSTRY = (
    "厂$|制造|机械|机电|设备|装备|电器|电机|电气|仪器|仪表|电缆|电子|半导体|光电|汽车零|轴承|阀门|"
    "水泥|钢铁|钢构|铝业|铜业|冶金|有色|材料|化工|化学|涂料|塑料|橡胶|玻璃|陶瓷|造纸|包装|印刷|纺织|"
    "服装|制衣|家具|食品|饮料|乳业|酒业|饲料|制药|药业|医疗器械|电梯|重工|工业|锅炉|电池|玩具"
)


def is_company(head: ir.StringValue) -> ir.BooleanValue:
    """Whether the name is a company's, by which it can be known elsewhere (a shop's cannot)."""
    return head.re_search(_COMPANY)


def trade(head: ir.StringValue) -> ir.StringValue:
    """The trade in a company's name: the two characters before its legal form."""
    return _stem(head).right(2)


def family(head: ir.StringValue) -> ir.StringValue:
    """What may join sister companies: the last four characters before the legal form."""
    return _stem(head).right(4)


def is_roll_out(head: ir.StringValue) -> ir.BooleanValue:
    """Whether it is a bank, insurer, broker, post, telephone or oil company by name."""
    return head.re_search(_ROLL_OUT)


def is_industrial(head: ir.StringValue) -> ir.BooleanValue:
    """Whether it makes things by name; banks and their like never do."""
    return head.re_search(_INDUSTRY) & ~is_roll_out(head)


def _stem(head: ir.StringValue) -> ir.StringValue:
    bare = head.re_replace(_BRACKETS, "").re_replace(_FORM, "")
    return (bare.length() > 1).ifelse(bare, ibis.literal("其他"))
