"""A chain of 500 links: what is drawn at once, what opens it, and what it costs."""

import re

import pytest
from django.urls import reverse
from tests import big_chain

from yipanqi.delivery.desk.chains.detail import MOST_UNFOLDED, view
from yipanqi.delivery.desk.chains.drawing import Point, drawing

POINTS = [Point(code, name, lane, gbt[:2]) for code, name, lane, gbt in big_chain.links()]
ARROWS = big_chain.arrows()


@pytest.fixture
def big(city):
    return big_chain.make()


def overlaps(nodes):
    """The pairs of boxes that share a pixel."""
    return [
        (a.code, b.code)
        for place, a in enumerate(nodes)
        for b in nodes[:place]
        if abs(a.x - b.x) < a.width and abs(a.y - b.y) < a.height
    ]


def seen(*opened):
    return view(POINTS, ARROWS, opened)


@pytest.mark.parametrize("opened", [(), ("all",), ("upstream-34", "midstream-35")])
def test_no_two_of_hundreds_of_boxes_overlap_and_all_lie_in_the_picture(opened):
    level = seen(*opened)

    drawn = drawing(level.points, level.arrows)

    assert overlaps(drawn.nodes) == []
    assert drawn.left_off == 0
    assert all(node.x >= 0 and node.x + node.width <= drawn.width for node in drawn.nodes)
    assert all(node.y >= 0 and node.y + node.height <= drawn.height for node in drawn.nodes)


def test_five_hundred_boxes_make_a_picture_and_not_a_tower():
    drawn = drawing(POINTS, ARROWS)

    assert len(drawn.nodes) == big_chain.LINKS
    assert drawn.width / drawn.height < 5
    assert drawn.height < 3000


def test_a_large_chain_is_first_drawn_by_industry():
    level = seen()

    assert len(level.points) < MOST_UNFOLDED
    assert sum(len(fold.links) for fold in level.folds.values()) == big_chain.LINKS


def test_opening_one_industry_shows_its_links_and_leaves_the_others_closed():
    fold = seen().folds["upstream-34"]

    level = seen("upstream-34")

    shown = {point.code for point in level.points}
    assert shown.issuperset(link.code for link in fold.links)
    assert "upstream-34" not in shown
    assert "upstream-35" in shown


def test_arrows_between_closed_industries_are_drawn_once():
    level = seen()

    assert len(level.arrows) == len(set(level.arrows)) < big_chain.ARROWS
    assert all(a != b for a, b in level.arrows)


def test_a_chain_of_usual_size_is_drawn_whole():
    points = POINTS[:MOST_UNFOLDED]

    assert view(points, [], ()).points == points


def test_the_page_folds_the_chain_and_lists_every_link_beside_it(as_, big):
    text = as_("clerk_a").get(reverse("desk:chain", args=[big.code])).content.decode()

    picture, _ = text.split('id="table"')
    assert 'class="node fold"' in picture
    assert len(set(re.findall(r'data-link="(big-\d+)"', picture))) == big_chain.LINKS
    assert "全部展开" in picture


def test_all_links_can_be_drawn_at_once_and_folded_again(as_, big):
    address = reverse("desk:chain", args=[big.code])

    text = as_("clerk_a").get(address, {"open": "all"}).content.decode()

    assert 'class="node fold"' not in text
    assert "按行业收起" in text
    assert 'class="dense"' in text


def test_the_industry_of_the_chosen_link_is_open(as_, big):
    address = reverse("desk:link", args=[big.code, "big-0"])

    text = as_("clerk_a").get(address).content.decode()

    assert re.search(r'class="node \w+ chosen" data-link="big-0"', text)


def test_an_address_that_names_no_industry_opens_nothing(as_, big):
    address = reverse("desk:chain", args=[big.code])

    client = as_("clerk_a")
    plain, odd = (
        client.get(address, asked).content.decode() for asked in ({}, {"open": "upstream-99.<b>"})
    )

    assert odd.count('class="node fold"') == plain.count('class="node fold"') > 0
    assert "<b>" not in odd


def test_five_hundred_links_cost_no_more_questions_than_three(
    as_, big, django_assert_max_num_queries
):
    client, address = as_("clerk_a"), reverse("desk:chain", args=[big.code])
    client.get(address)

    with django_assert_max_num_queries(20):
        client.get(address, {"open": "all"})
