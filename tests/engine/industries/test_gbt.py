"""The division of GB/T 4754-2017 told by words and what is done with them, or withheld."""

import pytest

from yipanqi.engine.industries import gbt, gbt_words


@pytest.mark.parametrize(
    ("name", "scope", "section", "division"),
    [
        ("长沙金甲机械厂", "齿轮、轴承的生产、销售", "C", "34"),
        ("长沙金甲贸易有限公司", "钢材、轴承、建筑材料的批发", "F", "51"),
        ("长沙金甲大药房", "中成药、化学药制剂零售", "F", "52"),
        ("浏阳金甲养猪专业合作社", "生猪养殖、销售", "A", "03"),
        ("长沙金甲房地产开发有限公司", "房地产开发；建筑材料销售", "K", "70"),
        ("长沙金甲物业管理有限公司", "物业管理；园林绿化；家政服务", "K", "70"),
        ("长沙金甲小额贷款有限公司", "小额贷款业务", "J", "66"),
        ("长沙金甲运输有限公司", "普通货物道路运输；汽车配件销售", "G", "54"),
        ("长沙金甲软件有限公司", "计算机软件开发；系统集成；电子产品销售", "I", "65"),
        ("长沙金甲建筑劳务有限公司", "建筑劳务分包", "E", "50"),
        ("长沙金甲餐饮管理有限公司", "中餐类制售；餐饮服务", "H", "62"),
        ("长沙金甲租赁有限公司", "建筑设备租赁", "L", "71"),
    ],
)
def test_the_main_business_is_told(name: str, scope: str, section: str, division: str) -> None:
    verdict = gbt.tell(name, scope)

    assert verdict is not None
    assert (verdict.section.code, verdict.division.code) == (section, division)
    assert verdict.section.told


def test_who_makes_goods_is_of_their_division_and_who_sells_them_is_in_trade() -> None:
    maker, seller = (gbt.tell("甲公司", f"轴承的{verb}") for verb in ("制造", "销售"))

    assert maker
    assert seller
    assert (maker.section.code, seller.section.code) == ("C", "F")


def test_what_is_ruled_out_does_not_count() -> None:
    verdict = gbt.tell("甲公司", "水泥制造（不含房地产开发）")

    assert verdict
    assert verdict.section.code == "C"
    assert all("房地产" not in word for word in verdict.reasons)


def test_a_thing_for_a_business_is_not_the_business() -> None:
    verdict = gbt.tell("甲公司", "印刷设备的销售")

    assert verdict
    assert verdict.section.code == "F"


def test_selling_alone_is_neither_wholesale_nor_retail() -> None:
    verdict = gbt.tell("甲公司", "钢材销售")

    assert verdict
    assert verdict.section.told
    assert not verdict.division.told


def test_words_that_contradict_each_other_are_less_sure() -> None:
    plain = gbt.tell("长沙金甲酒店有限公司", "住宿服务")
    muddled = gbt.tell("长沙金甲酒店有限公司", "水泥制造；软件开发；货物运输")

    assert plain
    assert muddled
    assert muddled.section.confidence < plain.section.confidence
    assert not muddled.division.told


def test_below_the_threshold_nothing_is_told() -> None:
    verdict = gbt.tell("甲公司", "餐饮服务与货物运输")

    assert verdict
    assert not verdict.section.told
    assert not verdict.division.told


@pytest.mark.parametrize(
    ("name", "scope"), [(None, None), ("", ""), ("甲乙", "丙丁"), ("x", "y" * 9)]
)
def test_without_a_known_word_there_is_no_verdict(name: str | None, scope: str | None) -> None:
    assert gbt.tell(name, scope) is None


def test_the_reasons_are_words_of_the_name_or_scope() -> None:
    name, scope = "长沙金甲水泥制品厂", "水泥电杆、砂浆的生产；货物运输"

    verdict = gbt.tell(name, scope)

    assert verdict
    assert all(word in name + scope for word in verdict.reasons)
    assert any("水泥" in word for word in verdict.reasons)


def test_the_division_told_is_of_the_section_told() -> None:
    for scope in ("水泥制造；零售百货；餐饮服务", "产品制造", "施工；销售钢材", "煤炭开采；运输"):
        verdict = gbt.tell("甲公司", scope)
        assert verdict
        assert gbt_words.section(verdict.division.code) == verdict.section.code


def test_a_section_without_a_division_leaves_the_division_open() -> None:
    verdict = gbt.tell("甲公司", "产品制造")

    assert verdict
    assert verdict.section.code == "C"
    assert verdict.division.code == "C"
    assert not verdict.division.told


def test_the_standard_has_twenty_sections_and_ninety_seven_divisions() -> None:
    assert len(gbt_words.sections()) == 20
    assert list(gbt_words.divisions()) == [f"{number:02}" for number in range(1, 98)]


def test_every_word_stands_once_and_for_a_code_of_the_standard() -> None:
    listed = [word for row in gbt_words.rows("gbt_words.csv") for word in row["words"].split()]

    assert len(listed) == len(set(listed)) == len(gbt_words.words())
    known = {*gbt_words.divisions(), *gbt_words.sections()}
    assert {code for code, _ in gbt_words.words().values()} <= known


def test_the_verb_at_the_end_of_a_long_list_counts_for_its_beginning() -> None:
    goods = "、".join(f"{word}{number}型" for number in range(30) for word in ("轴承", "齿轮"))

    verdict = gbt.tell("甲公司", f"{goods}的销售")

    assert verdict
    assert verdict.section.code == "F"


def test_the_worked_example_of_the_page_comes_out_as_printed() -> None:
    verdict = gbt.tell("长沙金甲水泥制品厂", "水泥、砂浆的生产；钢材销售；货物运输")

    assert verdict
    section, division = verdict.section, verdict.division
    assert (section.code, section.signals.share, section.signals.lead) == ("C", 0.8615, 0.7808)
    assert (division.code, division.signals.share, division.signals.lead) == ("30", 0.8615, 0.8037)
    assert (section.confidence, division.confidence) == (0.957, 0.929)
    assert verdict.reasons == ("水泥制品", "水泥", "砂浆")
