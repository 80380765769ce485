"""The company a registration belongs to, read from its name, and where that company stands."""

import re
from functools import cache

import ibis.expr.types as ir

BRANCH = r"(分公司|分厂|分店|办事处|代表处|营业部|门市部|经营部|分理处|加油站)$"
# The expressions keep to what RE2 and Java read alike, so that both engines find the same heads.
# A name that ends so is a company of its own, whatever stands before ("…集团销售有限公司").
_WHOLE = r"(有限|责任|集团|股份|[)）])公司([(（][^)）]*[)）])?$"
_COMPANY = r"^(..+?[^分支子]公司)"
# Only where no company is named: a group, a works or a cooperative with something behind it.
_BODY = r"^(..+?(集团|厂|供销合作社|合作社|供销社))"
_BRACKETS = {"（": "(", "）": ")", "\N{IDEOGRAPHIC SPACE}": "", " ": ""}
_NARROW = str.maketrans(dict[str, str | int | None](_BRACKETS))


def head_name(name: ir.StringValue) -> ir.StringValue:
    """The name of the company a registration belongs to: its own, or that before the branch's."""
    company, body = name.re_extract(_COMPANY, 1), name.re_extract(_BODY, 1)
    return name.re_search(_WHOLE).ifelse(name, company.nullif("").coalesce(body.nullif(""), name))


def head_of(name: str) -> str:
    """What head_name gives, for one name."""
    if _pattern(_WHOLE).search(name):
        return name
    found = _pattern(_COMPANY).search(name) or _pattern(_BODY).search(name)
    return found.group(1) if found else name


def spelled(name: str) -> str:
    """What spelling gives, for one name."""
    return name.translate(_NARROW)


def spelling(name: ir.StringValue) -> ir.StringValue:
    """The name as compared: brackets half width, no spaces."""
    for wide, narrow in _BRACKETS.items():
        name = name.replace(wide, narrow)
    return name


def spread(enterprises: ir.Table, heads: ir.Table, *, place: str) -> ir.Table:
    """For each head: the provinces it is registered in, and whether it has a branch in `place`.

    `enterprises` has head, province_code and place; `heads` the distinct head names asked about.
    """
    named = enterprises.select("province_code", "place", "head")
    kept = named.semi_join(heads, "head")
    return kept.group_by("head").agg(
        provinces=kept.province_code.nunique(),
        is_here=(kept.place == place).fill_null(False).any(),
    )


@cache
def _pattern(expression: str) -> re.Pattern[str]:
    return re.compile(expression)
