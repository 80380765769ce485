"""What is wrong with a field, in Chinese: the checker's own words are English."""

from collections.abc import Mapping
from typing import Any

_WORDS = {
    "missing": "必填",
    "extra_forbidden": "没有这个字段，请删去",
    "string_too_long": "最多 {max_length} 个字符",
    "string_too_short": "至少 {min_length} 个字符",
    # A length on top of a checked text is told by another name.
    "too_long": "最多 {max_length} 个字符",
    "too_short": "至少 {min_length} 个字符",
    "string_pattern_mismatch": "写法不符，应匹配 {pattern}",
    "string_type": "应为文本",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_parsing_size": "数字过大",
    "int_from_float": "应为整数，不能有小数",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "decimal_max_places": "最多 {decimal_places} 位小数",
    "decimal_max_digits": "最多 {max_digits} 位数字",
    "decimal_parsing": "应为数字",
    "finite_number": "应为有限的数字",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "date_from_datetime_parsing": "应为日期，如 2026-11-24",
    "date_parsing": "应为日期，如 2026-11-24",
    "enum": "应为其中之一：{expected}",
    "model_attributes_type": "应为 JSON 对象",
    "dict_type": "应为 JSON 对象",
    "value_error": "{error}",
}


def name(fault: Mapping[str, Any]) -> str:
    """The field's name as the caller sent it; "" for the whole body."""
    # ("body", "<our parameter>", "<field>"): where it was looked for is no part of its name.
    parts = fault.get("loc", ())
    return ".".join(str(part) for part in (parts[2:] or parts[1:]))


def message(fault: Mapping[str, Any]) -> str:
    """What is wrong and what would be right."""
    words = _WORDS.get(str(fault.get("type")), "值不合规")
    return words.format_map(_Known(fault.get("ctx") or {}))


class _Known(dict[str, Any]):
    def __missing__(self, _key: str) -> str:
        return "—"
