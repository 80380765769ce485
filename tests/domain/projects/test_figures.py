"""Figures drill down to the very rows they count, for each pair of eyes."""

import pytest
from tests import cast

from yipanqi.domain.projects import figures, queries
from yipanqi.domain.projects.queries import Filters
from yipanqi.vocab.labels import Label

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(city):
    return [
        cast.project("甲项目", amount_fen=100),
        cast.project("乙项目", amount_fen=250, label=Label.BUSINESS_SECRET),
        cast.project("丙项目", amount_fen=None),
    ]


def test_an_unstated_amount_is_counted_apart_and_never_as_zero(three):
    totals = figures.totals(Filters(), seen_by=cast.clerk_a())

    assert (totals.count, totals.amount_fen, totals.unstated) == (3, 350, 1)


def test_no_stated_amount_gives_no_sum(city):
    cast.project("丙项目", amount_fen=None)

    assert figures.totals(Filters(), seen_by=cast.clerk_a()).amount_fen is None


@pytest.mark.parametrize("group_by", figures.GROUPS)
def test_every_group_equals_the_list_behind_it(three, group_by):
    seen_by = cast.dispatcher()

    for group in figures.breakdown(group_by, Filters(), seen_by=seen_by):
        if group.totals.count:
            rows = queries.listing(Filters(**{group_by: group.key}), seen_by=seen_by)
            assert rows.total == group.totals.count


def test_another_park_counts_none_of_it(three):
    assert figures.totals(Filters(), seen_by=cast.clerk_b()).count == 0
    assert all(not column.cards for column in figures.board(Filters(), seen_by=cast.clerk_b()))


def test_the_board_has_the_four_official_stages_in_order(three):
    columns = figures.board(Filters(), seen_by=cast.clerk_a())

    assert [column.official.title for column in columns] == ["在谈", "签约", "开工", "建成"]
    assert columns[0].totals.count == len(columns[0].cards) == 3
