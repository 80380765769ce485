"""The chains of the pack become the city's, all at once, and again without change."""

from datetime import date

import pytest
from tests.city import PACK

from yipanqi.domain.industries.models import Chain, Link, LinkLeader, Supply
from yipanqi.domain.industries.services import loading
from yipanqi.rulebook import packs

pytestmark = pytest.mark.django_db
DAY = date(2018, 1, 1)


@pytest.fixture(scope="module")
def tables():
    pack = packs.load(PACK)
    return pack.chains(on=pack.newest)


def held():
    return [
        sorted(rows.values_list(*columns))
        for rows, columns in (
            (Chain.objects.all(), ("code", "name", "status")),
            (Link.objects.all(), ("pk", "code", "name", "chain__code", "gbt")),
            (Supply.objects.all(), ("supplier__code", "customer__code", "what")),
            (LinkLeader.objects.all(), ("link__code", "enterprise", "place")),
        )
    ]


def test_loading_again_changes_nothing_and_keeps_each_links_number(tables):
    loading.load(tables, valid_from=DAY)
    before = held()

    assert loading.load(tables, valid_from=DAY) == len(tables.links)
    assert held() == before
    assert len(before[2]) == len(tables.supplies)


def test_what_the_tables_no_longer_have_goes(tables):
    loading.load(tables, valid_from=DAY)

    loading.load(tables.only("gongcheng-jixie"), valid_from=DAY)

    assert list(Chain.objects.values_list("code", flat=True)) == ["gongcheng-jixie"]
    assert not Link.objects.exclude(chain__code="gongcheng-jixie").exists()


def test_thousands_of_rows_take_few_questions(tables, django_assert_max_num_queries):
    loading.load(tables, valid_from=DAY)

    with django_assert_max_num_queries(8 * len(tables.chains)):
        loading.load(tables, valid_from=DAY)
