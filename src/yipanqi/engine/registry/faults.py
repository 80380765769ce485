"""Why a row is refused, and what is noted about a row that is kept."""

from enum import IntFlag, StrEnum


class Fault(StrEnum):
    """The first thing wrong with a refused row."""

    MALFORMED = "malformed"
    NO_NAME = "no_name"
    GARBLED_NAME = "garbled_name"
    SHIFTED = "shifted"
    NO_PROVINCE = "no_province"
    CODE_CHECK = "code_check"
    CODE_FORM = "code_form"
    DATE = "date"
    DATE_RANGE = "date_range"


# What an officer reads in rejected.csv: what is wrong, and the remedy.
REASONS = {
    Fault.MALFORMED: "无法分列：请检查该行的分隔符和引号",
    Fault.NO_NAME: "企业名称缺失或不可用：请补全名称",
    Fault.GARBLED_NAME: "企业名称含乱码：请按正确编码重新导出",
    Fault.SHIFTED: "所在省份不是省级行政区名称，可能整行错列：请核对该行各列",
    Fault.NO_PROVINCE: "省份缺失，且不能由城市、地址或代码推定：请补填省份",
    Fault.CODE_CHECK: "统一社会信用代码校验位不符（GB 32100-2015）：请核对代码",
    Fault.CODE_FORM: "不是18位统一社会信用代码，也不是原注册号：请核对代码",
    Fault.DATE: "注册日期不是有效日期：请写成 2010-01-31 的样式",
    Fault.DATE_RANGE: "注册日期不在1850年至2100年之间：请核对年份",
}
# The fact whose column is named; a malformed row has none.
COLUMN_OF = {
    Fault.NO_NAME: "name",
    Fault.GARBLED_NAME: "name",
    Fault.SHIFTED: "province",
    Fault.NO_PROVINCE: "province",
    Fault.CODE_CHECK: "code",
    Fault.CODE_FORM: "code",
    Fault.DATE: "registered",
    Fault.DATE_RANGE: "registered",
}


class Remark(IntFlag):
    """What is noted about a row that is kept: a fact is unknown, or was inferred."""

    NO_CODE = 1
    NO_DATE = 2
    NO_CAPITAL = 4
    CAPITAL_UNREAD = 8
    CAPITAL_UNIT_ASSUMED = 16
    PROVINCE_INFERRED = 32
    CITY_INFERRED = 64
    NO_CITY = 128
    CAPITAL_IMPLAUSIBLE = 256


REMARK_TEXTS = {
    Remark.NO_CODE: "没有统一社会信用代码",
    Remark.NO_DATE: "没有注册日期",
    Remark.NO_CAPITAL: "没有注册资金（含填0）",
    Remark.CAPITAL_UNREAD: "注册资金无法换算，只保留原文",
    Remark.CAPITAL_UNIT_ASSUMED: "注册资金未写单位，按万元人民币计",
    Remark.PROVINCE_INFERRED: "省份由城市、地址或代码推定",
    Remark.CITY_INFERRED: "城市由地址或代码推定",
    Remark.NO_CITY: "城市不明",
    Remark.CAPITAL_IMPLAUSIBLE: "注册资金超过两万亿元，应是单位写错，只保留原文",
}
