"""Reading a business scope: what is done with a product, and what does not count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yipanqi.engine import clauses, doings, exceptions, readings
from yipanqi.engine.doings import Role
from yipanqi.engine.readings import Reading


def _counts(text: str, word: str) -> bool:
    start = text.index(word)
    stretches = exceptions.ruled_out(clauses.cut(text))
    return not any(start < right and left < start + len(word) for left, right in stretches)


def _role(text: str, word: str) -> Role:
    return _reading(text, word).role


def _reading(text: str, word: str) -> Reading:
    cut, start = clauses.cut(text), text.index(word)
    number = cut.at(start)
    begin = start - cut.start(number)
    spot = readings.spot(cut.words[number], begin, begin + len(word))
    return readings.Reader(cut).read(number, spot)


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
        "机电产品（含轴承，除液压件）",
        "按《液压件经营许可证》核定的范围经营",
        "液压件生产许可证有效期至2018年",
        "机械销售（按液压件资质证书经营）",
        "机械零售，禁止液压件拆装",
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
        "不再分装的液压件销售",
        "凭资质证书从事液压件生产",
        "液压件生产（凭许可证经营）",
        "生产液压件凭许可证经营",
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
        ("液压件的研发、生产、销售", Role.MAKES),
        ("研发、生产、销售液压件", Role.MAKES),
        ("研发 生产 销售：液压件", Role.MAKES),
        ("液压件研发、生产及技术服务", Role.MAKES),
    ],
)
def test_of_several_doings_the_closest_to_making_is_told(text: str, role: Role) -> None:
    assert _role(text, "液压件") is role


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("液压件的研发", Role.DEVELOPS),
        ("液压件技术开发", Role.DEVELOPS),
        ("液压件的设计、研究", Role.DEVELOPS),
        ("液压件制造技术开发", Role.DEVELOPS),
        ("液压件生产工艺的研发、技术转让", Role.DEVELOPS),
        ("液压件的技术咨询、技术服务", Role.SERVES),
        ("液压件检修及安装", Role.SERVES),
        ("液压件销售和售后服务", Role.TRADES),
        ("液压件、服务器的销售", Role.TRADES),
        ("加工中心、液压件的销售", Role.TRADES),
        ("液压件生产设备的销售", Role.TRADES),
        ("检测设备、液压件", Role.NAMES),
    ],
)
def test_a_verb_inside_a_noun_is_no_doing(text: str, role: Role) -> None:
    assert _role(text, "液压件") is role


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("使用液压件组装机械", Role.USES),
        ("以液压件为原料生产机械", Role.USES),
        ("利用液压件生产钢坯", Role.USES),
        ("液压件采购", Role.USES),
        ("采购、销售液压件", Role.TRADES),
        ("经营本企业生产、科研所需的轴承、液压件的进口业务", Role.USES),
        ("矿山所需的液压件销售", Role.TRADES),
        ("液压件综合利用", Role.SERVES),
        ("一次性使用液压件的销售", Role.TRADES),
    ],
)
def test_who_only_consumes_a_product_uses_it(text: str, role: Role) -> None:
    assert _role(text, "液压件") is role


def test_designing_works_is_a_service_and_no_research() -> None:
    assert _role("土石方工程的设计、施工", "土石方工程") is Role.SERVES


@pytest.mark.parametrize(
    ("text", "confidence"),
    [
        ("生产液压件", 0.95),
        ("精密液压件的生产", 0.95),
        ("液压件及其密封件的生产", 0.90),
        ("液压件、轴承的生产", 0.85),
        ("生产：轴承、液压件", 0.85),
        ("机械（含液压件）制造", 0.80),
        ("液压件，钢材销售", 0.70),
        ("液压件", 0.60),
        ("液压件配件的生产", 0.77),
        ("液压件包装箱的生产", 0.45),
    ],
)
def test_the_plainer_the_wording_the_surer_the_mention(text: str, confidence: float) -> None:
    assert _reading(text, "液压件").confidence == confidence


def test_two_characters_inside_a_longer_word_are_less_sure() -> None:
    assert _reading("水轴承销售", "轴承").confidence == 0.76
    assert _reading("各类轴承销售", "轴承").confidence == 0.95


@pytest.mark.parametrize(
    ("term", "role"),
    [
        ("机械租赁", Role.SERVES),
        ("医疗器械销售", Role.SERVES),
        ("软件开发", Role.DEVELOPS),
        ("塑料制品制造", Role.MAKES),
        ("检测设备", None),
        ("加工中心", None),
    ],
)
def test_a_term_that_is_a_doing_itself_says_so(term: str, role: Role | None) -> None:
    assert doings.named_by(term) is role


@given(st.text("液压件、，（）()；。 生产销售不含除外凭证的及", max_size=40))
def test_any_text_is_cut_and_read(text: str) -> None:
    cut = clauses.cut(text)
    exceptions.ruled_out(cut)
    reader = readings.Reader(cut)

    for number, words in enumerate(cut.words):
        assert text[cut.start(number) : cut.ends[number]] == words
        told = reader.read(number, readings.spot(words, 0, len(words)))
        assert 0 < told.confidence < 1
