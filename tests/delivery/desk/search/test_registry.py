"""The registry in the search of every page, and the way from a hit into the library."""

import pytest
from django.urls import reverse
from tests import cast, registry_in_force

from yipanqi.domain.investors.models import Enterprise
from yipanqi.domain.investors.services import registering
from yipanqi.domain.investors.services.registering import EnterpriseFacts
from yipanqi.engine.search import finding, places
from yipanqi.engine.search.places import Progress

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(tmp_path, settings, monkeypatch):
    settings.REGISTRY_HOME = tmp_path
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def registry(home):
    return registry_in_force.publish(home)


def searched(client, **asked):
    return client.get("/search/", asked).content.decode()


def id_of(registry, name):
    return finding.suggest(registry, name)[0].id


def test_registered_enterprises_stand_below_our_own_records(as_, registry):
    cast.project(name="液压件项目")

    text = searched(as_("clerk_a"), q="液压件")

    assert text.index("液压件项目") < text.index("常州恒立液压件有限公司")
    assert text.index("常州恒立液压件有限公司") < text.index("长沙机电有限公司")
    assert "经营范围：机电设备、液压件的批发" in " ".join(text.split())
    assert "共 <strong>2</strong> 家" in text


def test_bounds_narrow_the_registry_alone(as_, registry):
    text = searched(as_("clerk_a"), q="液压件", place="长沙", since="2005", status="unknown")

    assert "长沙机电有限公司" in text
    assert "常州恒立液压件有限公司" not in text


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"q": "液压件", "place": "长少"}, "没有“长少”这个省或市"),
        ({"q": "液压件", "since": "去年"}, "四位数字"),
        ({"q": "铜"}, "请至少输入两个字"),
        ({"q": "航空发动机叶片"}, "登记数据里没有找到"),
        ({"q": "常州恒立液压机械"}, "没有逐字相符的"),
    ],
)
def test_what_finds_nothing_says_what_to_do(as_, registry, asked, says):
    assert says in searched(as_("clerk_a"), **asked)


def test_without_a_registry_the_page_says_what_brings_one(as_, home):
    assert "registry import" in searched(as_("clerk_a"), q="液压件")


def test_without_an_index_the_page_says_what_starts_it(as_, home):
    registry = registry_in_force.publish(home, indexed=False)
    assert "自动建立" in searched(as_("clerk_a"), q="液压件")

    places.tell(registry, Progress(1, 4))
    under_way = searched(as_("clerk_a"), q="液压件")
    places.tell(registry, Progress(1, 4, "OSError：磁盘已满"))
    broken = searched(as_("clerk_a"), q="液压件")

    assert 'value="25"' in under_way
    assert "1 / 4 家" in under_way
    assert "没有建成" in broken
    assert "磁盘已满" not in broken
    assert as_("clerk_a").get("/registry/nobody/").status_code == 503
    assert as_("clerk_a").get("/search/suggestions/", {"q": "液压"}).status_code == 200


def test_suggestions_bring_names_and_initials_of_the_registry(as_, registry):
    client = as_("clerk_a")

    by_name = client.get("/search/suggestions/", {"q": "恒立"}).content.decode()
    by_initials = client.get("/search/suggestions/", {"q": "czhl"}).content.decode()

    for text in (by_name, by_initials):
        assert "常州恒立液压件有限公司" in text
        assert reverse("desk:registered", args=[id_of(registry, "恒立")]) in text


def test_an_enterprise_of_the_library_is_marked_and_suggested_once(as_, registry):
    registering.register(EnterpriseFacts("常州恒立液压件有限公司", "测试"), by=cast.clerk_a())

    listed = searched(as_("clerk_b"), q="恒立")
    suggested = as_("clerk_b").get("/search/suggestions/", {"q": "恒立"}).content.decode()

    assert listed.count("已在库") == 1
    assert suggested.count("常州恒立液压件有限公司") == 1


def test_a_hit_can_be_taken_into_the_library(as_, registry):
    client, one = as_("clerk_a"), id_of(registry, "恒立")
    shown = client.get(reverse("desk:registered", args=[one])).content.decode()
    assert "纳入客商库" in shown
    assert "液压件制造；阀门销售" in shown

    answer = client.post(reverse("desk:registered-take-in", args=[one]), follow=True)

    firm = Enterprise.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("desk:investor", args=[firm.public_id])
    assert (firm.name, firm.city, firm.scope) == (
        "常州恒立液压件有限公司",
        "常州",
        "液压件制造；阀门销售",
    )
    assert str(firm.source_as_of) == "2016-12-31"
    assert "r1-" in firm.source


def test_taking_it_in_twice_gives_one_enterprise(as_, registry):
    address = reverse("desk:registered-take-in", args=[id_of(registry, "恒立")])

    as_("clerk_a").post(address)
    as_("clerk_b").post(address)

    assert Enterprise.objects.count() == 1


def test_a_reader_sees_no_button_and_is_refused(as_, registry):
    client, one = as_("auditor"), id_of(registry, "恒立")

    shown = client.get(reverse("desk:registered", args=[one])).content.decode()
    answer = client.post(reverse("desk:registered-take-in", args=[one]))

    assert "纳入客商库" not in shown
    assert answer.status_code == 403
    assert not Enterprise.objects.exists()


def test_an_unknown_id_is_absent(as_, registry):
    assert as_("clerk_a").get("/registry/nobody/").status_code == 404


def test_a_search_asks_the_database_a_bounded_number_of_times(
    as_, registry, django_assert_max_num_queries
):
    client = as_("clerk_a")

    with django_assert_max_num_queries(24):
        client.get("/search/", {"q": "液压件"})
