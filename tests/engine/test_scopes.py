"""Reading a business scope: what is done with a product, and what does not count."""

import pytest

from yipanqi.engine import clauses, doings, exceptions
from yipanqi.engine.doings import Role


def _counts(text: str, word: str) -> bool:
    start = text.index(word)
    stretches = exceptions.ruled_out(clauses.cut(text))
    return not any(start < right and left < start + len(word) for left, right in stretches)


def _role(text: str, word: str) -> Role:
    cut, start = clauses.cut(text), text.index(word)
    return doings.role(cut, cut.at(start), after=start + len(word))


@pytest.mark.parametrize(
    "text",
    [
        "化工产品（不含危险化学品、液压件）的销售",
        "机电产品(除液压件)销售",
        "除轴承、液压件以外的机械销售",
        "（危险品、液压件除外）",
        "机械销售，不含轴承、液压件，生产齿轮",
        "不得从事液压件生产",
        "金属制品（液压件凭许可证经营）",
        "危险品、液压件除外）轴承制造",
    ],
)
def test_an_excluded_product_does_not_count(text: str) -> None:
    assert not _counts(text, "液压件")


@pytest.mark.parametrize(
    "text",
    [
        "工程机械（含液压件）制造",
        "除尘设备、液压件制造",
        "不锈钢制品、液压件销售",
        "从事国外液压件代理",
        "机械销售，不含轴承，生产液压件",
        "除轴承以外的液压件销售",
        "拆除工程，液压件维修，危险品除外",
    ],
)
def test_words_that_only_look_like_an_exception_rule_nothing_out(text: str) -> None:
    assert _counts(text, "液压件")


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("液压件、轴承的生产、销售", Role.MAKES),
        ("生产、销售轴承、液压件", Role.MAKES),
        ("销售：轴承、液压件；加工：齿轮", Role.TRADES),
        ("液压件，销售钢材", Role.NAMES),
        ("机械设备维修、液压件批发", Role.TRADES),
        ("工程机械（含液压件）制造", Role.MAKES),
        ("液压件的研发", Role.DEVELOPS),
    ],
)
def test_the_verb_of_the_product_is_found(text: str, role: Role) -> None:
    assert _role(text, "液压件") is role
