"""Names come apart into place, brand, trade and form, and lose nothing by it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yipanqi.engine.groups import parsing
from yipanqi.engine.groups.places import PlaceWords

_WORDS = ["长沙", "浏阳市", "三一", "东方", "机械", "集团", "(", ")", "（中国）", "厂", "分公司"]
_NAMES = st.one_of(
    st.text(),
    st.lists(st.sampled_from([*_WORDS, "有限公司", "股份有限公司", "市", "Ａ", " "])).map("".join),
)


@given(_NAMES, st.sets(st.sampled_from(["浏阳", "东方", "长"])))
def test_any_text_comes_apart_and_its_pieces_join_again(name: str, counties: set[str]) -> None:
    assert parsing.parsed(name, PlaceWords.of(counties)).joined == name


@given(_NAMES)
def test_parsing_a_name_twice_gives_the_same(name: str) -> None:
    assert parsing.parsed(name) == parsing.parsed(name)


@pytest.mark.parametrize(
    ("name", "pieces"),
    [
        ("长沙三一汽车制造有限公司", ("长沙", "三一", "汽车制造", "有限公司", "")),
        ("湖南省长沙市云麓液压件厂", ("湖南省长沙市", "云麓", "液压件", "厂", "")),
        ("东方电气股份有限公司", ("", "东方", "电气", "股份有限公司", "")),
        ("上海东方明珠(集团)股份有限公司", ("上海", "东方明珠", "", "(集团)股份有限公司", "")),
        ("吉林市林鑫房地产开发有限公司", ("吉林市", "林鑫", "房地产开发", "有限公司", "")),
        ("永城市福源正大饲料有限公司", ("永城市", "福源正大", "饲料", "有限公司", "")),
        ("大理州嘉华房地产开发有限公司", ("大理州", "嘉华", "房地产开发", "有限公司", "")),
        ("桃源县超市管理有限公司", ("", "桃源县", "超市管理", "有限公司", "")),
        ("新天地产业有限公司", ("", "新天地", "产业", "有限公司", "")),
        ("云麓泵业有限公司武汉分公司", ("", "云麓", "泵业", "有限公司", "武汉分公司")),
        ("广西好好佳超市有限公司", ("广西", "好好佳", "超市", "有限公司", "")),
        ("长沙云麓咨询中心(有限合伙)", ("长沙", "云麓", "咨询中心", "", "")),
    ],
)
def test_a_name_has_the_pieces_people_see_in_it(name: str, pieces: tuple[str, ...]) -> None:
    found = parsing.parsed(name)

    assert (found.place, found.brand, found.trades, found.form, found.division) == pieces


def test_what_stands_in_brackets_is_neither_brand_nor_trade() -> None:
    found = parsing.parsed("惠生(天津)海洋石油工程有限公司")

    assert (found.brand, found.inset, found.trades) == ("惠生", "(天津)", "海洋石油工程")


def test_a_county_is_a_place_once_the_registry_has_shown_it() -> None:
    unknown, known = parsing.parsed("浏阳云麓泵业有限公司"), PlaceWords.of(["浏阳"])

    assert unknown.brand == "浏阳云麓"
    assert parsing.parsed("浏阳云麓泵业有限公司", known).brand == "云麓"


@pytest.mark.parametrize(
    "name", ["云麓集团有限公司", "云麓(集团)股份有限公司", "云麓（集团）有限公司"]
)
def test_a_group_calls_itself_one(name: str) -> None:
    assert parsing.parsed(name).is_group
    assert not parsing.parsed("云麓泵业有限公司").is_group
