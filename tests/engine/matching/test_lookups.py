"""A name from outside finds its company; what only looks alike is not taken for it."""

import pytest
from tests.engine import small_registry
from tests.engine.small_registry import Firm

from yipanqi.engine import sessions
from yipanqi.engine.matching import lookups
from yipanqi.engine.matching.candidates import Candidate, Ground
from yipanqi.engine.matching.lookups import Lookup

_FIRMS = (
    ("湖南云麓泵业股份有限公司", "长沙"),
    ("湖南云麓泵业股份有限公司武汉分公司", "武汉"),
    ("武汉云麓贸易有限公司", "武汉"),
    ("云麓集团有限公司", "长沙"),
    ("上海海岚机械制造有限公司", "上海"),
    ("上海海兰机械制造有限公司", "上海"),
    ("武汉海岚机械制造有限公司", "武汉"),
    ("中国铁塔机械有限公司成都分公司", "成都"),
    ("中国航道机械有限公司", "天津"),
)


@pytest.fixture(scope="module")
def lookup(tmp_path_factory: pytest.TempPathFactory) -> Lookup:
    """The lookup of a few companies and branches."""
    home = tmp_path_factory.mktemp("lookup")
    firms = [Firm(name, city, "水泵制造") for name, city in _FIRMS]
    registry = small_registry.write(home / "registry", firms)
    with pytest.MonkeyPatch.context() as patch, sessions.measures() as session:
        patch.setenv("YIPANQI_HOME", str(home / "home"))
        return lookups.opened(registry, session)


def _first(lookup: Lookup, name: str) -> Candidate:
    return lookup.candidates(name)[0]


@pytest.mark.parametrize(
    ("asked", "found", "ground"),
    [
        ("湖南云麓泵业股份有限公司", "湖南云麓泵业股份有限公司", Ground.SAME_NAME),
        ("湖南云麓泵业股份 有限公司", "湖南云麓泵业股份有限公司", Ground.SAME_NAME),
        ("湖南云麓泵业股份有限公司长沙办事处", "湖南云麓泵业股份有限公司", Ground.SAME_NAME),
        ("湖南云麓泵业有限责任公司", "湖南云麓泵业股份有限公司", Ground.SAME_CORE),
        ("云麓泵业股份有限公司", "湖南云麓泵业股份有限公司", Ground.SAME_BRAND),
        ("湖南云麓泵业", "湖南云麓泵业股份有限公司", Ground.SHORT_NAME),
        ("*ST云麓泵业", "湖南云麓泵业股份有限公司", Ground.SAME_BRAND),
        ("湖南云麓泵业股份有限公师", "湖南云麓泵业股份有限公司", Ground.NEAR_NAME),
        ("湖南云麓泵业股份限有公司", "湖南云麓泵业股份有限公司", Ground.NEAR_NAME),
        ("湖南云麗泵业股份有限公司", "湖南云麓泵业股份有限公司", Ground.NEAR_BRAND),
    ],
)
def test_a_name_written_otherwise_finds_its_company(
    lookup: Lookup, asked: str, found: str, ground: Ground
) -> None:
    first = _first(lookup, asked)

    assert (first.name, first.ground) == (found, ground)


def test_the_same_name_is_certain_and_counts_its_branches(lookup: Lookup) -> None:
    first = _first(lookup, "湖南云麓泵业股份有限公司")

    assert (first.confidence, first.registrations) == (1.0, 2)
    assert first.registry_id is not None


def test_a_company_known_by_its_branch_alone_has_no_registration(lookup: Lookup) -> None:
    first = _first(lookup, "中国铁塔机械有限公司")

    assert (first.ground, first.registry_id) == (Ground.SAME_NAME, None)


def test_the_same_brand_in_another_city_is_hardly_believed(lookup: Lookup) -> None:
    found = {one.name: one for one in lookup.candidates("武汉海岚机械制造有限公司")}

    assert found["上海海岚机械制造有限公司"].ground is Ground.OTHER_PLACE
    assert found["上海海岚机械制造有限公司"].confidence <= 0.2


def test_a_brand_one_character_off_is_doubted_because_it_may_be_another_company(
    lookup: Lookup,
) -> None:
    found = {one.name: one for one in lookup.candidates("上海海岚机械制造有限公司")}

    assert found["上海海岚机械制造有限公司"].confidence == 1.0
    assert found["上海海兰机械制造有限公司"].ground is Ground.NEAR_BRAND
    assert found["上海海兰机械制造有限公司"].confidence < 0.6


def test_a_city_excludes_a_company_of_another_province(lookup: Lookup) -> None:
    found = {one.name: one for one in lookup.candidates("黄石市云麓泵业有限公司")}

    assert found["湖南云麓泵业股份有限公司"].ground is Ground.OTHER_PLACE


def test_a_trade_cut_short_is_nearer_than_another_trade(lookup: Lookup) -> None:
    found = {one.name: one for one in lookup.candidates("湖南云麓泵业科技股份有限公司")}

    assert found["湖南云麓泵业股份有限公司"].ground is Ground.NEAR_TRADE
    assert found["武汉云麓贸易有限公司"].confidence < 0.5


def test_a_country_is_no_brand_that_two_companies_share(lookup: Lookup) -> None:
    found = {one.name: one for one in lookup.candidates("中国铁塔机械有限公司")}

    assert found["中国航道机械有限公司"].ground is Ground.OTHER_BRAND


def test_companies_a_short_name_may_mean_alike_share_the_confidence(lookup: Lookup) -> None:
    found = lookup.candidates("海岚机械制造")

    assert [one.name for one in found[:2]] == [
        "上海海岚机械制造有限公司",
        "武汉海岚机械制造有限公司",
    ]
    assert found[0].confidence == found[1].confidence < 0.5


@pytest.mark.parametrize("name", ["", "  ", "龘", "龘靐齉爩", "a\nb", "\0", "()", "有限公司"])
def test_a_name_that_is_nowhere_near_finds_nothing_certain(lookup: Lookup, name: str) -> None:
    assert all(one.confidence < 0.5 for one in lookup.candidates(name))
